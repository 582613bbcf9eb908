// What is sent to TRL, verl and SkyRL for given settings, by value. Long because the values are.
import { describe, expect, it } from 'vitest'
import { chainArithmetic } from '../../tasks/index.ts'
import { template } from '../templates/template.ts'
import { findSystem } from './catalog.ts'
import type { LaunchSetting } from './launch.ts'
import { shellWord } from './shell-word.ts'

const problems = (split: 'train' | 'validation', count: number) =>
  Array.from({ length: count }, (_, i) => chainArithmetic.problem(split, i, { level: 2 }))

const setting: LaunchSetting = {
  model: 'org/model',
  seed: 7,
  problems: { task: chainArithmetic, train: problems('train', 8), held: problems('validation', 3) },
  rewards: { url: 'http://10.0.0.5:8100', key: 'secret' },
}

type Nested = Readonly<Record<string, unknown>>
const made = (id: string, config: Nested = {}, given: LaunchSetting = setting) => {
  const system = findSystem(id)
  const presets = Object.entries(system.presets).map(([key, value]) => [
    key,
    { ...(value as object), ...(config[key] as object) },
  ])
  return system.make(system.schema.parse({ ...config, ...Object.fromEntries(presets) }), given)
}

/** The error that making a launch ends with. */
function refusal(id: string, config: Nested, given?: LaunchSetting): { code: string; message: string; hint: string } {
  try {
    made(id, config, given)
  } catch (error) {
    return error as { code: string; message: string; hint: string }
  }
  throw new Error('it was made')
}

describe('trl', () => {
  it('gets GRPO under its own names', () => {
    const config = {
      schedule: { steps: 50, lr: 2e-6, shape: { kind: 'cosine', warmup: 0.1, minRatio: 0.1 }, checkpointEvery: 25 },
      rollout: { problems: 4, samples: 8, maxTokens: 99, temperature: 0.8 },
      klCoef: 0.04,
      clipHigh: 0.28,
      aggregation: 'token-mean',
      trl: { perDevice: 4, processes: 2, extra: { bf16: false } },
    }
    expect(made('trl', config).theirs).toEqual({
      max_steps: 50,
      learning_rate: 2e-6,
      lr_scheduler_type: 'cosine_with_min_lr',
      lr_scheduler_kwargs: { min_lr_rate: 0.1 },
      warmup_steps: 5,
      save_steps: 25,
      num_generations: 8,
      per_device_train_batch_size: 4,
      gradient_accumulation_steps: 4,
      max_completion_length: 99,
      temperature: 0.8,
      adam_beta1: 0.9,
      adam_beta2: 0.95,
      adam_epsilon: 1e-8,
      weight_decay: 0.01,
      max_grad_norm: 1,
      beta: 0.04,
      use_bias_correction_kl: false,
      entropy_coef: 0,
      epsilon: 0.2,
      epsilon_high: 0.28,
      loss_type: 'dapo',
      use_vllm: false,
      output_dir: 'output',
      optim: 'adamw_torch',
      num_iterations: 1,
      importance_sampling_level: 'token',
      scale_rewards: 'group',
      logging_steps: 1,
      report_to: 'none',
      seed: 7,
      bf16: false,
    })
  })

  it('gets the rows, the scripts and the reward server', () => {
    const { files, entrypoint, pip, variables, gpus } = made('trl')
    expect(Object.keys(files).sort()).toEqual(['gradus_rewards.py', 'launch.json', 'train.jsonl', 'train_trl.py'])
    expect(entrypoint).toBe('python train_trl.py')
    expect(made('trl', { trl: { processes: 4 } }).entrypoint).toBe(
      'accelerate launch --num_processes 4 --num_machines 1 train_trl.py',
    )
    expect(gpus).toBe(1)
    expect(pip[0]).toBe('trl==1.9.0')
    expect(variables).toEqual({ GRADUS_REWARDS_URL: 'http://10.0.0.5:8100', GRADUS_REWARDS_KEY: 'secret' })
    const rows = String(files['train.jsonl'])
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows).toHaveLength(8)
    const [first] = problems('train', 1)
    expect(rows[0]).toMatchObject({ id: first.id, answer: first.answer ?? '' })
    expect(rows[0].prompt.at(-1)).toEqual({ role: 'user', content: first.prompt })
    expect(JSON.parse(rows[0].problem)).toMatchObject({ id: first.id, task: 'chain-arithmetic', meta: first.meta })
    expect(JSON.parse(String(files['launch.json']))).toMatchObject({ model: 'org/model', lora: null, trl: { seed: 7 } })
  })

  it('asks in plain text on request, with the rules of the task or without', () => {
    const row = (prompt: Nested) => JSON.parse(String(made('trl', { prompt }).files['train.jsonl']).split('\n')[0])
    const asked = problems('train', 1)[0].prompt
    expect(row({ form: 'text', rules: false }).prompt).toBe(asked)
    const told = row({ form: 'chat', rules: true }).prompt
    if (chainArithmetic.rules === undefined) expect(told).toHaveLength(1)
    else expect(told[0]).toEqual({ role: 'system', content: chainArithmetic.rules })
  })

  it('trains adapters with PEFT', () => {
    const { files, pip } = made('trl', { update: { lora: { rank: 8, targets: ['q_proj', 'v_proj'] } } })
    const lora = { r: 8, lora_alpha: 16, target_modules: ['q_proj', 'v_proj'], task_type: 'CAUSAL_LM' }
    expect(JSON.parse(String(files['launch.json'])).lora).toEqual(lora)
    expect(pip).toContain('peft>=0.17')
  })

  it.each<[string, Nested, string]>([
    ['a KL in the reward', { klIn: 'reward' }, "TRL's KL is a term of the loss."],
    ['another estimator', { klEstimator: 'k1' }, 'k3'],
    ['evaluations', { evaluation: { every: 5 } }, 'gradus eval'],
    ['an end by tokens', { schedule: { tokens: 9 } }, 'TRL counts steps'],
    ['a schedule it does not have', { schedule: { shape: { kind: 'warmup-stable-decay' } } }, 'constant, linear'],
    ['batches that do not fit', { rollout: { problems: 3, samples: 3 } }, '9 completions a step'],
  ])('refuses %s', (_, config, hint) => {
    expect(refusal('trl', config)).toMatchObject({ code: 'config/no-counterpart', hint: expect.stringContaining(hint) })
  })

  it('refuses an extra setting that follows from others', () => {
    expect(refusal('trl', { trl: { extra: { learning_rate: 1 } } })).toMatchObject({
      code: 'config/bad-value',
      message: '"trl.extra.learning_rate" follows from other settings',
    })
  })
})

describe('verl', () => {
  const small = { rollout: { problems: 4, samples: 2 }, evaluation: { problems: 2 } }

  it('gets GRPO on its command line', () => {
    const { entrypoint, theirs } = made('verl', { ...small, schedule: { steps: 10 }, verl: { gpusPerNode: 1 } })
    expect(entrypoint).toMatch(/^python -m verl\.trainer\.main_ppo algorithm\.adv_estimator=grpo /)
    const words = entrypoint.split(' ')
    for (const word of [
      'data.train_batch_size=4',
      'actor_rollout_ref.actor.ppo_mini_batch_size=4',
      'actor_rollout_ref.rollout.n=2',
      'actor_rollout_ref.model.path=org/model',
      'actor_rollout_ref.actor.loss_agg_mode=seq-mean-token-mean',
      "'actor_rollout_ref.actor.optim.betas=[0.9,0.95]'",
      "'trainer.logger=[console]'",
      'trainer.total_training_steps=10',
      // 8 rows are two batches: five passes.
      'trainer.total_epochs=5',
      'trainer.n_gpus_per_node=1',
      'actor_rollout_ref.actor.use_kl_loss=false',
      'custom_reward_function.path=reward_verl.py',
    ]) {
      expect(words).toContain(word)
    }
    expect(words).toHaveLength(Object.keys(theirs).length + 3)
  })

  it.each<[Nested, Nested]>([
    [
      { klCoef: 0.01 },
      {
        'actor_rollout_ref.actor.use_kl_loss': true,
        'actor_rollout_ref.actor.kl_loss_type': 'low_var_kl',
        'algorithm.use_kl_in_reward': false,
      },
    ],
    [
      { klCoef: 0.01, klIn: 'reward', klEstimator: 'k1' },
      {
        'actor_rollout_ref.actor.use_kl_loss': false,
        'algorithm.use_kl_in_reward': true,
        'algorithm.kl_penalty': 'kl',
        'algorithm.kl_ctrl.kl_coef': 0.01,
      },
    ],
    [{ evaluation: { problems: 2, every: 0 }, schedule: { steps: 12 } }, { 'trainer.test_freq': 12 }],
    [
      { evaluation: { problems: 2, temperature: 0, samples: 3 } },
      { 'actor_rollout_ref.rollout.val_kwargs.do_sample': false, 'actor_rollout_ref.rollout.val_kwargs.n': 3 },
    ],
    [
      { update: { lora: { rank: 4 } } },
      { 'actor_rollout_ref.model.lora_rank': 4, 'actor_rollout_ref.model.target_modules': 'all-linear' },
    ],
  ])('%j becomes %j', (config, theirs) => {
    expect(made('verl', { ...small, ...config }).theirs).toMatchObject(theirs)
  })

  it('gets rows that its reward function finds the problem in, and held-out ones', () => {
    const { files, variables } = made('verl', { ...small, verl: { unscored: -1 } })
    const rows = (name: string) =>
      String(files[name])
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    expect(rows('train.json')).toHaveLength(8)
    expect(rows('val.json').map(({ extra_info }) => extra_info.id)).toEqual(
      problems('validation', 2).map(({ id }) => id),
    )
    expect(rows('train.json')[1]).toMatchObject({
      data_source: 'chain-arithmetic',
      reward_model: { style: 'rule', ground_truth: problems('train', 2)[1].answer ?? '' },
      extra_info: { index: 1, id: problems('train', 2)[1].id },
    })
    expect(variables).toMatchObject({ GRADUS_UNSCORED: '-1', RAY_DEDUP_LOGS: '0' })
  })

  it.each<[string, Nested, string]>([
    ['plain text', { ...small, prompt: { form: 'text' } }, 'messages'],
    ['more problems a step than rows', { rollout: { problems: 9 }, evaluation: { problems: 2 } }, 'There are 8 rows'],
    ['pass@k', { ...small, evaluation: { problems: 2, k: [1, 8] } }, 'mean over the samples'],
    ['a linear schedule', { ...small, schedule: { shape: { kind: 'linear' } } }, 'constant and cosine'],
  ])('refuses %s', (_, config, hint) => {
    expect(refusal('verl', config)).toMatchObject({
      code: 'config/no-counterpart',
      hint: expect.stringContaining(hint),
    })
  })

  it('quotes what a shell or Hydra would read otherwise', () => {
    const { entrypoint } = made('verl', {
      ...small,
      verl: { extra: { 'a.b': `it's "x" $y`, 'c.d': { e: [null, true] } } },
    })
    expect(entrypoint).toContain(`'a.b="it'\\''s \\"x\\" $y"' 'c.d={e:[null,true]}'`)
  })
})

describe.each(['trl', 'verl'])('%s', (id) => {
  it('needs problems and a reward server', () => {
    expect(refusal(id, {}, { model: 'm', seed: 1 })).toMatchObject({ code: 'usage/no-problems' })
    expect(refusal(id, {}, { ...setting, rewards: undefined })).toMatchObject({
      code: 'usage/no-rewards',
      hint: expect.stringContaining('gradus rewards --task chain-arithmetic'),
    })
  })
})

describe('skyrl', () => {
  it('gets its server on the command line', () => {
    const launch = made(
      'skyrl',
      { backend: 'megatron', backendConfig: { a: 1 }, port: 9000 },
      { model: 'org/m', seed: 1 },
    )
    expect(launch.entrypoint).toBe(
      `python serve_skyrl.py --host 127.0.0.1 --port 9000 --base-model org/m --backend megatron --backend-config '{"a":1}' ` +
        '--checkpoints-base /tmp/skyrl_checkpoints --database-url sqlite:///tinker.db',
    )
    expect(launch.pip).toEqual([])
    expect(made('skyrl', {}, { model: 'org/m', seed: 1 }).pip).toEqual(['skyrl[tinker,jax]==0.3.0'])
    expect(launch.files).toEqual({ 'serve_skyrl.py': template('serve_skyrl.py') })
  })
})

it('an unknown system is refused with the nearest', () => {
  expect(() => findSystem('vrel')).toThrow(expect.objectContaining({ hint: expect.stringContaining('"verl"') }))
})

it.each([
  ['a-b/c:1', 'a-b/c:1'],
  ['', "''"],
  ["it's", `'it'\\''s'`],
  ['$(rm)', `'$(rm)'`],
])('%j is the shell word %s', (text, word) => {
  expect(shellWord(text)).toBe(word)
})

// verl's GRPO on a cluster, by its own command line, with completions verified here. verl's names are in verl-table.ts,
// the reward function is templates/reward_verl.py.
import { GradusError } from '../../base/error.ts'
import type { Json } from '../../base/json.ts'
import { template } from '../templates/template.ts'
import { jsonLines, verlRow } from './dataset-rows.ts'
import { largeModelPresets } from './grpo-config.ts'
import type { Launch, LaunchSetting, LaunchSystem } from './launch.ts'
import { required } from './required.ts'
import { none, translate } from './settings-table.ts'
import { shellWord } from './shell-word.ts'
import { type VerlLaunchConfig, verlSchema } from './verl-config.ts'
import { verlTable } from './verl-table.ts'

/** The system. */
export const verl: LaunchSystem = {
  id: 'verl',
  summary: "verl's GRPO; completions are verified by `gradus rewards`",
  trains: true,
  schema: verlSchema,
  presets: largeModelPresets,
  make(settings, setting) {
    const config = settings as unknown as VerlLaunchConfig
    if (config.prompt.form !== 'chat') throw none('verl', 'prompt.form', config.prompt.form, 'verl asks in messages.')
    const { problems, rewards } = required('verl', setting)
    const { task, train } = problems
    const held = problems.held.slice(0, config.evaluation.problems)
    if (held.length === 0) throw none('verl', 'evaluation.problems', 0, 'verl cannot start without held-out problems.')
    const rowOf = (problem: (typeof train)[number], i: number): Json => verlRow(task, problem, config.prompt, i)
    const theirs = verlOverrides(config, setting, train.length)
    return {
      files: {
        'train.json': jsonLines(train.map(rowOf)),
        'val.json': jsonLines(held.map(rowOf)),
        'reward_verl.py': template('reward_verl.py'),
        'gradus_rewards.py': template('gradus_rewards.py'),
      },
      entrypoint: ['python -m verl.trainer.main_ppo', ...Object.entries(theirs).map(override)].join(' '),
      pip: config.environment.pip,
      variables: {
        ...config.environment.variables,
        GRADUS_REWARDS_URL: rewards.url,
        ...(rewards.key !== undefined && { GRADUS_REWARDS_KEY: rewards.key }),
        GRADUS_UNSCORED: String(config.verl.unscored),
        // Else Ray leaves out lines of workers that look like earlier ones.
        RAY_DEDUP_LOGS: '0',
      },
      theirs,
    } satisfies Launch
  },
}

function verlOverrides(config: VerlLaunchConfig, setting: LaunchSetting, rows: number): Record<string, Json> {
  const { steps } = config.schedule
  if (rows < config.rollout.problems) {
    throw none(
      'verl',
      'rollout.problems',
      config.rollout.problems,
      `There are ${rows} rows: verl leaves out a batch that is not full.`,
    )
  }
  const ours = {
    'algorithm.adv_estimator': 'grpo',
    'data.train_files': 'train.json',
    'data.val_files': 'val.json',
    'data.seed': setting.seed,
    'actor_rollout_ref.model.path': setting.model,
    ...translate('verl', verlTable, config, verlSchema.parse(largeModelPresets)),
    'custom_reward_function.path': 'reward_verl.py',
    'custom_reward_function.name': 'compute_score',
    'trainer.critic_warmup': 0,
    'trainer.total_epochs': Math.ceil(steps / Math.floor(rows / config.rollout.problems)),
    'trainer.logger': ['console'],
    'trainer.project_name': 'gradus',
    'trainer.experiment_name': 'launch',
  }
  const twice = Object.keys(config.verl.extra).find((name) => name in ours)
  if (twice === undefined) return { ...ours, ...config.verl.extra }
  throw new GradusError('config/bad-value', `"verl.extra.${twice}" follows from other settings`, {
    hint: 'Leave it out of verl.extra, and set what it follows from; --dry-run shows both.',
  })
}

/** One word of verl's command line, in Hydra's grammar: texts in quotes of their own. */
function override([name, value]: [string, Json]): string {
  return shellWord(`${name}=${hydra(value)}`)
}

function hydra(value: Json): string {
  if (typeof value === 'string') {
    if (/^[\w./-]+$/.test(value)) return value
    return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  }
  if (Array.isArray(value)) return `[${value.map(hydra).join(',')}]`
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}:${hydra(inner as Json)}`)
      .join(',')}}`
  }
  return value === null ? 'null' : String(value)
}

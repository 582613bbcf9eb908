// GRPO's settings under the names of verl's configuration (read in verl 0.7), as its command line takes them.
import type { Json } from '../../base/json.ts'
import type { GrpoConfig } from './grpo-config.ts'
import { none, type SettingsTable } from './settings-table.ts'
import type { VerlLaunchConfig } from './verl-config.ts'

const actor = 'actor_rollout_ref.actor'
const rollout = 'actor_rollout_ref.rollout'

/** verl's names of the estimators. */
const estimators = { k1: 'kl', k2: 'mse', k3: 'low_var_kl' } as const

type Shape = GrpoConfig['schedule']['shape']

/** Rows by our setting. */
export const verlTable: SettingsTable<VerlLaunchConfig> = {
  'schedule.steps': { to: 'trainer.total_training_steps' },
  'schedule.tokens': { only: 0, why: 'verl counts steps.' },
  'schedule.lr': { to: `${actor}.optim.lr` },
  'schedule.shape': {
    sets: (shape: Shape, config) => schedule(shape, config.schedule.steps),
    what: `${actor}.optim.lr_scheduler_type, .min_lr_ratio, .lr_warmup_steps`,
  },
  'schedule.checkpointEvery': { to: 'trainer.save_freq' },
  'rollout.problems': {
    sets: (problems: number) => ({ 'data.train_batch_size': problems, [`${actor}.ppo_mini_batch_size`]: problems }),
    what: `data.train_batch_size, ${actor}.ppo_mini_batch_size`,
  },
  'rollout.samples': { to: `${rollout}.n` },
  'rollout.maxTokens': { to: 'data.max_response_length' },
  'rollout.temperature': { to: `${rollout}.temperature` },
  'rollout.recordEvery': { unused: 'verl writes rollouts in a form of its own: verl.extra, trainer.rollout_data_dir.' },
  'update.optimizer.kind': { only: 'adamw', why: 'verl has other optimisers, but not under our settings.' },
  'update.optimizer.beta1': {
    sets: (beta1: number, { update }) => ({ [`${actor}.optim.betas`]: [beta1, update.optimizer.beta2] }),
    what: `${actor}.optim.betas`,
  },
  'update.optimizer.beta2': { here: 'with update.optimizer.beta1' },
  'update.optimizer.eps': { only: 1e-8, why: "verl leaves it at PyTorch's." },
  'update.optimizer.weightDecay': { to: `${actor}.optim.weight_decay` },
  'update.clipNorm': { to: `${actor}.grad_clip` },
  'update.lora': {
    sets: ({ rank, alpha, targets }: GrpoConfig['update']['lora']) => ({
      'actor_rollout_ref.model.lora_rank': rank,
      ...(rank > 0 && {
        'actor_rollout_ref.model.lora_alpha': alpha,
        'actor_rollout_ref.model.target_modules': targets.length === 1 ? targets[0] : targets,
      }),
    }),
    what: 'actor_rollout_ref.model.lora_rank, .lora_alpha, .target_modules',
  },
  klCoef: {
    sets: (coefficient: number, config) => kl(coefficient, config),
    what: 'use_kl_loss, kl_loss_coef, kl_loss_type; algorithm.use_kl_in_reward, .kl_ctrl.kl_coef, .kl_penalty',
  },
  klEstimator: { here: 'with klCoef' },
  klIn: { here: 'with klCoef' },
  klCorrected: { only: false, why: "verl's KL is not weighed by the ratio." },
  entropyCoef: { to: `${actor}.entropy_coeff` },
  clipLow: { to: `${actor}.clip_ratio_low` },
  clipHigh: { to: `${actor}.clip_ratio_high` },
  aggregation: { to: `${actor}.loss_agg_mode` },
  'evaluation.every': {
    // 0 is first and last only, and verl's own test of the last step needs a frequency.
    sets: (every: number, { schedule: { steps } }) => ({
      'trainer.test_freq': every === 0 ? steps : every,
      'trainer.val_before_train': true,
    }),
    what: 'trainer.test_freq, trainer.val_before_train',
  },
  'evaluation.problems': { here: 'rows of val.json' },
  'evaluation.samples': { to: `${rollout}.val_kwargs.n` },
  'evaluation.k': { only: [1], why: 'verl reports the mean over the samples.' },
  'evaluation.temperature': {
    sets: (temperature: number) => ({
      [`${rollout}.val_kwargs.temperature`]: temperature,
      [`${rollout}.val_kwargs.do_sample`]: temperature > 0,
    }),
    what: `${rollout}.val_kwargs.temperature, .do_sample`,
  },
  knobs: { here: 'which problems are drawn' },
  prompt: { here: 'how problems are asked' },
  environment: { here: 'packages and variables of the job' },
  'verl.nodes': { to: 'trainer.nnodes' },
  'verl.gpusPerNode': { to: 'trainer.n_gpus_per_node' },
  'verl.tensorParallel': { to: `${rollout}.tensor_model_parallel_size` },
  'verl.memory': { to: `${rollout}.gpu_memory_utilization` },
  'verl.engine': { to: `${rollout}.name` },
  'verl.microBatch': {
    sets: (size: number) => ({
      [`${actor}.ppo_micro_batch_size_per_gpu`]: size,
      [`${rollout}.log_prob_micro_batch_size_per_gpu`]: size,
      'actor_rollout_ref.ref.log_prob_micro_batch_size_per_gpu': size,
    }),
    what: 'the three micro_batch_size_per_gpu',
  },
  'verl.maxPromptTokens': { to: 'data.max_prompt_length' },
  'verl.unscored': { here: 'the reward of a completion without a verdict' },
  'verl.output': { to: 'trainer.default_local_dir' },
  'verl.extra': { here: 'added as it is' },
}

function kl(coefficient: number, { klIn, klEstimator }: VerlLaunchConfig): Record<string, Json> {
  const inLoss = coefficient > 0 && klIn === 'loss'
  const inReward = coefficient > 0 && klIn === 'reward'
  return {
    [`${actor}.use_kl_loss`]: inLoss,
    'algorithm.use_kl_in_reward': inReward,
    ...(inLoss && { [`${actor}.kl_loss_coef`]: coefficient, [`${actor}.kl_loss_type`]: estimators[klEstimator] }),
    ...(inReward && { 'algorithm.kl_ctrl.kl_coef': coefficient, 'algorithm.kl_penalty': estimators[klEstimator] }),
  }
}

function schedule(shape: Shape, steps: number): Record<string, Json> {
  if (shape.kind !== 'constant' && shape.kind !== 'cosine') {
    throw none('verl', 'schedule.shape', shape, 'constant and cosine have counterparts.')
  }
  return {
    [`${actor}.optim.lr_scheduler_type`]: shape.kind,
    [`${actor}.optim.lr_warmup_steps`]: shape.warmup < 1 ? Math.round(shape.warmup * steps) : shape.warmup,
    ...(shape.kind === 'cosine' && { [`${actor}.optim.min_lr_ratio`]: shape.minRatio }),
  }
}

// GRPO's settings under the names of TRL's GRPOConfig (read in TRL 1.9) and transformers' TrainingArguments.
import type { Json } from '../../base/json.ts'
import type { GrpoConfig } from './grpo-config.ts'
import { none, type SettingsTable } from './settings-table.ts'
import type { TrlLaunchConfig } from './trl-config.ts'

const noRollouts = 'TRL writes no rollouts that we could read.'
const noEvaluation = 'The job does not evaluate: use `gradus eval` on what it saved.'

type Shape = GrpoConfig['schedule']['shape']

/** Rows by our setting. */
export const trlTable: SettingsTable<TrlLaunchConfig> = {
  'schedule.steps': { to: 'max_steps' },
  'schedule.tokens': { only: 0, why: 'TRL counts steps.' },
  'schedule.lr': { to: 'learning_rate' },
  'schedule.shape': {
    sets: (shape: Shape, config) => schedule(shape, config.schedule.steps),
    what: 'lr_scheduler_type, lr_scheduler_kwargs, warmup_steps',
  },
  'schedule.checkpointEvery': { to: 'save_steps' },
  'rollout.problems': {
    sets: (problems: number, config) => batch(problems * config.rollout.samples, config),
    what: 'per_device_train_batch_size, gradient_accumulation_steps',
  },
  'rollout.samples': { to: 'num_generations' },
  'rollout.maxTokens': { to: 'max_completion_length' },
  'rollout.temperature': { to: 'temperature' },
  'rollout.recordEvery': { unused: noRollouts },
  'update.optimizer.kind': { only: 'adamw', why: 'TRL has other optimisers, but not under our settings.' },
  'update.optimizer.beta1': { to: 'adam_beta1' },
  'update.optimizer.beta2': { to: 'adam_beta2' },
  'update.optimizer.eps': { to: 'adam_epsilon' },
  'update.optimizer.weightDecay': { to: 'weight_decay' },
  'update.clipNorm': { to: 'max_grad_norm' },
  'update.lora': { here: "PEFT's LoraConfig, in launch.json" },
  klCoef: { to: 'beta' },
  klEstimator: { only: 'k3', why: "TRL's KL is k3." },
  klIn: { only: 'loss', why: "TRL's KL is a term of the loss." },
  klCorrected: { to: 'use_bias_correction_kl' },
  entropyCoef: { to: 'entropy_coef' },
  clipLow: { to: 'epsilon' },
  clipHigh: { to: 'epsilon_high' },
  aggregation: {
    sets: (how: GrpoConfig['aggregation']) => ({ loss_type: how === 'token-mean' ? 'dapo' : 'grpo' }),
    what: 'loss_type',
  },
  'evaluation.every': { unused: noEvaluation },
  'evaluation.problems': { unused: noEvaluation },
  'evaluation.samples': { unused: noEvaluation },
  'evaluation.k': { unused: noEvaluation },
  'evaluation.temperature': { unused: noEvaluation },
  knobs: { here: 'which problems are drawn' },
  prompt: { here: 'how problems are asked' },
  environment: { here: 'packages and variables of the job' },
  'trl.processes': { here: 'processes that accelerate starts' },
  'trl.perDevice': { here: 'with rollout.problems: the batch of one process' },
  'trl.gpus': { here: 'GPUs that the job reserves' },
  'trl.vllm': { to: 'use_vllm' },
  'trl.output': { to: 'output_dir' },
  'trl.extra': { here: 'added as it is' },
}

/** One optimiser step for each batch of rollouts, in so many parts as the device needs. */
function batch(completions: number, { trl }: TrlLaunchConfig): Record<string, Json> {
  const once = trl.perDevice * trl.processes
  if (completions % once !== 0) {
    throw none(
      'trl',
      'trl.perDevice',
      trl.perDevice,
      `${completions} completions a step (rollout.problems x rollout.samples) are not whole batches of ${once} (trl.perDevice x trl.processes).`,
    )
  }
  return { per_device_train_batch_size: trl.perDevice, gradient_accumulation_steps: completions / once }
}

function schedule(shape: Shape, steps: number): Record<string, Json> {
  const warmup = { warmup_steps: shape.warmup < 1 ? Math.round(shape.warmup * steps) : shape.warmup }
  if (shape.kind === 'constant') {
    return { ...warmup, lr_scheduler_type: warmup.warmup_steps > 0 ? 'constant_with_warmup' : 'constant' }
  }
  if (shape.kind === 'linear' && shape.minRatio === 0) return { ...warmup, lr_scheduler_type: 'linear' }
  if (shape.kind === 'cosine' && shape.minRatio === 0) return { ...warmup, lr_scheduler_type: 'cosine' }
  if (shape.kind === 'cosine') {
    const kwargs = { min_lr_rate: shape.minRatio }
    return { ...warmup, lr_scheduler_type: 'cosine_with_min_lr', lr_scheduler_kwargs: kwargs }
  }
  throw none('trl', 'schedule.shape', shape, 'constant, linear down to 0 and cosine have counterparts.')
}

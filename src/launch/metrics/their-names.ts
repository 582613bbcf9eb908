// The metrics of other systems under our names, which src/contracts/metrics.ts explains. What is measured in another way
// than ours has no row here, so that no number is taken for what it is not.
import type { MetricName } from '../../contracts/index.ts'

/** Our names by theirs. */
export type NameTable = Readonly<Record<string, MetricName>>

/** TRL's GRPOTrainer 1.9, and what train_trl.py adds. */
export const trlNames: NameTable = {
  loss: 'loss/total',
  grad_norm: 'optim/grad_norm',
  learning_rate: 'optim/lr',
  reward: 'reward/mean',
  reward_std: 'reward/std',
  frac_reward_zero_std: 'group/zero_std_frac',
  'completions/mean_length': 'completion/length_mean',
  'completions/min_length': 'completion/length_min',
  'completions/max_length': 'completion/length_max',
  'completions/clipped_ratio': 'completion/truncated_frac',
  kl: 'policy/kl_ref_k3',
  entropy: 'policy/entropy',
  'clip_ratio/low_mean': 'policy/clip_frac_low',
  'clip_ratio/high_mean': 'policy/clip_frac_high',
  'sampling/sampling_logp_difference/max': 'policy/mismatch_max',
  step_time: 'time/step_s',
  num_tokens: 'tokens/seen',
  'gradus/undecided_frac': 'rollout/undecided_frac',
  'gradus/failed_frac': 'rollout/failed_frac',
}

/** verl 0.7; which KL it logs is a setting. */
export function verlNames(estimator: 'k1' | 'k2' | 'k3'): NameTable {
  return {
    'critic/rewards/mean': 'reward/mean',
    'critic/advantages/mean': 'adv/mean',
    'response_length/mean': 'completion/length_mean',
    'response_length/min': 'completion/length_min',
    'response_length/max': 'completion/length_max',
    'response_length/clip_ratio': 'completion/truncated_frac',
    'actor/entropy': 'policy/entropy',
    'actor/kl_loss': `policy/kl_ref_${estimator}`,
    'actor/reward_kl_penalty': `policy/kl_ref_${estimator}`,
    'actor/ppo_kl': 'policy/kl_old_k1',
    'actor/pg_loss': 'loss/policy',
    'actor/grad_norm': 'optim/grad_norm',
    'actor/lr': 'optim/lr',
    'timing_s/step': 'time/step_s',
    'timing_s/gen': 'time/rollout_s',
    'timing_s/update_actor': 'time/train_s',
    'timing_s/reward': 'time/verify_s',
  }
}

/** Our name of verl's validation score of a task: `val-core/countdown/acc/mean@4`. */
export function verlEvaluation(name: string, task: string): MetricName | undefined {
  const match = /\/(mean@\d{1,6})$/.exec(name)
  return match !== null && name === `val-core/${task}/acc/${match[1]}` ? `eval/${task}/${match[1]}` : undefined
}

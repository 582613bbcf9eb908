// The glossary of metrics: every name that a run may log, what it means, how it is estimated, which way is good.
// `<task>`, `<part>`, `<reason>`, `<term>` stand for one part of a name, `<k>` for a whole number.
// It does not compute anything; a metric without a row here fails a check.

/** `area/quantity[/stat]`. */
export type MetricName = `${string}/${string}`

/** Which way is better; `none` where it depends. */
export type MetricDirection = 'up' | 'down' | 'none'

/** One row of the glossary. */
export interface MetricEntry {
  /** May hold placeholders. */
  readonly name: MetricName
  readonly direction: MetricDirection
  readonly definition: string
  /** Unit, estimator or range. */
  readonly estimator: string
  /** Names in other systems. */
  readonly alsoCalled?: readonly string[]
}

/** All metrics, by area. */
export const metricGlossary: readonly MetricEntry[] = [
  row('reward/mean', 'up', 'Total reward of a sample', 'mean over the scored samples of the batch', [
    'env/all/reward/total',
    'critic/rewards/mean',
  ]),
  row('reward/std', 'none', 'Spread of the total reward', 'standard deviation over the scored samples of the batch'),
  row('reward/<part>/mean', 'up', 'One component of the reward', 'mean over the scored samples of the batch', [
    'rewards/{func}/mean',
  ]),

  row('group/zero_std_frac', 'down', 'Problems whose samples all score alike', 'share of groups', [
    'frac_reward_zero_std',
  ]),
  row('group/all_right_frac', 'none', 'Problems whose samples are all right', 'share of groups'),
  row('group/all_wrong_frac', 'down', 'Problems whose samples are all wrong', 'share of groups'),

  row('group/dropped_frac', 'none', 'Rollouts that a group policy left out', 'share of scored samples'),
  row('group/drawn_per_kept', 'down', 'Groups drawn for each one kept', 'ratio'),

  row('completion/length_mean', 'none', 'Length of completions', 'tokens, mean', ['response_length/mean']),
  row('completion/length_min', 'none', 'Shortest completion', 'tokens'),
  row('completion/length_max', 'none', 'Longest completion', 'tokens'),
  row('completion/length_right_mean', 'none', 'Length of right completions', 'tokens, mean'),
  row('completion/length_wrong_mean', 'none', 'Length of wrong completions', 'tokens, mean'),
  row('completion/truncated_frac', 'down', 'Completions ended by the token budget', 'share of samples', [
    'clipped_ratio',
  ]),
  row('stop/<reason>', 'none', 'Completions that ended for this reason', 'share of samples'),

  row(
    'rollout/undecided_frac',
    'down',
    'Rollouts whose verdict is undecided',
    'share of samples; they are not trained on',
  ),
  row(
    'rollout/failed_frac',
    'down',
    'Rollouts that failed in sampling or verification',
    'share of samples; they are not trained on',
  ),

  row('policy/entropy', 'none', 'Entropy of the distribution that tokens were sampled from', 'nats, mean over tokens', [
    'actor/entropy',
  ]),
  row('policy/kl_ref_k1', 'none', 'KL from policy to reference', 'k1: mean of log p - log r over sampled tokens'),
  row('policy/kl_ref_k2', 'none', 'KL from policy to reference', 'k2: mean of (log p - log r)^2 / 2'),
  row('policy/kl_ref_k3', 'none', 'KL from policy to reference', 'k3: mean of r/p - 1 - log(r/p)', ['kl']),
  row('policy/kl_old_k1', 'none', 'KL from sampling policy to current policy', 'k1: mean of log old - log new', [
    'old_approx_kl',
  ]),
  row('policy/kl_old_k3', 'none', 'KL from sampling policy to current policy', 'k3: mean of ratio - 1 - log ratio', [
    'approx_kl',
  ]),
  row('policy/mismatch_kl', 'down', "Sampler's against trainer's log-probabilities of the same tokens", 'k3, mean', [
    'mismatch_kl',
  ]),
  row(
    'policy/mismatch_max',
    'down',
    'Largest difference of log-probability between sampler and trainer',
    'over tokens',
    ['rollout_probs_diff'],
  ),
  row('policy/clip_frac_low', 'none', 'Tokens whose ratio is clipped from below', 'share of tokens', [
    'clip_ratio/low_mean',
    'pg_clipfrac',
  ]),
  row('policy/clip_frac_high', 'none', 'Tokens whose ratio is clipped from above', 'share of tokens', [
    'clip_ratio/high_mean',
    'pg_clipfrac',
  ]),
  row('policy/ratio_max', 'none', 'Largest ratio of new to old probability', 'over tokens'),

  row('adv/mean', 'none', 'Advantage after all shaping', 'mean over tokens', ['critic/advantages/mean']),
  row('adv/std', 'none', 'Spread of the advantage after all shaping', 'standard deviation over tokens'),
  row('value/loss', 'down', "Critic's loss", 'weighted sum, as optimised', ['vf_loss']),
  row('value/explained_variance', 'up', 'Share of the return that the critic explains', '1 - Var(error) / Var(return)'),

  row('loss/total', 'none', 'Value that is optimised', 'weighted sum over the optimiser batch', ['pg_loss']),
  row('loss/<term>', 'none', 'One term of the loss', 'weighted sum over the optimiser batch'),
  row('optim/lr', 'none', 'Learning rate', 'as given to the optimiser'),
  row('optim/grad_norm', 'none', 'Norm of the gradient before clipping', 'L2 over all weights', ['actor/grad_norm']),

  row('dpo/margin', 'up', 'Implicit reward of chosen minus rejected', 'mean over pairs', ['rewards/margins']),
  row('dpo/accuracy', 'up', 'Pairs whose chosen side has the larger implicit reward', 'share of pairs', [
    'rewards/accuracies',
  ]),
  row('dpo/logp_chosen', 'none', 'Log-probability of the chosen side', 'nats per sequence, mean', ['logps/chosen']),
  row('dpo/logp_rejected', 'none', 'Log-probability of the rejected side', 'nats per sequence, mean', [
    'logps/rejected',
  ]),
  row('sft/nll', 'down', 'Negative log-likelihood of the targets', 'nats per trained token', ['loss']),
  row('sft/token_acc', 'up', 'Targets that are the most likely token', 'share of trained tokens', [
    'mean_token_accuracy',
  ]),

  row('tokens/seen', 'none', 'Tokens trained on since the start', 'count, cumulative'),
  row('tokens/sampled', 'none', 'Tokens sampled since the start', 'count, cumulative'),
  row('time/step_s', 'down', 'Whole step', 'seconds'),
  row('time/rollout_s', 'down', 'Sampling', 'seconds per step'),
  row('time/train_s', 'down', 'Forward, backward and update', 'seconds per step'),
  row('time/verify_s', 'down', 'Verification', 'seconds per step'),
  row('perf/train_tok_per_s', 'up', 'Speed of training', 'tokens per second', ['perf/throughput']),
  row('perf/sample_tok_per_s', 'up', 'Speed of sampling', 'tokens per second', ['perf/throughput']),

  ...evaluation('pass@<k>', 'At least one of k samples is right', 'unbiased over n samples', ['val-core/*/best@k']),
  ...evaluation('maj@<k>', 'The most frequent answer of k samples is right', 'mean over problems', [
    'val-core/*/maj@k',
  ]),
  ...evaluation('mean@<k>', 'Right samples among k', 'mean over problems and samples', ['val-core/*/mean@k', 'avg@k']),
  row('eval/<task>/n', 'none', 'Problems of the evaluation', 'count'),
]

const patterns = metricGlossary.map((entry) => ({ entry, pattern: patternOf(entry.name) }))

/** The glossary row of a metric: an exact name first, then one with placeholders. */
export function findMetric(name: string): MetricEntry | undefined {
  return metricGlossary.find((entry) => entry.name === name) ?? patterns.find((p) => p.pattern.test(name))?.entry
}

function row(
  name: MetricName,
  direction: MetricDirection,
  definition: string,
  estimator: string,
  alsoCalled?: readonly string[],
): MetricEntry {
  return { name, direction, definition, estimator, ...(alsoCalled === undefined ? {} : { alsoCalled }) }
}

// An evaluation score comes with the ends of its 95 % interval.
function evaluation(score: string, definition: string, estimator: string, alsoCalled: readonly string[]) {
  return [
    row(`eval/<task>/${score}`, 'up', definition, estimator, alsoCalled),
    row(`eval/<task>/${score}_low`, 'up', `${definition}: lower end`, '95 % interval'),
    row(`eval/<task>/${score}_high`, 'up', `${definition}: upper end`, '95 % interval'),
  ]
}

function patternOf(name: string): RegExp {
  const source = name
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/<(\w+)>/g, (_all, placeholder: string) => (placeholder === 'k' ? '[1-9][0-9]*' : '[^/<>]+'))
  return new RegExp(`^${source}$`)
}

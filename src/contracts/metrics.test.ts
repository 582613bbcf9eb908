// The glossary holds every name of the conventions and nothing twice.
import { describe, expect, it } from 'vitest'
import { findMetric, metricGlossary } from './metrics.ts'

// The conventions' table and what the loop adds to it, written out with made-up values for its placeholders.
const conventional = `
reward/mean reward/std reward/format/mean group/zero_std_frac group/all_right_frac group/all_wrong_frac
group/dropped_frac group/drawn_per_kept
completion/length_mean completion/length_min completion/length_max completion/length_right_mean
completion/length_wrong_mean completion/truncated_frac stop/eos stop/parse-error rollout/undecided_frac
rollout/failed_frac policy/entropy
policy/kl_ref_k1 policy/kl_ref_k2 policy/kl_ref_k3 policy/kl_old_k1 policy/kl_old_k3 policy/mismatch_kl
policy/mismatch_max policy/clip_frac_low policy/clip_frac_high policy/ratio_max adv/mean adv/std value/loss
value/explained_variance loss/total loss/clipped optim/lr optim/grad_norm dpo/margin dpo/accuracy dpo/logp_chosen
dpo/logp_rejected sft/nll sft/token_acc tokens/seen tokens/sampled time/step_s time/rollout_s time/train_s
time/verify_s perf/train_tok_per_s perf/sample_tok_per_s eval/countdown/pass@1 eval/countdown/pass@1_low
eval/countdown/pass@1_high eval/countdown/pass@16 eval/countdown/maj@8 eval/countdown/maj@8_low
eval/countdown/mean@32 eval/countdown/mean@32_high eval/countdown/n`
  .trim()
  .split(/\s+/)

describe('the glossary', () => {
  it('knows every name of the conventions', () => {
    expect(conventional.filter((name) => findMetric(name) === undefined)).toEqual([])
  })

  it('has no row that the conventions do not have', () => {
    const used = new Set(conventional.map((name) => findMetric(name)?.name))
    const unused = metricGlossary.map((entry) => entry.name).filter((name) => !used.has(name))
    // Ends of intervals of which the list above has one side.
    expect(unused).toEqual(['eval/<task>/maj@<k>_high', 'eval/<task>/mean@<k>_low'])
  })

  it('names each metric once, defines it and says how it is estimated', () => {
    expect(new Set(metricGlossary.map((entry) => entry.name)).size).toBe(metricGlossary.length)
    for (const entry of metricGlossary) expect(`${entry.definition}|${entry.estimator}`).toMatch(/^.{3,}\|.{3,}$/)
  })
})

describe('findMetric', () => {
  it('prefers the exact name over a placeholder', () => {
    expect(findMetric('loss/total')?.name).toBe('loss/total')
    expect(findMetric('loss/value')?.name).toBe('loss/<term>')
  })

  it('fills <k> with whole numbers from 1 and other placeholders with one part of a name', () => {
    expect(findMetric('eval/sums/pass@12')?.name).toBe('eval/<task>/pass@<k>')
    for (const name of ['eval/sums/pass@0', 'eval/sums/pass@k', 'eval/a/b/pass@1', 'reward//mean', 'reward/a/b/mean']) {
      expect(findMetric(name), name).toBeUndefined()
    }
  })

  it('takes dots and other signs literally', () => {
    expect(findMetric('rewardXmean')).toBeUndefined()
    expect(findMetric('xreward/mean')).toBeUndefined()
    expect(findMetric('reward/means')).toBeUndefined()
  })
})

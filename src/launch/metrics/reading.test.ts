// What lines of logs mean, by value.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMetric } from '../../contracts/metrics.ts'
import type { LaunchPlan } from '../launch-plan.ts'
import { readGradusLine } from './gradus-line.ts'
import { RowReader } from './row-reader.ts'
import { trlNames, verlNames } from './their-names.ts'
import { readVerlLine } from './verl-line.ts'

const plan = (more: Partial<LaunchPlan> = {}): LaunchPlan => ({
  schema: 1,
  system: 'trl',
  recipe: 'grpo',
  task: 'countdown',
  model: 'm',
  seed: 1,
  config: { schedule: { steps: 10 }, klEstimator: 'k2' },
  digest: 'd',
  ...more,
})
const line = (fields: object): string => `GRADUS ${JSON.stringify({ job: 'j', ...fields })}`

describe('our lines', () => {
  it('are found after whatever else is on the line', () => {
    const said = { step: 3, time_s: 1.5, metrics: { reward: 0.5 } }
    expect(readGradusLine(line(said), 'j')).toEqual(said)
    expect(readGradusLine(`(worker pid=3) 10%|# | 1/9 ${line(said)}`, 'j')).toEqual(said)
  })

  it.each([
    ['another job', line({ job: 'k', step: 1 })],
    ['no job', 'GRADUS {"step":1}'],
    ['broken JSON', 'GRADUS {"job":"j","step":'],
    ['a step that is none', line({ step: -1 })],
    ['a metric that is no number', line({ step: 1, metrics: { reward: 'high' } })],
    ['a line without end', line({ step: 1, reason: 'x'.repeat(100_000) })],
    ['nothing', ''],
  ])('%s is none of them', (_, text) => {
    expect(readGradusLine(text, 'j')).toBeUndefined()
  })
})

describe("verl's lines", () => {
  it('are read in all their forms', () => {
    const text = 'step:12 - actor/lr:1e-06 - critic/rewards/mean:np.float64(0.25) - a:nan - b:True - perf/x:-3'
    const wanted = { step: 12, metrics: { 'actor/lr': 1e-6, 'critic/rewards/mean': 0.25, 'perf/x': -3 } }
    expect(readVerlLine(text)).toEqual(wanted)
    expect(readVerlLine(`\u001b[36m(TaskRunner pid=77)\u001b[0m ${text}`)).toEqual(wanted)
    expect(readVerlLine(`(TaskRunner pid=77, ip=10.0.0.1) ${text}\r`)).toEqual(wanted)
  })

  it.each(['', 'step:1', 'a step:1 - a:1', 'step: 1 - a:1', 'step:-1 - a:1', `step:1 - ${'a'.repeat(100_000)}`])(
    '%j is none of them',
    (text) => {
      expect(readVerlLine(text)).toBeUndefined()
    },
  )

  it('never throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void readVerlLine(`step:1 - ${text}`)))
  })
})

describe('rows', () => {
  it('of TRL have our names; what has none is listed', () => {
    const reader = new RowReader('j', plan())
    const metrics = { reward: 0.5, 'clip_ratio/low_mean': 0.1, num_tokens: 640, strange: 1, 'gradus/failed_frac': 0.25 }
    expect(reader.read(line({ step: 1, time_s: 2, metrics }))).toEqual({
      kind: 'row',
      row: {
        step: 1,
        time_s: 2,
        tokens: 640,
        'reward/mean': 0.5,
        'policy/clip_frac_low': 0.1,
        'tokens/seen': 640,
        'rollout/failed_frac': 0.25,
      },
    })
    expect(reader.unmapped).toEqual(['strange'])
  })

  it('of verl add up tokens and seconds, and name evaluations', () => {
    const reader = new RowReader('j', plan({ system: 'verl' }))
    expect(reader.read('step:0 - val-core/countdown/acc/mean@4:0.5 - val-aux/x:1')).toEqual({
      kind: 'row',
      row: { step: 0, time_s: 0, tokens: 0, 'eval/countdown/mean@4': 0.5 },
    })
    const step = 'critic/rewards/mean:0.5 - actor/kl_loss:0.01 - timing_s/step:3.5 - perf/total_num_tokens:100'
    reader.read(`step:1 - ${step}`)
    expect(reader.read(`step:2 - ${step}`)).toEqual({
      kind: 'row',
      row: {
        step: 2,
        time_s: 7,
        tokens: 200,
        'reward/mean': 0.5,
        'policy/kl_ref_k2': 0.01,
        'time/step_s': 3.5,
        'tokens/seen': 200,
      },
    })
    expect(reader.unmapped).toEqual(['perf/total_num_tokens', 'val-aux/x'])
  })

  it('come once a step, in rising order, and not after the last step', () => {
    const reader = new RowReader('j', plan({ system: 'verl' }))
    const steps = [1, 2, 2, 1, 999, 3].map((step) => reader.read(`step:${step} - a:1`)?.kind)
    expect(steps).toEqual(['row', 'row', undefined, undefined, undefined, 'row'])
    expect(reader.repeated).toBe(2)
  })

  it('are read from lines of verl only for verl', () => {
    expect(new RowReader('j', plan()).read('step:1 - critic/rewards/mean:0.5')).toBeUndefined()
  })

  it('leave servers and missing verdicts to the caller', () => {
    const reader = new RowReader('j', plan())
    expect(reader.read(line({ serving: { url: 'http://a:1', node: 'n' } }))).toEqual({
      kind: 'serving',
      url: 'http://a:1',
      node: 'n',
    })
    expect(reader.read(line({ unscored: 'failed', reason: 'late', problem: 'p' }))).toEqual({
      kind: 'unscored',
      verdict: 'failed',
      reason: 'late',
      problem: 'p',
    })
  })
})

it('every name of ours is in the glossary', () => {
  const names = [trlNames, verlNames('k1'), verlNames('k3')].flatMap((table) => Object.values(table))
  expect(names.filter((name) => findMetric(name) === undefined)).toEqual([])
})

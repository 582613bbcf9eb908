// Each alert at its threshold, once.
import { describe, expect, it } from 'vitest'
import type { MetricName } from '../contracts/metrics.ts'
import type { MetricRow } from '../contracts/run.ts'
import { checkAlerts, keepAlertMetrics } from './alerts.ts'

function historyOf(name: MetricName, values: readonly (number | null)[]): readonly MetricRow[] {
  return values.map((value, index) => ({ step: index + 1, time_s: 0, tokens: 0, [name]: value }))
}

// [step, name] of every alert that a run with these values would have recorded.
function alertsOf(name: MetricName, values: readonly (number | null)[]): readonly unknown[] {
  const history = historyOf(name, values)
  return history.flatMap((_row, i) => checkAlerts(history.slice(0, i + 1)).map((alert) => [alert.step, alert.name]))
}

function times(count: number, value: number): readonly number[] {
  return Array.from({ length: count }, () => value)
}

describe('checkAlerts', () => {
  it('gives nothing for no history and for rows without the metrics', () => {
    expect(checkAlerts([])).toEqual([])
    expect(checkAlerts(historyOf('reward/mean', [0, 1]))).toEqual([])
  })

  it('sees truncation above 0.3, at its beginning and again when it comes back after ten rows without', () => {
    expect(alertsOf('completion/truncated_frac', [0.3, 0.31, 0.9, ...times(10, 0.1), 0.5])).toEqual([
      [2, 'truncated'],
      [14, 'truncated'],
    ])
    expect(alertsOf('completion/truncated_frac', [0.31, ...times(9, 0.1), 0.5])).toEqual([[1, 'truncated']])
  })

  it('gives one alert where a share swings around its limit', () => {
    const swings = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? 0.35 : 0.25))
    expect(alertsOf('completion/truncated_frac', swings)).toEqual([[1, 'truncated']])
  })

  it('sees groups without spread above 0.9', () => {
    expect(alertsOf('group/zero_std_frac', [0.9, 0.91])).toEqual([[2, 'zero-std']])
  })

  it('sees a gradient above ten times the median of those before, once there are ten', () => {
    expect(alertsOf('optim/grad_norm', [...times(9, 1), 99])).toEqual([])
    expect(alertsOf('optim/grad_norm', [...times(10, 1), 10, 10.1, 1])).toEqual([[12, 'grad-norm']])
    expect(checkAlerts(historyOf('optim/grad_norm', [...times(10, 2), 21]))).toMatchObject([{ value: 21, limit: 20 }])
  })

  it('knows no usual gradient from steps that had none', () => {
    expect(alertsOf('optim/grad_norm', [...times(20, 0), 0.05, ...times(20, 0), 0.06])).toEqual([])
    const rare = Array.from({ length: 50 }, (_, i) => (i % 5 === 0 ? 1 : 0))
    expect(alertsOf('optim/grad_norm', [...rare, 11])).toEqual([[51, 'grad-norm']])
  })

  it('sees entropy below a tenth of its beginning, not a single low step', () => {
    expect(alertsOf('policy/entropy', [...times(20, 1), 0, ...times(20, 1)])).toEqual([])
    expect(alertsOf('policy/entropy', [...times(10, 1), ...times(10, 0.11)])).toEqual([])
    expect(alertsOf('policy/entropy', [...times(10, 1), ...times(10, 0.09)])).toEqual([[20, 'entropy-collapse']])
  })

  it('sees mismatch that grows threefold, unless it is rounding', () => {
    expect(alertsOf('policy/mismatch_kl', [...times(10, 0.01), ...times(10, 0.029)])).toEqual([])
    expect(alertsOf('policy/mismatch_kl', [...times(10, 0.01), ...times(10, 0.031)])).toEqual([[20, 'mismatch-kl']])
    expect(alertsOf('policy/mismatch_kl', [...times(10, 1e-7), ...times(10, 1e-5)])).toEqual([])
  })

  it('adds up the reasons of failed rollouts and names the most frequent', () => {
    const row: MetricRow = { step: 1, time_s: 0, tokens: 0, 'stop/error': 0.02, 'stop/timeout': 0.04, 'stop/eos': 0.94 }
    expect(checkAlerts([row])).toMatchObject([{ name: 'errored-rollouts', metric: 'stop/timeout', limit: 0.05 }])
    expect(checkAlerts([{ ...row, 'stop/error': 0.01 }])).toEqual([])
  })

  it('ignores values that are not numbers', () => {
    expect(alertsOf('optim/grad_norm', [...times(10, 1), null, Number.NaN, 1])).toEqual([])
  })

  it('needs no other metrics than those that are kept', () => {
    const history = historyOf('optim/grad_norm', [...times(10, 1), 50]).map((row) => ({ ...row, 'reward/mean': 1 }))
    const kept = history.map(keepAlertMetrics)
    expect(Object.keys(kept[0])).toEqual(['step', 'time_s', 'tokens', 'optim/grad_norm'])
    expect(checkAlerts(kept)).toEqual(checkAlerts(history))
    expect(checkAlerts(kept)).toHaveLength(1)
  })
})

// What each message changes, and the figures that follow from the rows.
import { describe, expect, it } from 'vitest'
import { after, type DemoState, doneShare, idle, secondsLeft, tokensPerSecond } from './demo-state.ts'
import { noteOf } from './phase-notes.ts'
import { count, duration } from './say-numbers.ts'
import { budgets } from './training/budgets.ts'
import type { FromWorker } from './training/messages.ts'

const run = (...messages: FromWorker[]): DemoState => messages.reduce(after, idle)
const stage = (name: 'sft' | 'rl'): FromWorker => ({ kind: 'stage', stage: name, evaluates: false })
const row = (step: number, more: Record<string, number> = {}): FromWorker => ({
  kind: 'metrics',
  row: { step, time_s: step * 2, tokens: step * 100, ...more } as never,
})
const pass = (value: number) => ({
  'eval/chain-arithmetic/pass@1': value,
  'eval/chain-arithmetic/pass@1_low': value - 0.1,
  'eval/chain-arithmetic/pass@1_high': value + 0.1,
})

describe('the state of a run', () => {
  it('takes loss from supervised steps and reward from the others', () => {
    const numbers = { 'loss/total': 1.5, 'reward/mean': 0.25 }
    const { points } = run(stage('sft'), row(1, numbers), stage('rl'), row(2, { ...numbers, ...pass(0.5) }))
    expect(points).toEqual([
      { step: 1, time_s: 2, stage: 'sft', loss: 1.5 },
      { step: 2, time_s: 4, stage: 'rl', reward: 0.25, pass: { value: 0.5, low: 0.4, high: 0.6 } },
    ])
  })

  it('follows the phases', () => {
    const started: FromWorker = {
      kind: 'started',
      parameters: 10,
      device: { kind: 'wasm', threads: 1, why: 'as you chose' },
    }
    expect(run({ kind: 'loading', what: 'x' }).phase).toBe('loading')
    expect(run(started).phase).toBe('running')
    expect(run(started, { kind: 'paused' }).phase).toBe('paused')
    expect(run(started, { kind: 'paused' }, { kind: 'resumed' }).phase).toBe('running')
    expect(run(started, { kind: 'failed', message: 'm', hint: 'h' })).toMatchObject({
      phase: 'failed',
      error: { message: 'm', hint: 'h' },
    })
  })

  it('measures speed over the newest rows', () => {
    expect(tokensPerSecond(run(row(1)))).toBeUndefined()
    expect(tokensPerSecond(run(row(1), row(2), row(5)))).toBe(50)
  })

  it('says how long it takes still, by the steps of this stage, with later ones at their own price', () => {
    const { test } = budgets
    const { sft, grpo } = test.size
    expect(secondsLeft(run(stage('sft'), row(1), row(2)), test)).toBeUndefined()
    expect(secondsLeft(run(stage('sft'), row(1), row(3)), test)).toBe((sft.steps - 3 + grpo.steps * 5) * 2)
    const late = run(stage('sft'), row(1), stage('rl'), row(sft.steps + 1), row(sft.steps + 3))
    expect(secondsLeft(late, test)).toBe((grpo.steps - 3) * 2)
    expect(doneShare(late, test)).toBe((sft.steps + 3) / (sft.steps + grpo.steps))
  })
})

describe('the summary', () => {
  const done = (before: number, now: number): string =>
    noteOf(run(stage('sft'), row(1, pass(before)), stage('rl'), row(2, pass(now)), { kind: 'done' }), budgets.test)

  it('claims a difference only where the intervals are apart', () => {
    expect(done(0.3, 0.7)).toMatch(/0\.30 \[0\.20, 0\.40\].*0\.70 \[0\.60, 0\.80\].*do not overlap/)
    expect(done(0.3, 0.4)).toMatch(/intervals overlap/)
  })
})

describe('numbers in words', () => {
  it('are short', () => {
    expect([812, 12_345, 4_100_000].map(count)).toEqual(['812', '12.3k', '4.1M'])
    expect([8.4, 192, -1].map(duration)).toEqual(['8s', '3m 12s', '0s'])
  })
})

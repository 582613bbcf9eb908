// Accuracies over visits and their variance; and the ranking of One-Shot-RLVR on its own published history.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Problem, Rollout } from '../../contracts/index.ts'
import { contextWith, credited, groupOf, problemOf, scored, undecided } from '../__fixtures__/rollouts.ts'
import { KeyedHistory } from '../history.ts'
import { rankedSource } from '../source/sources.ts'
import { accuracyOf, accuracyVariance, recordAccuracy } from './accuracy-history.ts'

describe('recordAccuracy', () => {
  it('adds the share of right completions of each visit, dropped ones included and undecided ones not', async () => {
    const history = new KeyedHistory()
    const context = contextWith({ history })
    const visit = async (...rollouts: readonly Rollout[]) =>
      credited([recordAccuracy()], [groupOf(...rollouts)], context)
    await visit(scored(1), scored(0), scored(0), undecided(), scored(0, { dropped: 'for the test' }))
    await visit(scored(1), scored(1))
    await visit(undecided())
    expect(accuracyOf(history, 'p')).toEqual([0.25, 1])
    expect(accuracyOf(history, 'another')).toEqual([])
  })

  it('survives a checkpoint', async () => {
    const history = new KeyedHistory()
    await credited([recordAccuracy()], [groupOf(scored(1), scored(0))], contextWith({ history }))
    const restored = new KeyedHistory(JSON.parse(JSON.stringify(history.save())))
    expect(accuracyOf(restored, 'p')).toEqual([0.5])
  })
})

/** A history of these accuracies by problem. */
function historyOf(accuracies: Readonly<Record<string, readonly number[]>>): KeyedHistory {
  return new KeyedHistory(Object.fromEntries(Object.entries(accuracies).map(([id, list]) => [`accuracy/${id}`, list])))
}

describe('accuracyVariance', () => {
  it('is that of the visits themselves, not of a sample of them', () => {
    // Mean 0.5, squares 0.25, 0, 0.25: 0.5 / 3.
    const history = historyOf({ varied: [0, 0.5, 1], steady: [0.75, 0.75], once: [1] })
    expect(accuracyVariance(history, 'varied')).toBeCloseTo(1 / 6, 12)
    expect(accuracyVariance(history, 'steady')).toBe(0)
    expect(accuracyVariance(history, 'once')).toBe(0)
    expect(accuracyVariance(history, 'never visited')).toBe(0)
  })
})

// Beside the repository on some machines only, and a skipped test would fail continuous integration.
const path = fileURLToPath(new URL('../../../../shared/data/oneshot-acc-history.jsonl', import.meta.url))
if (existsSync(path)) {
  describe('the ranking of One-Shot-RLVR by variance', () => {
    const rows = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { index: number; acc: number[] })
    const problems: Problem[] = rows.map(({ index }) => problemOf(String(index)))
    const history = historyOf(Object.fromEntries(rows.map(({ index, acc }) => [String(index), acc])))
    const context = contextWith({ history })

    it.each([
      ['124', 1],
      ['267', 2],
      ['682', 13],
    ])('has problem %s at place %i', async (id, place) => {
      expect((await rankedSource(problems, place).next(2, context)).map((problem) => problem.id)).toEqual([id, id])
    })

    it('has problem 789 among those without variance', () => {
      expect(rows).toHaveLength(1209)
      expect(accuracyVariance(history, '789')).toBe(0)
    })
  })
}

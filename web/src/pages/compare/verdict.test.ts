import { describe, expect, test } from 'vitest'
import type { CompareAnswerRow } from '../../../../src/serve/dashboard/api.ts'
import { pValue, sentenceOf, share, signed, standingOf } from './verdict.ts'

const row = (over: Partial<CompareAnswerRow> = {}): CompareAnswerRow => ({
  run: 'b',
  value: 0.46,
  low: 0.42,
  high: 0.5,
  n: 512,
  diff: 0.05,
  diff_low: 0.01,
  diff_high: 0.09,
  p: 0.012,
  p_adjusted: 0.024,
  detectable: 0.056,
  tokens: 1000,
  seconds: 10,
  ...over,
})
const say = (over: Partial<CompareAnswerRow> = {}): string => sentenceOf(row(over), { baseline: 'a', name: 'A' })

describe('standingOf', () => {
  test('is better or worse only when the whole interval is', () => {
    expect(standingOf(row(), 'a')).toBe('better')
    expect(standingOf(row({ diff: -0.05, diff_low: -0.09, diff_high: -0.01 }), 'a')).toBe('worse')
    expect(standingOf(row({ diff_low: -0.001 }), 'a')).toBe('unclear')
    expect(standingOf(row({ diff_low: 0 }), 'a')).toBe('unclear')
  })

  test('is not better where a p-value, corrected or not, does not bear it out', () => {
    expect(standingOf(row({ p: 0.06, p_adjusted: 0.06 }), 'a')).toBe('unclear')
    expect(standingOf(row({ p_adjusted: 0.08 }), 'a')).toBe('alone')
    expect(standingOf(row({ p: null, p_adjusted: null }), 'a')).toBe('better')
    expect(standingOf(row({ p: Number.NaN, p_adjusted: Number.NaN }), 'a')).toBe('unclear')
  })

  test('tells the baseline and what could not be compared from the rest', () => {
    expect(standingOf(row({ run: 'a' }), 'a')).toBe('baseline')
    expect(standingOf(row({ diff: null }), 'a')).toBe('none')
  })
})

describe('sentenceOf', () => {
  test('says by how much, and that the interval is one of 95 %', () => {
    expect(say()).toBe('better than A by 0.050 (95\u00a0%: 0.010 to 0.090).')
    expect(say({ diff: -0.05, diff_low: -0.09, diff_high: -0.01 })).toBe(
      'worse than A by 0.050 (95\u00a0%: 0.010 to 0.090).',
    )
  })

  test('says what could have been seen where nothing was', () => {
    expect(say({ diff: 0.01, diff_low: -0.03, diff_high: 0.05, detectable: 0.06 })).toBe(
      'not told apart from A: the difference lies between −0.030 and +0.050 (95\u00a0%); a true difference of 0.060 would be found 8 times in 10.',
    )
  })

  test('says that it was the correction that took a finding away', () => {
    expect(say({ p_adjusted: 0.08 })).toBe(
      'not told apart from A once corrected for the number of comparisons (p 0.080); taken alone, the difference lies between +0.010 and +0.090 (95\u00a0%).',
    )
  })

  test('speaks of the baseline and of what was not compared', () => {
    expect(say({ run: 'a' })).toBe('what the others are compared with.')
    expect(say({ diff_low: null })).toBe('not compared with A: there are no numbers that could be.')
  })
})

describe('numbers', () => {
  test('are written alike', () => {
    expect(share(0.4)).toBe('0.400')
    expect(share(Number.NaN)).toBe('n/a')
    expect([signed(0.052), signed(-0.01), signed(0), signed(-0.0001)]).toEqual(['+0.052', '−0.010', '0.000', '0.000'])
    expect([pValue(0.00001), pValue(0.0123), pValue(0.5)]).toEqual(['< 0.001', '0.012', '0.50'])
  })
})

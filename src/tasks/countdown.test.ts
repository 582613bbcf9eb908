import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import type { Verdict } from '../contracts/index.ts'
import { countdown } from './countdown.ts'
import { surveyCountdown } from './countdown-survey.ts'
import type { CountdownGoal } from './countdown-verify.ts'
import { goalOf } from './countdown-verify.ts'

const row = { id: 'a1', nums: [44, 19, 35], target: 98, level: 3, problem: 'any wording', answer: '98' }

function made(count: number, knobs = {}): CountdownGoal[] {
  return Array.from({ length: count }, (_, i) => goalOf(countdown.problem('train', i, knobs)) as CountdownGoal)
}

describe('countdown problems', () => {
  it('keep to the ranges of their knobs', () => {
    for (const { numbers, target } of made(50, { level: 4, maxNumber: 20, minTarget: 30, maxTarget: 40 })) {
      expect(numbers).toHaveLength(4)
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1)
      expect(Math.max(...numbers)).toBeLessThanOrEqual(20)
      expect(target).toBeGreaterThanOrEqual(30)
      expect(target).toBeLessThanOrEqual(40)
    }
  })

  it('are like the public rows with three numbers', () => {
    // The public rows: all solvable with every number and positive whole values, 0.051 with fewer, 0.704 with sums,
    // target given 0.034, mean number 45.0, mean target 54.1. Tolerances are about three standard errors at n = 500.
    const survey = surveyCountdown(made(500), stream('test', 'survey'), 20)
    expect(survey.allPositive).toBe(1)
    expect(Math.abs(survey.fewer - 0.051)).toBeLessThan(0.03)
    expect(Math.abs(survey.allSums - 0.704)).toBeLessThan(0.06)
    expect(Math.abs(survey.targetGiven - 0.034)).toBeLessThan(0.025)
    expect(Math.abs(survey.numberMean - 45)).toBeLessThan(2.2)
    expect(Math.abs(survey.targetMean - 54.1)).toBeLessThan(3.5)
    expect(Math.abs(survey.chance - countdown.chance(3))).toBeLessThan(0.015)
  })

  it('refuse an empty range of targets and ranges without solvable problems', () => {
    expect(() => countdown.problem('train', 0, { minTarget: 50, maxTarget: 40 })).toThrow(
      expect.objectContaining({ code: 'config/bad-value' }),
    )
    expect(() => countdown.problem('train', 0, { maxNumber: 2, minTarget: 90 })).toThrow(
      expect.objectContaining({ code: 'data/no-problem' }),
    )
  })
})

describe('countdown rows', () => {
  it('become problems in the compact form', () => {
    expect(countdown.fromRow?.(row, 'test')).toEqual({
      id: 'a1',
      task: 'countdown',
      split: 'test',
      prompt: '44 19 35=98:',
      answer: '98',
      level: 3,
      meta: { numbers: [44, 19, 35], target: 98 },
    })
    expect(countdown.fromRow?.({ ...row, level: undefined }, 'test').level).toBe(3)
  })

  it.each([
    [{ nums: undefined }, /"nums" is missing/],
    [{ nums: '1 2 3' }, /"nums" is "1 2 3"/],
    [{ nums: [1, 2, '3'] }, /"nums\[2\]" is "3"/],
    [{ nums: [1, 0, 3] }, /"nums\[1\]" is 0/],
    [{ nums: [1, 2.5, 3] }, /"nums\[1\]" is 2.5/],
    [{ nums: [1] }, /"nums" is \[1\]/],
    [{ nums: [1, 2, 3, 4, 5, 6, 7] }, /"nums" is/],
    [{ target: '98' }, /"target" is "98"/],
    [{ target: -1 }, /"target" is -1/],
    [{ target: null }, /"target" is null/],
    [{ id: '' }, /"id" is ""/],
    [{ id: 7 }, /"id" is 7/],
    [{ level: 'hard' }, /"level" is "hard"/],
  ])('with %j are refused by field', (change, message) => {
    const read = () => countdown.fromRow?.({ ...row, ...change }, 'train')
    expect(read).toThrow(expect.objectContaining({ code: 'data/bad-row', hint: expect.stringContaining('nums') }))
    expect(read).toThrow(message)
  })
})

describe('countdown solutions and traces', () => {
  const problem = countdown.fromRow?.(row, 'train')
  if (problem === undefined) throw new Error('no problem')

  it('are attempts in steps without spaces', () => {
    expect(countdown.solve(problem)).toBe('44+19=63;63+35=98')
    for (const style of ['attempt', 'attempt-wrong', 'search']) {
      for (const trace of countdown.traces(problem, style, stream('test', style))) {
        expect(trace.text).toMatch(/^(\d+[-+*/]\d+=\d+[;!]?)+$/)
      }
    }
  })

  it('or guesses without working, which use every number once and miss', () => {
    for (let i = 0; i < 50; i++) {
      const [{ text, right }] = countdown.traces(problem, 'expression-wrong', stream('test', i))
      expect(text).toMatch(/^\d+[-+*]\d+[-+*]\d+$/)
      expect(
        text
          .split(/[-+*]/)
          .map(Number)
          .sort((a, b) => a - b),
      ).toEqual([19, 35, 44])
      expect(right).toBe(false)
      expect((countdown.verify(problem, text) as Verdict).kind).toBe('wrong')
    }
  })

  it('show one to three failed attempts before the right one in a search', () => {
    const counts = new Set<number>()
    for (let i = 0; i < 40; i++) {
      const [{ text }] = countdown.traces(problem, 'search', stream('test', i))
      const attempts = text.split('!')
      counts.add(attempts.length - 1)
      expect(new Set(attempts).size).toBe(attempts.length)
      expect(attempts.slice(0, -1).filter((attempt) => attempt.endsWith('=98'))).toEqual([])
    }
    expect([...counts].sort()).toEqual([1, 2, 3])
  })

  it('say that a problem nothing reaches is unsolvable', () => {
    const hopeless = countdown.fromRow?.({ id: 'b', nums: [1, 1], target: 50 }, 'train')
    if (hopeless === undefined) throw new Error('no problem')
    const unsolvable = expect.objectContaining({ code: 'data/unsolvable' })
    expect(() => countdown.solve(hopeless)).toThrow(unsolvable)
    expect(() => countdown.traces(hopeless, 'search', stream('test'))).toThrow(unsolvable)
  })
})

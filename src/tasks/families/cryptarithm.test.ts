import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { cryptarithm } from './cryptarithm.ts'
import { searchSum } from './cryptarithm-search.ts'

const { family } = cryptarithm
// 15 + 14 = 29.
const hand = { sum: ['1A', '1B', '2C'] }

/** Tries every digit for every letter, with no regard to columns; gives all answers. */
function solvePrompt(prompt: string): string[] {
  const letters = [...new Set(prompt.match(/[A-Z]/g))].sort()
  const written: readonly string[] = prompt.match(/\d/g) ?? []
  const found: string[] = []
  const go = (text: string, at: number, answer: string[]): void => {
    if (at === letters.length) {
      const [left, right] = text.slice(0, -1).split('=')
      const numbers = [...left.split('+'), right]
      const total = left.split('+').reduce((sum, number) => sum + Number(number), 0)
      if (total === Number(right) && numbers.every((number) => number === '0' || number[0] !== '0')) {
        found.push(answer.join(','))
      }
      return
    }
    for (const digit of '0123456789') {
      if (written.includes(digit) || answer.some((clause) => clause.endsWith(digit))) continue
      go(text.replaceAll(letters[at], digit), at + 1, [...answer, `${letters[at]}=${digit}`])
    }
  }
  go(prompt, 0, [])
  return found
}

describe('cryptarithm', () => {
  it('shows, solves and judges an instance written by hand', () => {
    const one = { sum: ['A4', 'BA', 'C05'] }
    // The last column gives A=1; then 1+B=10+0 gives B=9 and C=1, which A has already.
    expect(family.prompt(one)).toBe('A4+BA=C05?')
    expect(searchSum(one.sum, 100)).toEqual({
      steps: ['1 A=1 c0', '2 B=9 c1', '3 x', '2 x', '1 x'],
      solutions: [],
      isCut: false,
    })
    const two = { sum: ['A4', '8A', 'B05'] }
    // The last column gives A=1, then 1+8 is 9, not 0.
    expect(searchSum(two.sum, 100).solutions).toEqual([])
    const three = { sum: ['A3', 'BA', '6C'] }
    expect(searchSum(three.sum, 1000).solutions).toHaveLength(2)
    const four = { sum: ['7A', '2A', 'B8'] }
    // 4+4=8 leaves 7+2=9; 9+9=18 leaves 10, whose last digit 0 may not begin a number.
    expect(family.solve(four)).toEqual({ steps: ['1 A=4 c0', '2 B=9 c0'], answer: 'A=4,B=9' })
    expect(family.accept?.(four)).toBe(true)
    expect(family.judge(four, 'A=4,B=9')).toBe(true)
    for (const near of ['B=9,A=4', 'A=4, B=9', 'A=4', 'A=4,B=09', 'A=5,B=9', 'A=9,B=4', 'A=4,B=9,', '4,9', '']) {
      expect(family.judge(four, near)).not.toBe(true)
    }
  })

  it('names the rule that an answer breaks', () => {
    expect(family.judge({ sum: ['A', 'B', 'C'] }, 'A=0,B=0,C=0')).toBe('two letters have the same digit')
    expect(family.judge(hand, 'A=1,B=3,C=4')).toBe('a letter has a digit that is written out')
    expect(family.judge({ sum: ['A3', 'B4', '97'] }, 'A=0,B=9')).toContain('written out')
    expect(family.judge({ sum: ['A3', 'B4', '87'] }, 'A=0,B=8')).toContain('written out')
    expect(family.judge({ sum: ['A3', 'B4', '67'] }, 'A=0,B=5')).toBe('a number begins with 0')
    expect(family.judge({ sum: ['A3', 'B4', '67'] }, 'A=1,B=9')).toBe('107 is not 67')
    expect(family.judge({ sum: ['A3', 'B4', '67'] }, 'A=1,B=5')).toBe(true)
  })

  it('has one answer, the one stated, by a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 6; i++) {
        const problem = cryptarithm.problem('train', i, { level })
        expect(solvePrompt(problem.prompt as string)).toEqual([problem.answer])
        const wrong = family.wrongAnswer(cryptarithm.instance(problem), stream('wrong', i))
        expect(family.judge(cryptarithm.instance(problem), wrong)).not.toBe(true)
        expect(problem.prompt!.length).toBeLessThanOrEqual(30)
      }
    }
  })

  it('keeps the search within the level', () => {
    for (let i = 0; i < 20; i++) {
      const instance = cryptarithm.instance(cryptarithm.problem('test', i, { level: 3 }))
      expect(family.solve(instance).steps.length).toBeLessThanOrEqual(30)
    }
  })

  it('stops a search that is too long', () => {
    const huge = { sum: ['ABCDE', 'FGHIA', 'JBCDEF'] }
    expect(searchSum(huge.sum, 50).isCut).toBe(true)
    expect(family.accept?.({ sum: ['A', 'B', 'C'] })).toBe(false)
  })

  it('scores steps by the columns written before and dead ends by whether they are', () => {
    const dead = { sum: ['A4', 'BA', 'C05'] }
    expect(family.stepScores!(dead, ['1 A=1 c0', '2 B=9 c1', '3 x', '2 x', '1 x'])).toEqual([1, 1, 1, 1, 1])
    // 4+2 is not 5; then 2+B=10 gives B=8 and a carry of 1.
    expect(family.stepScores!(dead, ['1 A=2 c0', '2 B=8 c1', '3 C=1 c0'])).toEqual([0, 1, 1])
    expect(family.stepScores!(dead, ['2 B=9 c1', '1 A=1,B=9 c0', '1 A=1 c1', '1', '', 'x'])).toEqual([0, 0, 0, 0, 0, 0])
    const live = { sum: ['7A', '2A', 'B8'] }
    expect(family.stepScores!(live, ['1 A=9 c1', '2 x', '1 x', '1 A=4 c0', '2 x', '2 B=9 c0'])).toEqual([
      1, 1, 0, 1, 0, 1,
    ])
    // A digit that is written out, and a column that is not there.
    expect(family.stepScores!(live, ['1 A=4 c0', '2 B=7 c0', '3 c0'])).toEqual([1, 0, 0])
  })

  it('gives the same content to other letters and to terms in another order', () => {
    const content = family.content!({ sum: ['A4', 'BA', 'C05'] })
    expect(family.content!({ sum: ['X4', 'QX', 'M05'] })).toBe(content)
    expect(family.content!({ sum: ['BA', 'A4', 'C05'] })).toBe(content)
    expect(family.content!({ sum: ['A4', 'BB', 'C05'] })).not.toBe(content)
  })

  it('passes the battery', async () => {
    expect((await checkTask(cryptarithm, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { stringFn } from './string-fn.ts'

const { family } = stringFn
const hand = { functions: [7, 3], input: 'abca', shown: false }

const shiftAll = (text: string, by: number) =>
  text.replace(/./g, (letter) => String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + by) % 8)))
const moveFirst = (text: string) => text.replace(/^(.)(.*)$/, '$2$1')
const backwards = (text: string) => text.split('').reduce((done, letter) => letter + done, '')

/** The functions as the rules describe them. */
const byRules: Record<string, (text: string) => string> = {
  f0: backwards,
  f1: moveFirst,
  f2: (x) => shiftAll(x, 1),
  f3: (x) => moveFirst(moveFirst(x)),
  f4: (x) => x.split('').sort().join(''),
  f5: (x) => shiftAll(x, 3),
  f6: (x) => x.concat('c'),
  f7: (x) => 'b'.concat(x),
  f8: (x) => x.replace(/(.)(.)/g, '$2$1'),
  f9: (x) => x.replace(/(.).?/g, '$1') + x.replace(/.(.?)/g, '$1'),
  f10: (x) => x.replace(/(.)\1+/g, '$1'),
  f11: (x) => [...new Set(x)].join(''),
  f12: (x) => x.replace(/./g, '$&$&'),
  f13: (x) => x.repeat(2),
  f14: (x) => x.concat(backwards(x)),
  f15: (x) => {
    const left = x.split('')
    let out = ''
    while (left.length > 0) out += (out.length % 2 === 0 ? left.shift() : left.pop()) ?? ''
    return out
  },
}

function solvePrompt(prompt: string): string {
  const [, nest, input] = /([f0-9()x]+) x=([a-h]+):$/.exec(prompt)!
  const inwards = nest.split('(').slice(0, -1)
  return inwards.reduceRight((value, name) => byRules[name](value), input)
}

describe('string-fn', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('f3(f7(x)) x=abca:')
    expect(family.prompt({ ...hand, shown: true })).toBe('f3=turn2,f7=gapb. f3(f7(x)) x=abca:')
    expect(family.solve(hand)).toEqual({ steps: ['f7(abca)=babca', 'f3(babca)=bcaba'], answer: 'bcaba' })
    expect(family.judge(hand, 'bcaba')).toBe(true)
    for (const near of ['BCABA', 'bcab', 'bcabaa', 'b c a b a', '"bcaba"', 'abacb', '']) {
      expect(family.judge(hand, near)).not.toBe(true)
    }
  })

  it.each([
    [0, 'abcd', 'dcba'],
    [4, 'hbca', 'abch'],
    [5, 'afgh', 'dabc'],
    [8, 'abcde', 'badce'],
    [9, 'abcde', 'acebd'],
    [10, 'aabba', 'aba'],
    [11, 'aabba', 'ab'],
    [12, 'ab', 'aabb'],
    [13, 'ab', 'abab'],
    [14, 'ab', 'abba'],
    [15, 'abcde', 'aebdc'],
    [15, 'abcd', 'adbc'],
  ])('f%i makes %s into %s', (id, input, output) => {
    expect(family.solve({ functions: [id], input, shown: false }).answer).toBe(output)
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = stringFn.problem('train', i, { level, shown: i % 2 === 0 })
        const instance = stringFn.instance(problem)
        const rng = stream('string-fn', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        const other = family.perturb!(instance, rng)
        if (other !== undefined) expect(solvePrompt(family.prompt(other))).not.toBe(problem.answer)
      }
    }
  })

  it('keeps the functions of training and evaluation apart and the splits equal with definitions shown', () => {
    const used = (functions: string) =>
      new Set(
        Array.from({ length: 60 }, (_, i) => stringFn.problem('train', i, { level: 3, functions })).flatMap(
          (problem) => stringFn.instance(problem).functions,
        ),
      )
    const [train, evaluation] = [used('train'), used('eval')]
    expect(train.size + evaluation.size).toBe(16)
    expect([...train].filter((id) => evaluation.has(id))).toEqual([])
    expect(family.content?.({ ...hand, shown: true })).toBe(family.content?.(hand))
  })

  it('scores steps from what was written before and carries a slip on', () => {
    expect(family.stepScores!(hand, ['f7(abca)=babcb', 'f3(babcb)=bcbba', 'f3(b)=b'])).toEqual([0, 1, 0])
    expect(family.stepScores!(hand, ['f3(babca)=bcaba', 'x'])).toEqual([0, 0])
    for (let i = 0; i < 20; i++) {
      const { steps, answer } = family.wrongSolution!(hand, stream('slip', i))
      expect(answer).not.toBe('bcaba')
      expect(family.stepScores!(hand, steps).filter((score) => score === 0)).toHaveLength(1)
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(stringFn, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

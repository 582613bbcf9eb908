import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { gcdLcm } from './gcd-lcm.ts'

const { family } = gcdLcm

/** The exponents of the primes of a number, by trial division. */
function factors(number: number): Map<number, number> {
  const found = new Map<number, number>()
  let rest = number
  for (let prime = 2; rest > 1; prime++) {
    for (; rest % prime === 0; rest /= prime) found.set(prime, (found.get(prime) ?? 0) + 1)
  }
  return found
}

/** Reads the prompt by the rules alone: least or greatest exponent of every prime. */
function solvePrompt(prompt: string): number {
  const [kind, ...numbers] = prompt.slice(0, -1).split(' ')
  const all = numbers.map((number) => factors(Number(number)))
  const choose = kind === 'gcd' ? Math.min : Math.max
  return [...new Set(all.flatMap((map) => [...map.keys()]))].reduce(
    (product, prime) => product * prime ** choose(...all.map((map) => map.get(prime) ?? 0)),
    1,
  )
}

describe('gcd-lcm', () => {
  it('shows, solves and judges instances written by hand', () => {
    const hand = { kind: 'gcd', numbers: [30, 84, 9] } as const
    expect(family.prompt(hand)).toBe('gcd 30 84 9=')
    expect(family.solve(hand)).toEqual({
      steps: ['84%30=24', '30%24=6', '24%6=0', '9%6=3', '6%3=0'],
      answer: '3',
    })
    expect(family.solve({ kind: 'lcm', numbers: [84, 30] })).toEqual({
      steps: ['84%30=24', '30%24=6', '24%6=0', '84/6=14', '14*30=420'],
      answer: '420',
    })
    for (const near of ['03', '+3', '3.0', '6', '1', '-3']) expect(family.judge(hand, near)).not.toBe(true)
    expect(family.judge(hand, '3')).toBe(true)
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = gcdLcm.problem('train', i, { level })
        const value = solvePrompt(problem.prompt as string)
        expect(problem.answer).toBe(`${value}`)
        expect(family.wrongAnswer(gcdLcm.instance(problem), stream('wrong', i))).not.toBe(`${value}`)
      }
    }
  })

  it('decides the split by the numbers, not their order', () => {
    const content = (numbers: number[]) => family.content?.({ kind: 'gcd', numbers })
    expect(content([84, 9])).toBe(content([9, 84]))
    expect(content([84, 9])).not.toBe(family.content?.({ kind: 'lcm', numbers: [9, 84] }))
  })

  it('never makes the same answer right for more than a fifteenth of a level', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 1500; i++) {
      const { answer } = gcdLcm.problem('train', i, { level: 1 })
      counts.set(answer!, (counts.get(answer!) ?? 0) + 1)
    }
    expect(Math.max(...counts.values()) / 1500).toBeLessThan(1 / 15)
  })

  it('goes on from a wrong remainder without hanging', () => {
    const hand = { kind: 'lcm', numbers: [84, 30] } as const
    expect(family.stepScores?.(hand, ['84%30=25', '30%25=5', '25%5=0', '84/5=16', '16*30=480'])).toEqual([
      0, 1, 1, 1, 1,
    ])
    expect(family.stepScores?.(hand, ['84%30=-4', '30%-4=2'])).toEqual([0, 0])
  })

  it('passes the battery', async () => {
    expect((await checkTask(gcdLcm, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { graphLa } from './graph-la.ts'
import { determinedValue } from './graph-la-rank.ts'

const { family } = graphLa
type Instance = Parameters<typeof family.prompt>[0]

// a=5, 2a+b=12, a+b-c=4 and a relation beside them
const hand: Instance = {
  relations: [
    { terms: [[1, 0]], total: 5 },
    {
      terms: [
        [2, 0],
        [1, 1],
      ],
      total: 12,
    },
    {
      terms: [
        [1, 0],
        [1, 1],
        [-1, 2],
      ],
      total: 4,
    },
    {
      terms: [
        [1, 3],
        [2, 1],
      ],
      total: 9,
    },
  ],
  order: [3, 1, 0, 2],
  names: 'abcd',
  asked: 2,
}
const pair: Instance = {
  relations: [
    {
      terms: [
        [1, 0],
        [1, 1],
      ],
      total: 12,
    },
    {
      terms: [
        [1, 0],
        [-1, 1],
      ],
      total: -2,
    },
    {
      terms: [
        [1, 2],
        [-2, 1],
      ],
      total: 1,
    },
  ],
  order: [0, 1, 2],
  names: 'pqr',
  asked: 2,
}
const brokenPair: Instance = {
  ...pair,
  relations: [
    pair.relations[0],
    {
      terms: [
        [2, 0],
        [2, 1],
      ],
      total: 24,
    },
    pair.relations[2],
  ],
}

const prime = 1_000_003

function inverse(a: number): number {
  let [power, result, left] = [BigInt(a), 1n, BigInt(prime - 2)]
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * power) % BigInt(prime)
    power = (power * power) % BigInt(prime)
  }
  return Number(result)
}

/** The row with the lead of every kept row cleared, modulo a prime. */
function reduced(row: readonly number[], kept: readonly (readonly number[])[]): number[] {
  let rest = row.map((a) => ((a % prime) + prime) % prime)
  for (const base of kept) {
    const times = rest[base.findIndex((a) => a !== 0)]
    rest = rest.map((a, j) => (a + (prime - ((times * base[j]) % prime))) % prime)
  }
  return rest
}

/** Reads the prompt by the rules alone: a price is determined when asking for it adds nothing to the row space. */
function solvePrompt(prompt: string): string {
  const texts = prompt.slice(0, -1).split(',')
  const asked = texts.pop()!
  const names = [...new Set(texts.join('').match(/[a-z]/g))].sort()
  const rows = texts.map((text) => {
    const [sum, total] = text.split('=')
    const row = names.map(() => 0)
    for (const [, sign, factor, name] of sum.matchAll(/([+-]?)(\d*)([a-z])/g)) {
      row[names.indexOf(name)] += (factor === '' ? 1 : Number(factor)) * (sign === '-' ? -1 : 1)
    }
    // `x` may stand for a total.
    if (/[a-z]/.test(total)) row[names.indexOf(total)] -= 1
    return [...row, /[a-z]/.test(total) ? 0 : Number(total)]
  })
  const kept: number[][] = []
  for (const row of rows) {
    const rest = reduced(row, kept)
    const lead = rest.find((a) => a !== 0)
    if (lead !== undefined) kept.push(rest.map((a) => (a * inverse(lead)) % prime))
  }
  const query = reduced([...names.map((name) => (name === asked ? 1 : 0)), 0], kept)
  if (query.slice(0, -1).some((a) => a !== 0)) return 'unknown'
  const value = (prime - query[names.length]) % prime
  return `${value > prime / 2 ? value - prime : value}`
}

describe('graph-la', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('d+2b=9,2a+b=12,a=5,a+b-c=4,c?')
    expect(family.solve(hand)).toEqual({ steps: ['2*5+b=12,b=2', '5+2-c=4,c=3'], answer: '3' })
    for (const near of ['03', '+3', '3.0', 'c=3', '4', 'unknown', '-3', 'Unknown']) {
      expect(family.judge(hand, near)).not.toBe(true)
    }
    expect(family.judge(hand, '3')).toBe(true)
  })

  it('adds a sum and a difference', () => {
    expect(family.solve(pair)).toEqual({
      steps: ['2p=12+(-2),p=5', '5+q=12,q=7', 'r-2*7=1,r=15'],
      answer: '15',
    })
  })

  it('says unknown when an equation only repeats another, though there are as many as prices', () => {
    expect(family.prompt(brokenPair)).toBe('p+q=12,2p+2q=24,r-2q=1,r?')
    expect(family.solve(brokenPair)).toEqual({ steps: ['open:pqr=3'], answer: 'unknown' })
    expect(family.judge(brokenPair, 'unknown')).toBe(true)
    for (const near of ['15', 'Unknown', 'unknown.', 'UNKNOWN']) expect(family.judge(brokenPair, near)).not.toBe(true)
  })

  it('knows a price that follows although others stay open', () => {
    // v0+v1+v2=9 and v1+v2=4 tell v0 alone.
    const relations = [
      {
        terms: [
          [1, 0],
          [1, 1],
          [1, 2],
        ],
        total: 9,
      },
      {
        terms: [
          [1, 1],
          [1, 2],
        ],
        total: 4,
      },
    ] as const
    expect([0, 1, 2, 3].map((variable) => determinedValue(relations, variable))).toEqual([
      5,
      undefined,
      undefined,
      undefined,
    ])
    expect(determinedValue([{ terms: [[2, 0]], total: 5 }], 0)).toBeUndefined()
  })

  it('agrees with a rank test that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 20; i++) {
        const problem = graphLa.problem('train', i, { level })
        const prompt = problem.prompt as string
        expect([prompt, solvePrompt(prompt)]).toEqual([prompt, problem.answer])
        expect(family.wrongAnswer(graphLa.instance(problem), stream('wrong', i))).not.toBe(problem.answer)
        expect(prompt.length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
      }
    }
  })

  it('leaves about half of the problems open, or as many as asked for', () => {
    const share = (unknown?: number) => {
      const knobs: Record<string, number> = unknown === undefined ? { level: 3 } : { level: 3, unknown }
      const answers = Array.from({ length: 300 }, (_, i) => graphLa.problem('train', i, knobs).answer)
      return answers.filter((answer) => answer === 'unknown').length / 300
    }
    expect(Math.abs(share() - 0.5)).toBeLessThan(0.1)
    expect([share(0), share(1)]).toEqual([0, 1])
  })

  it('scores inferences in any order that works, once each, with the prices written before', () => {
    const score = (...steps: string[]) => family.stepScores?.(hand, steps)
    expect(score('2*5+b=12,b=3', 'd+2*3=9,d=3', '5+3-c=4,c=4')).toEqual([0, 1, 1])
    expect(score('5+2-c=4,c=3', '2*5+b=12,b=2', '2*5+b=12,b=2')).toEqual([0, 1, 0])
    expect(score('2*5+b=12,b=02', 'open:c=1', '=')).toEqual([0, 0, 0])
    expect(family.stepScores?.(brokenPair, ['open:pqr=2', 'open:pqr=3', 'open:pqr=3'])).toEqual([0, 1, 0])
  })

  it('fills, inverts, changes and leaves out totals', () => {
    expect(family.slots?.(hand).map(({ name }) => name)).toEqual(['r0', 'r1', 'r2'])
    expect(family.slots?.(pair).map(({ name }) => name)).toEqual(['r2'])
    expect(family.slots?.(brokenPair)).toEqual([])
    expect(() => family.fill?.(pair, 'r0', 4)).toThrow('r0')
    expect(family.invert?.(brokenPair, stream('invert'))).toBeUndefined()
    let seen = 0
    for (let i = 0; i < 40; i++) {
      const problem = graphLa.problem('train', i, { level: 1 + (i % 4) })
      const instance = graphLa.instance(problem)
      if (problem.answer === 'unknown') continue
      seen++
      for (const { name } of family.slots!(instance).slice(0, 2)) {
        const filled = family.fill!(instance, name, 77)
        expect(solvePrompt(family.prompt(filled))).toBe(family.solve(filled).answer)
        expect(family.solve(filled).answer).toMatch(/^-?\d+$/)
      }
      const inverted = family.invert?.(instance, stream('invert', i))
      if (inverted !== undefined) expect(solvePrompt(inverted.prompt)).toBe(inverted.answer)
      expect(solvePrompt(family.prompt(family.perturb!(instance, stream('perturb', i))!))).not.toBe(problem.answer)
      expect(solvePrompt(family.unanswerable!(instance, stream('unknown', i))!)).toBe('unknown')
    }
    expect(seen).toBeGreaterThan(10)
  })

  it('passes the battery', async () => {
    expect((await checkTask(graphLa, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

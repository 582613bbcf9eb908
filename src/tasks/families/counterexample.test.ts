import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { counterexample } from './counterexample.ts'

const { family } = counterexample
const mod = (m: number, r: number, not = false) => ({ kind: 'mod', square: false, m, r, not }) as const
const claim = { most: 20, given: [[mod(3, 1)]], claimed: [[{ kind: 'less', k: 10, not: true }], [mod(2, 1)]] } as const

describe('counterexample by hand', () => {
  it('finds the first number that refutes', () => {
    expect(family.prompt(claim)).toBe('all n<=20: n%3=1 -> ~n<10|n%2=1?')
    expect(family.solve(claim)).toEqual({ steps: ['1+', '4-'], answer: '4' })
  })

  it('says true of a true claim', () => {
    const holds = { most: 12, given: [[mod(4, 0)]], claimed: [[mod(2, 0)]] } as const
    expect(family.solve(holds)).toEqual({ steps: ['4+', '8+', '12+'], answer: 'true' })
    for (const answer of ['4', '6', '13', 'false', 'True', '0']) expect(family.judge(holds, answer)).not.toBe(true)
  })

  it('takes every witness and nothing else', () => {
    const all = { most: 20, given: [[mod(3, 1)]], claimed: [[{ kind: 'more', k: 7, not: false }]] } as const
    const right = Array.from({ length: 30 }, (_, n) => n).filter((n) => family.judge(all, String(n)) === true)
    expect(right).toEqual([1, 4, 7])
    for (const answer of ['true', '04', '+4', '4.0', '-1', '1,4', '10', '22'])
      expect(family.judge(all, answer)).not.toBe(true)
  })

  it('scores a step that leaves a number out, or has the wrong sign, with 0', () => {
    expect(family.stepScores?.(claim, ['1+', '4+', '7+', '13+', 'x'])).toEqual([1, 0, 1, 0, 0])
  })

  it('overlooks the witness in a wrong solution', () => {
    expect(family.wrongSolution?.(claim, stream('t')).answer).toBe('true')
  })
})

/** What the prompt claims, evaluated by another route: text to numbers, atom by atom. */
function witnesses(prompt: string): Set<number> {
  const [, most, given, then] = /^all n<=(\d+): (\S+) -> (\S+)\?$/.exec(prompt)!
  const isTrue = (text: string, n: number): boolean =>
    text.split('|').some((all) =>
      all.split('&').every((atom) => {
        const [, not, left, sign, right] = /^(~?)(.+?)([=<>])(\d+)$/.exec(atom)!
        const [power, divisor] = left.split('%')
        let value = power === 'n*n' ? n ** 2 : n
        if (divisor !== undefined) value -= Math.floor(value / Number(divisor)) * Number(divisor)
        const bare =
          sign === '=' ? value === Number(right) : sign === '<' ? value < Number(right) : value > Number(right)
        return not === '~' ? !bare : bare
      }),
    )
  const found = new Set<number>()
  for (let n = 1; n <= Number(most); n++) if (isTrue(given, n) && !isTrue(then, n)) found.add(n)
  return found
}

describe('counterexample against an evaluation of its prompt', () => {
  const problems = Array.from({ length: 100 }, (_, i) => counterexample.problem('train', i, { level: 1 + (i % 5) }))

  it('agrees on every answer', () => {
    for (const problem of problems) {
      const found = witnesses(problem.prompt as string)
      const instance = counterexample.instance(problem)
      for (let n = 0; n < 100; n++)
        expect(family.judge(instance, String(n)) === true, `${problem.prompt} ${n}`).toBe(found.has(n))
      expect(family.judge(instance, 'true') === true).toBe(found.size === 0)
      const wrong = family.wrongAnswer(instance, stream('wrong', problem.id))
      expect(wrong === 'true' ? found.size > 0 : !found.has(Number(wrong))).toBe(true)
    }
  })

  it('has true claims in about a third of the problems', () => {
    const share = problems.filter(({ answer }) => answer === 'true').length / problems.length
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.5)
  })

  it('perturbs to a claim with another answer', () => {
    for (const problem of problems.slice(0, 20)) {
      const other = family.perturb?.(counterexample.instance(problem), stream('twin', problem.id))
      if (other !== undefined) expect(family.judge(other, problem.answer!)).not.toBe(true)
    }
  })
})

it('passes the battery', async () => {
  expect((await checkTask(counterexample, { problems: 3, seed: 5 })).failures).toEqual([])
})

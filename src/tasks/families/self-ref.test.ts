import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { selfRef } from './self-ref.ts'

/** How many statements are true in each consistent assignment, from the prompt's text alone. */
function countsOf(prompt: string): number[] {
  const statements = prompt.slice(0, -1).split(',')
  const counts: number[] = []
  for (let mask = 0; mask < 2 ** statements.length; mask++) {
    const truth = [...mask.toString(2).padStart(statements.length, '0')].map((bit) => bit === '1')
    const count = truth.reduce((sum, value) => sum + Number(value), 0)
    const says = (claim: string): boolean => {
      const n = Number(claim.slice(1))
      if (claim === 'E' || claim === 'O') return count % 2 === (claim === 'O' ? 1 : 0)
      if (claim[0] === 'T' || claim[0] === 'F') return truth[n - 1] === (claim[0] === 'T')
      return claim[0] === '=' ? count === n : claim[0] === '<' ? count < n : count > n
    }
    const fits = statements.every((statement, i) => {
      const both = statement.split('&')
      const value = both.length === 2 ? both.every(says) : statement.split('|').some(says)
      return value === truth[i]
    })
    if (fits) counts.push(count)
  }
  return counts
}

const byHand = selfRef.problemOf({ statements: ['F2', '=3', 'T1', '>2'] }, 'train', 0, 1)

describe('self-ref', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('F2,=3,T1,>2?')
    // With 2 true the second and fourth are false, so the first and third are true, which are two.
    expect(selfRef.solve(byHand)).toBe('0:TFTFx;1:TFTFx;2:TFTF!;#2')
    expect(countsOf('F2,=3,T1,>2?')).toEqual([2])
    expect(countsOf('F2,=1,T1,>2?')).toEqual([1, 2, 3])
    expect(countsOf('F1?')).toEqual([])
  })

  it('asks only what has one consistent assignment', () => {
    const accept = (...statements: string[]) => selfRef.family.accept?.({ statements })
    expect(accept('F2', '=3', 'T1', '>2')).toBe(true)
    expect(accept('F2', '=1', 'T1', '>2')).toBe(false)
    expect(accept('F2', 'F3', 'F1')).toBe(false)
    expect(accept('T2', 'T1')).toBe(false)
  })

  it('agrees with the trial of every assignment, of which exactly one fits', async () => {
    for (const level of selfRef.levels) {
      for (let i = 0; i < 30; i++) {
        const problem = selfRef.problem('train', i, { level })
        expect(countsOf(problem.prompt as string).map(String)).toEqual([problem.answer])
        expect((problem.prompt as string).length).toBeLessThanOrEqual(96)
        const { steps } = await selfRef.verify(problem, selfRef.solve(problem))
        expect(new Set(steps)).toEqual(new Set([1]))
        for (const style of ['steps-wrong', 'direct-wrong']) {
          const [slip] = selfRef.traces(problem, style, stream('slip', i))
          expect(slip.answer).toMatch(/^[0-9]$/)
          expect(slip.answer).not.toBe(problem.answer)
        }
      }
    }
  })

  it('scores only the cases as they are', async () => {
    const verdict = await selfRef.verify(byHand, '0:TFTFx;0:TF?Fx;2:TFTF!;9:TTTTx;2:TFTFx;:;#2')
    expect(verdict.steps).toEqual([1, 0, 1, 0, 0, 0])
    expect(verdict.kind).toBe('right')
  })

  it('changes one statement so that another count is right', () => {
    const problem = selfRef.problem('train', 3, { level: 3 })
    const changed = selfRef.family.perturb?.(selfRef.instance(problem), stream('perturb'))
    const asked = selfRef.problemOf(changed!, 'train', 0, 3)
    expect(countsOf(asked.prompt as string).map(String)).toEqual([asked.answer])
    expect(asked.answer).not.toBe(problem.answer)
  })

  it.each(['1', '3', '02', '+2', '2.0', 'two', '-0', '2 2', '٢'])('refuses %j', async (answer) => {
    expect(await selfRef.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('passes the battery', async () => {
    expect((await checkTask(selfRef, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

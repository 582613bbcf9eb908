import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { stateTrack } from './state-track.ts'

const { family } = stateTrack
const swaps = { start: ['k', 'd', 'x'], changes: ['AB', 'BC'], query: '' }
const counts = { start: [5, 2], changes: ['A+3', 'A>B2'], query: 'B' }

/** Reads the prompt clause by clause into a table of hands. */
function solvePrompt(prompt: string): string {
  const [body, query] = prompt.slice(0, -1).split('. ')
  const hands: Record<string, string | number> = {}
  for (const clause of body.split(',')) {
    const [a, sign, b] = clause
    if (sign === '=') hands[a] = /\d/.test(clause) ? Number(clause.slice(2)) : b
    else if (sign === '+') hands[a] = Number(hands[a]) + Number(clause.slice(2))
    else if (sign === '-') hands[a] = Number(hands[a]) - Number(clause.slice(2))
    else if (sign === '>') {
      hands[a] = Number(hands[a]) - Number(clause.slice(3))
      hands[b] = Number(hands[b]) + Number(clause.slice(3))
    } else [hands[a], hands[sign]] = [hands[sign], hands[a]]
  }
  const people = Object.keys(hands).sort()
  return query === undefined ? people.map((name) => hands[name]).join('') : `${hands[query]}`
}

describe('state-track', () => {
  it('shows, solves and judges swaps written by hand', () => {
    expect(family.prompt(swaps)).toBe('A=k,B=d,C=x,AB,BC?')
    expect(family.solve(swaps)).toEqual({ steps: ['dkx', 'dxk'], answer: 'dxk' })
    expect(family.judge(swaps, 'dxk')).toBe(true)
    for (const near of ['dkx', 'd,x,k', 'd x k', 'DXK', 'dxkd', '']) expect(family.judge(swaps, near)).not.toBe(true)
  })

  it('shows, solves and judges counts written by hand', () => {
    expect(family.prompt(counts)).toBe('A=5,B=2,A+3,A>B2. B?')
    expect(family.solve(counts)).toEqual({ steps: ['A=8', 'A=6,B=4'], answer: '4' })
    for (const near of ['04', '+4', '4.0', '6', 'B=4', '']) expect(family.judge(counts, near)).not.toBe(true)
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = stateTrack.problem('train', i, { level })
        const instance = stateTrack.instance(problem)
        const rng = stream('state-track', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        expect(family.wrongSolution!(instance, rng).answer).not.toBe(problem.answer)
        expect(solvePrompt(family.prompt(family.perturb!(instance, rng)!))).not.toBe(problem.answer)
        const inverted = family.invert!(instance, rng)
        if (inverted === undefined) continue
        const [body, end, name] = inverted.prompt.split(/\. end |\. start /)
        expect(solvePrompt(`${body.replace('=?', `=${inverted.answer}`)}. ${name}`)).toBe(end.slice(2))
      }
    }
  })

  it('never lets anyone hold less than nothing, also with the least number in a slot', () => {
    for (let i = 0; i < 40; i++) {
      const instance = stateTrack.instance(stateTrack.problem('train', i, { level: 4, kind: 'counts' }))
      for (const { name, range } of family.slots!(instance)) {
        const filled = family.fill!(instance, name, range[0])
        expect(family.solve(filled).steps.join()).not.toMatch(/=-/)
        const below = family.solve(family.fill!(instance, name, range[0] - 1))
        // One less only goes wrong when something is ever taken from that person.
        if (range[0] > 0) expect(below.steps.join()).toMatch(/=-1/)
      }
    }
  })

  it('takes away what a person holds to make a prompt unanswerable', () => {
    const rng = stream('unknown')
    expect(family.unanswerable!(swaps, rng)).toBe('B=d,C=x,AB,BC?')
    expect(family.unanswerable!(counts, rng)).toBe('A=5,A+3,A>B2. B?')
  })

  it('scores steps by the state written before', () => {
    expect(family.stepScores!(swaps, ['dkx', 'dxk', 'dxk'])).toEqual([1, 1, 0])
    expect(family.stepScores!(swaps, ['kdx', 'kxd'])).toEqual([0, 1])
    expect(family.stepScores!(counts, ['A=9', 'A=7,B=4'])).toEqual([0, 1])
    expect(family.stepScores!(counts, ['', 'A=6,B=4', 'H=9,H=9'])).toEqual([0, 1, 0])
  })

  it('passes the battery', async () => {
    expect((await checkTask(stateTrack, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

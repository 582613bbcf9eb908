import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { plan } from './plan.ts'

const { family } = plan
const jugs = { kind: 'jugs', sizes: [3, 5], start: [0, 0], goal: 4, most: 7 } as const
const hanoi = { kind: 'hanoi', start: [0, 0, 1], goal: [1, 1, 1], most: 4 } as const

describe('plan by hand', () => {
  it('measures four with jugs of three and five', () => {
    expect(family.prompt(jugs)).toBe('jugs A0/3 B0/5>4 in 7?')
    expect(family.solve(jugs)).toEqual({
      steps: ['B+=0,5', 'B>A=3,2', 'A-=0,2', 'B>A=2,0', 'B+=2,5', 'B>A=3,4'],
      answer: 'B+,B>A,A-,B>A,B+,B>A',
    })
  })

  it('moves a tower of two onto the third disk', () => {
    expect(family.prompt(hanoi)).toBe('hanoi AAB>BBB in 4?')
    expect(family.solve(hanoi)).toEqual({ steps: ['A>C=CAB', 'A>B=CBB', 'C>B=BBB'], answer: 'A>C,A>B,C>B' })
  })

  it('accepts any plan within the limit and nothing else', () => {
    // The longer way: 3 into B twice leaves 1 in A; 1 into B, 3 more.
    expect(family.judge({ ...jugs, most: 8 }, 'A+,A>B,A+,A>B,B-,A>B,A+,A>B')).toBe(true)
    for (const answer of [
      'A+,A>B,A+,A>B,B-,A>B,A+,A>B',
      'B+,B>A,A-,B>A,B+',
      'B+,B+,B>A,A-,B>A,B+,B>A',
      'A-',
      'B+, B>A,A-,B>A,B+,B>A',
      'b+,B>A,A-,B>A,B+,B>A',
      'B+,B>A,A-,B>A,B+,B>A,',
      'A>C',
      'C+',
    ]) {
      expect(family.judge(jugs, answer), answer).not.toBe(true)
    }
    for (const answer of ['A>B,A>B', 'A>C,A>C,C>B', 'A>C,A>B', 'C>B', 'A+', 'A>A']) {
      expect(family.judge(hanoi, answer), answer).not.toBe(true)
    }
  })

  it('scores steps by carrying them out', () => {
    expect(family.stepScores?.(jugs, ['B+=0,5', 'B>A=3,3', 'A-=0,2', 'x', 'A-=0,2'])).toEqual([1, 0, 1, 0, 0])
    expect(family.stepScores?.(hanoi, ['A>C=CAB', 'A>C=CCB'])).toEqual([1, 0])
  })

  it('perturbs to a goal that the old plan misses', () => {
    const other = family.perturb?.(jugs, stream('t'))
    expect(other === undefined || family.judge(other, family.solve(jugs).answer) !== true).toBe(true)
  })
})

/** Carries an answer out from the prompt alone: `true` when it ends at the goal in time. */
function isRight(prompt: string, answer: string): boolean {
  const jug = /^jugs A(\d+)\/(\d+) B(\d+)\/(\d+)>(\d+) in (\d+)\?$/.exec(prompt)
  if (jug !== null) {
    let [a, , b] = jug.slice(1).map(Number)
    const [, sizeA, , sizeB, goal, most] = jug.slice(1).map(Number)
    const actions = answer.split(',')
    for (const action of actions) {
      const [x, y] = [a, b]
      if (action === 'A+') a = sizeA
      else if (action === 'B+') b = sizeB
      else if (action === 'A-') a = 0
      else if (action === 'B-') b = 0
      else if (action === 'A>B') [a, b] = [Math.max(0, a + b - sizeB), Math.min(sizeB, a + b)]
      else if (action === 'B>A') [a, b] = [Math.min(sizeA, a + b), Math.max(0, a + b - sizeA)]
      if (a === x && b === y) return false
    }
    return actions.length <= most && (a === goal || b === goal)
  }
  const [, start, goal, most] = /^hanoi ([ABC]+)>([ABC]+) in (\d+)\?$/.exec(prompt)!
  const pegs: Record<string, number[]> = { A: [], B: [], C: [] }
  for (let disk = start.length; disk > 0; disk--) pegs[start[disk - 1]].push(disk)
  const actions = answer.split(',')
  for (const action of actions) {
    const disk = pegs[action[0]].pop()
    if (disk === undefined || (pegs[action[2]].at(-1) ?? 99) < disk) return false
    pegs[action[2]].push(disk)
  }
  return actions.length <= Number(most) && [...goal].every((peg, i) => pegs[peg].includes(i + 1))
}

describe('plan against a simulation of its prompt', () => {
  it('agrees on right and wrong answers', () => {
    for (let i = 0; i < 100; i++) {
      const problem = plan.problem('train', i, { level: 1 + (i % 5) })
      expect(isRight(problem.prompt as string, problem.answer!), problem.prompt as string).toBe(true)
      const wrong = family.wrongAnswer(plan.instance(problem), stream('wrong', i))
      expect(isRight(problem.prompt as string, wrong), `${problem.prompt} ${wrong}`).toBe(false)
    }
  })

  it('has shortest plans that grow with the level', () => {
    const mean = [1, 2, 3, 4, 5].map((level) => {
      const lengths = Array.from(
        { length: 20 },
        (_, i) => plan.problem('train', i, { level }).answer!.split(',').length,
      )
      return lengths.reduce((sum, length) => sum + length, 0) / lengths.length
    })
    expect(mean).toEqual([...mean].sort((a, b) => a - b))
    expect(mean[4]).toBeGreaterThan(9)
  })
})

it('passes the battery', async () => {
  expect((await checkTask(plan, { problems: 3, seed: 5 })).failures).toEqual([])
})

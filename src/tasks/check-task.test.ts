import { expect, it } from 'vitest'
import type { Task } from '../contracts/index.ts'
import { chainArithmetic } from './chain-arithmetic.ts'
import { checkTask } from './check-task.ts'

const sound = { ...chainArithmetic, levels: [2] }

/** Takes the right answer and the next number too. */
const twoAnswers: Partial<Task> = {
  styles: ['chain', 'direct'],
  verify: (problem, text) => {
    const answer = /#(\d)$/.exec(text)?.[1]
    const isRight =
      answer !== undefined && (answer === problem.answer || Number(answer) === (Number(problem.answer) + 1) % 10)
    return { kind: isRight ? 'right' : 'wrong', score: isRight ? 1 : 0, reason: 'by hand' }
  },
}

async function failed(change: Partial<Task>): Promise<readonly string[]> {
  const { failures } = await checkTask({ ...sound, ...change }, { problems: 12 })
  return [...new Set(failures.map(({ check }) => check))]
}

it("lets another problem's solution be right only where the task says that several answers are", async () => {
  expect(await failed(twoAnswers)).toEqual(["other problems' solutions"])
  expect(await failed({ ...twoAnswers, tags: ['several-answers'] })).toEqual([])
})

it('asks for right steps of oracle traces only', async () => {
  const traces =
    (origin: string): Task['traces'] =>
    (problem, style, rng) => {
      if (style !== 'chain') return chainArithmetic.traces(problem, style, rng)
      return [{ text: `1+1=3;#${problem.answer}`, answer: problem.answer, origin, right: true }]
    }
  expect(await failed({ traces: traces('oracle') })).toEqual(['right steps'])
  expect(await failed({ traces: traces('corrupted') })).toEqual([])
})

it('takes ids of wrapped tasks', async () => {
  const named = (id: string): Partial<Task> => ({
    id,
    problem: (split, index, knobs) => ({ ...chainArithmetic.problem(split, index, knobs), task: id }),
    traces: (problem, style, rng) => {
      return chainArithmetic.traces({ ...problem, task: 'chain-arithmetic' }, style, rng)
    },
  })
  expect(await failed(named('chain-arithmetic+noise'))).toEqual([])
  expect(await failed(named('chain-arithmetic+'))).toEqual(['declaration'])
})

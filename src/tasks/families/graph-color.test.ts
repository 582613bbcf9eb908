import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { graphColor } from './graph-color.ts'

const { family } = graphColor
const graph = { vertices: 4, colours: 3, edges: ['AB', 'AC', 'BC', 'CD'] } as const
// A and B may share a colour, but then D has none left: the search must come back to B.
const trap = { vertices: 4, colours: 2, edges: ['AC', 'BD', 'CD'] } as const

describe('graph-color by hand', () => {
  it('colours greedily', () => {
    expect(family.prompt(graph)).toBe('A-D 3:AB AC BC CD?')
    expect(family.solve(graph)).toEqual({ steps: ['A1', 'B2', 'C3', 'D1'], answer: '1231' })
  })

  it('goes back where no colour is left', () => {
    expect(family.solve(trap)).toEqual({ steps: ['A1', 'B1', 'C2', 'D!', 'C!', 'B2', 'C2', 'D1'], answer: '1221' })
  })

  it('accepts exactly the proper colourings', () => {
    const right: string[] = []
    for (let code = 0; code < 81; code++) {
      const answer = code
        .toString(3)
        .padStart(4, '0')
        .replace(/./g, (digit) => String(Number(digit) + 1))
      if (family.judge(graph, answer) === true) right.push(answer)
    }
    // Six ways to colour the triangle, two for D each.
    expect(right).toHaveLength(12)
    for (const answer of ['123', '12312', '1 2 3 1', '0120', '1241', '1,2,3,1', 'A1', '']) {
      expect(family.judge(graph, answer), answer).not.toBe(true)
    }
  })

  it('scores clashes and false despair with 0', () => {
    expect(family.stepScores?.(graph, ['A1', 'B1', 'B2', 'C!', 'C3', 'D4', 'E1'])).toEqual([1, 0, 1, 0, 0, 0, 0])
    expect(family.stepScores?.(trap, family.solve(trap).steps)).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
  })
})

/** Whether an answer is a proper colouring by the prompt alone. */
function isRight(prompt: string, answer: string): boolean {
  const [, last, colours, edges] = /^A-([A-Z]) (\d):(.*)\?$/.exec(prompt)!
  const colourOf = new Map([...answer].map((colour, i) => [String.fromCharCode(65 + i), Number(colour)]))
  if (answer.length !== last.charCodeAt(0) - 64) return false
  if ([...colourOf.values()].some((colour) => !(colour >= 1 && colour <= Number(colours)))) return false
  return edges.split(' ').every((edge) => colourOf.get(edge[0]) !== colourOf.get(edge[1]))
}

describe('graph-color against its prompts', () => {
  it('agrees on right, wrong and random colourings', () => {
    const rng = stream('random colourings')
    for (let i = 0; i < 100; i++) {
      const problem = graphColor.problem('train', i, { level: 1 + (i % 5) })
      const instance = graphColor.instance(problem)
      expect(isRight(problem.prompt as string, problem.answer!), problem.prompt as string).toBe(true)
      expect(isRight(problem.prompt as string, family.wrongAnswer(instance, stream('wrong', i)))).toBe(false)
      for (let guess = 0; guess < 20; guess++) {
        const answer = Array.from({ length: instance.vertices }, () => 1 + rng.int(3)).join('')
        expect(family.judge(instance, answer) === true).toBe(isRight(problem.prompt as string, answer))
      }
      const other = family.perturb?.(instance, stream('twin', i))
      if (other !== undefined) expect(isRight(family.prompt(other), family.solve(other).answer)).toBe(true)
      if (other !== undefined) expect(isRight(family.prompt(other), problem.answer!)).toBe(false)
    }
  })
})

it('passes the battery', async () => {
  expect((await checkTask(graphColor, { problems: 3, seed: 5 })).failures).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { eqProof } from './eq-proof.ts'

const { family } = eqProof
const theorem = {
  equations: [
    ['ab', 'ba'],
    ['aa', 'c'],
    ['cb', 'a'],
  ],
  start: 'aab',
  goal: 'ca',
  proof: ['2@0', '3@0', '3-@0'],
} as const

describe('eq-proof by hand', () => {
  const made = { ...theorem, goal: 'a', proof: ['2@0', '3@0'] } as const

  it('writes the word after each rewrite', () => {
    expect(family.prompt(made)).toBe('1:ab=ba 2:aa=c 3:cb=a|aab>a?')
    expect(family.solve(made)).toEqual({ steps: ['2@0=cb', '3@0=a'], answer: '2@0,3@0' })
  })

  it('accepts other proofs and uses equations in both directions', () => {
    expect(family.judge(made, '1@1,1-@1,2@0,3@0')).toBe(true)
    expect(family.judge({ ...made, start: 'a', goal: 'aab' }, '3-@0,2-@0')).toBe(true)
  })

  it('rejects what does not replay', () => {
    for (const answer of [
      '2@0',
      '2@1,3@0',
      '3@0,2@0',
      '2@0,3@0,',
      '2@0, 3@0',
      '02@0,3@0',
      '2-@0,3@0',
      '4@0',
      '2@0;3@0',
      '2@00,3@0',
      'a',
    ]) {
      expect(family.judge(made, answer), answer).not.toBe(true)
    }
    expect(family.judge(made, `${'1@1,1-@1,'.repeat(40)}2@0,3@0`)).not.toBe(true)
  })

  it('scores steps by the word that they give', () => {
    expect(family.stepScores?.(made, ['2@0=cb', '3@0=b', 'x', '3-@0=cb', '3-@0=cb'])).toEqual([1, 0, 0, 1, 0])
  })

  it('makes a longer theorem of an old one', () => {
    const other = family.perturb?.(made, stream('t'))
    expect(other?.proof).toHaveLength(3)
    expect(other !== undefined && family.judge(other, family.solve(other).answer)).toBe(true)
    expect(other !== undefined && family.judge(other, '2@0,3@0')).not.toBe(true)
  })
})

/** Replays an answer from the prompt alone, on arrays of letters. */
function isRight(prompt: string, answer: string): boolean {
  const [list, ends] = prompt.slice(0, -1).split('|')
  const equations = new Map(list.split(' ').map((text) => [text.split(':')[0], text.split(':')[1].split('=')]))
  const [start, goal] = ends.split('>')
  let word = [...start]
  for (const step of answer.split(',')) {
    const [, id, back, at] = /^(\d+)(-?)@(\d+)$/.exec(step)!
    const sides = equations.get(id)
    if (sides === undefined) return false
    const [from, to] = back === '-' ? [sides[1], sides[0]] : sides
    for (let i = 0; i < from.length; i++) if (word[Number(at) + i] !== from[i]) return false
    word = [...word.slice(0, Number(at)), ...to, ...word.slice(Number(at) + from.length)]
  }
  return word.join('') === goal
}

/** Length of the shortest proof, by breadth-first search from the prompt. */
function shortest(prompt: string, most: number): number {
  const [list, ends] = prompt.slice(0, -1).split('|')
  const sides = list.split(' ').flatMap((text) => {
    const [a, b] = text.split(':')[1].split('=')
    return [
      [a, b],
      [b, a],
    ]
  })
  const [start, goal] = ends.split('>')
  let words = new Set([start])
  for (let depth = 0; depth <= most; depth++) {
    if (words.has(goal)) return depth
    const next = new Set<string>()
    for (const word of words) {
      for (const [from, to] of sides) {
        for (let at = 0; at < word.length; at++)
          if (word.startsWith(from, at)) next.add(word.slice(0, at) + to + word.slice(at + from.length))
      }
    }
    words = next
  }
  return most + 1
}

describe('eq-proof against a replay of its prompts', () => {
  it('agrees on right and wrong answers', () => {
    for (let i = 0; i < 100; i++) {
      const problem = eqProof.problem('train', i, { level: 1 + (i % 5) })
      expect(isRight(problem.prompt as string, problem.answer!), problem.prompt as string).toBe(true)
      const wrong = family.wrongAnswer(eqProof.instance(problem), stream('wrong', i))
      expect(isRight(problem.prompt as string, wrong), `${problem.prompt} ${wrong}`).toBe(false)
    }
  })

  it('needs at least three rewrites from level 3 on', () => {
    for (let i = 0; i < 30; i++) {
      const { prompt } = eqProof.problem('train', i, { level: 3 + (i % 3) })
      expect(shortest(prompt as string, 2)).toBe(3)
    }
  })
})

it('passes the battery', async () => {
  expect((await checkTask(eqProof, { problems: 3, seed: 5 })).failures).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { findSpan } from './find-span.ts'

const { family } = findSpan
const facts = [
  { name: 'Ann', colour: 'red', thing: 'key', place: 'in the big barn' },
  { name: 'Bob', colour: 'red', thing: 'hat', place: 'by the lake' },
  { name: 'Ann', colour: 'old', thing: 'hat', place: 'on the roof' },
]
const where = { facts, question: 'where', asks: 1 } as const
const who = { facts, question: 'who', asks: 0 } as const
const places = { facts, question: 'places', asks: 2 } as const

/** Reads sentences and question with patterns made from the rules. */
function solvePrompt(prompt: string): string {
  const cut = prompt.lastIndexOf('. ') + 1
  const sentences = prompt
    .slice(0, cut)
    .split('.')
    .map((text) => text.trim())
    .filter(Boolean)
  const read = sentences.map((text) => /^(\w+) put a (\w+ \w+) ((?:in|by|at|on|near) .*)$/.exec(text)!)
  const question = prompt.slice(cut).trim()
  const thing = /the (\w+ \w+)\?/.exec(question)?.[1]
  if (question.startsWith('Who')) return read.find(([, , it]) => it === thing)?.[1] ?? 'unknown'
  if (thing !== undefined) return read.find(([, , it]) => it === thing)?.[3] ?? 'unknown'
  const name = /did (\w+) put/.exec(question)![1]
  return (
    read
      .filter(([, person]) => person === name)
      .map(([, , , place]) => place)
      .join('|') || 'unknown'
  )
}

describe('find-span', () => {
  it('shows, solves and judges instances written by hand', () => {
    const text = 'Ann put a red key in the big barn. Bob put a red hat by the lake. Ann put a old hat on the roof.'
    expect(family.prompt(where)).toBe(`${text} Where is the red hat?`)
    expect(family.solve(where)).toEqual({ steps: ['Bob put a red hat by the lake'], answer: 'by the lake' })
    expect(family.prompt(who)).toBe(`${text} Who put the red key?`)
    expect(family.solve(who).answer).toBe('Ann')
    expect(family.prompt(places)).toBe(`${text} Where did Ann put things?`)
    expect(family.solve(places)).toEqual({
      steps: ['Ann put a red key in the big barn', 'Ann put a old hat on the roof'],
      answer: 'in the big barn|on the roof',
    })
    expect(family.judge(places, 'in the big barn|on the roof')).toBe(true)
  })

  it('refuses excerpts that are only near, and says how near', () => {
    for (const near of ['the lake', 'by the lake.', 'hat by the lake', 'By the lake', 'in the big barn', '']) {
      expect(family.judge(where, near)).not.toBe(true)
    }
    expect(family.judge(where, 'the lake')).toBe('"the lake" is not the excerpt (IoU 0.73)')
    expect(family.judge(places, 'on the roof|in the big barn')).toContain('IoU 1.00')
    expect(family.judge(places, 'in the big barn')).toContain('IoU 0.58')
    expect(family.judge(where, '|'.repeat(4000))).toContain('IoU 0.00')
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = findSpan.problem('train', i, { level })
        const instance = findSpan.instance(problem)
        const rng = stream('find-span', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(problem.prompt).toContain(problem.answer!.split('|')[0])
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        expect(solvePrompt(family.unanswerable!(instance, rng)!)).toBe('unknown')
        const other = family.perturb!(instance, rng)
        if (other !== undefined) expect(solvePrompt(family.prompt(other))).not.toBe(problem.answer)
        expect(problem.prompt.length).toBeLessThanOrEqual([96, 142, 180, 220, 260][level - 1])
      }
    }
  })

  it('scores quotes of the sentences in order', () => {
    expect(family.stepScores!(places, family.solve(places).steps)).toEqual([1, 1])
    expect(family.stepScores!(places, ['Bob put a red hat by the lake', '', 'x'])).toEqual([0, 0, 0])
  })

  it('passes the battery', async () => {
    expect((await checkTask(findSpan, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

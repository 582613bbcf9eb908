import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { sorting } from './sorting.ts'

const { family } = sorting
const numbers = { items: ['12', '5', '7'], order: 'up', states: [] }
const words = { items: ['bad', 'cab', 'ba'], order: 'hgfedcba', states: [] }
const mistake = { items: ['12', '5', '7'], order: 'up', states: ['12', '12 5', '7 12 5'] }

/** Sorts by picking the least item again and again; words become numbers by the places of their letters. */
function solvePrompt(prompt: string): string {
  const [task, ...states] = prompt.slice(0, -1).split(', ')
  const fields = task.split(' ')
  const alphabet = fields.at(-2) === 'by' ? fields.at(-1)! : ''
  const direction = fields.at(-1) === 'down' ? -1 : 1
  const items = fields.slice(0, alphabet === '' ? -1 : -2)
  const value = (item: string): number => {
    if (alphabet === '') return direction * Number(item)
    return [...item.padEnd(8, ' ')].reduce((sum, letter) => sum * 9 + 1 + alphabet.indexOf(letter), 0)
  }
  const sorted = (list: readonly string[]): string => {
    const left = [...list]
    const out: string[] = []
    while (left.length > 0) {
      const least = left.reduce((best, item) => (value(item) < value(best) ? item : best))
      out.push(...left.splice(left.indexOf(least), 1))
    }
    return out.join(' ')
  }
  if (states.length === 0) return sorted(items)
  const wrong = states.findIndex((state, i) => state !== sorted(items.slice(0, i + 1)))
  return `${wrong + 1}`
}

describe('sorting', () => {
  it('sorts numbers written by hand', () => {
    expect(family.prompt(numbers)).toBe('12 5 7 up:')
    expect(family.solve(numbers)).toEqual({ steps: ['12', '5 12', '5 7 12'], answer: '5 7 12' })
    expect(family.solve({ ...numbers, order: 'down' }).answer).toBe('12 7 5')
    for (const near of ['5 7', '5 7 12 12', '5  7 12', '5,7,12', '05 7 12', '12 7 5', '12 5 7', '']) {
      expect(family.judge(numbers, near)).not.toBe(true)
    }
    expect(family.judge(numbers, '5 12 7')).toBe('7 stands after 12')
    expect(family.judge(numbers, '5 7 13')).toContain('same items')
  })

  it('sorts words written by hand', () => {
    expect(family.prompt(words)).toBe('bad cab ba by hgfedcba:')
    expect(family.solve(words)).toEqual({ steps: ['bad', 'cab bad', 'cab ba bad'], answer: 'cab ba bad' })
  })

  it('finds a mistake written by hand', () => {
    expect(family.prompt(mistake)).toBe('12 5 7 up, 12, 12 5, 7 12 5?')
    expect(family.solve(mistake)).toEqual({ steps: ['1 ok', '2 no'], answer: '2' })
    expect(family.stepScores!(mistake, ['1 ok', '2 ok', '3 no'])).toEqual([1, 0, 0])
    for (const near of ['02', '0', '3', '2 no', '']) expect(family.judge(mistake, near)).not.toBe(true)
  })

  it.each(['sort', 'mistake'])('agrees with a solver that reads only the prompt (%s)', (variant) => {
    const answers = new Set<string>()
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 30; i++) {
        const problem = sorting.problem('train', i, { level, variant })
        const instance = sorting.instance(problem)
        const rng = stream('sorting', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        expect(family.wrongSolution!(instance, rng).answer).not.toBe(problem.answer)
        const other = family.perturb!(instance, rng)
        if (other !== undefined) expect(solvePrompt(family.prompt(other))).not.toBe(problem.answer)
        answers.add(`${problem.answer}`)
      }
    }
    if (variant === 'mistake') expect(answers).toContain('0')
  })

  it('gives the same content to items in another order, and none to another alphabet', () => {
    expect(family.content?.({ ...numbers, items: ['7', '12', '5'] })).toBe(family.content?.(numbers))
    expect(family.content?.({ ...words, order: 'abcdefgh' })).not.toBe(family.content?.(words))
  })

  it('scores an insertion by the list written before', () => {
    expect(family.stepScores!(numbers, ['12', '12 5', '7 12 5', 'x'])).toEqual([1, 0, 1, 0])
    expect(family.stepScores!(numbers, ['5', '5 '.repeat(9000), '7'])).toEqual([0, 0, 1])
    for (let i = 0; i < 20; i++) {
      const { steps } = family.wrongSolution!(numbers, stream('slip', i))
      expect(family.stepScores!(numbers, steps).filter((score) => score === 0)).toHaveLength(1)
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(sorting, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

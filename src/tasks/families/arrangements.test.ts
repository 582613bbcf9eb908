import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { arrangements } from './arrangements.ts'

const { family } = arrangements

describe('arrangements by hand', () => {
  it.each([
    ['AABBC all?', { letters: 'AABBC', condition: { kind: 'all' } }, ['5!=120', '2!*2!=4', '120/4=30'], '30'],
    [
      'AABBC first C?',
      { letters: 'AABBC', condition: { kind: 'first', letter: 'C' } },
      ['AABB', '4!=24', '2!*2!=4', '24/4=6'],
      '6',
    ],
    ['ABCDE length 3?', { letters: 'ABCDE', condition: { kind: 'length', length: 3 } }, ['5*4*3=60'], '60'],
    ['ABCD AC together?', { letters: 'ABCD', condition: { kind: 'together', pair: 'AC' } }, ['3!=6', '2*6=12'], '12'],
    [
      'ABCD AC apart?',
      { letters: 'ABCD', condition: { kind: 'apart', pair: 'AC' } },
      ['3!=6', '2*6=12', '4!=24', '24-12=12'],
      '12',
    ],
  ] as const)('%s', (prompt, instance, steps, answer) => {
    expect(family.prompt(instance)).toBe(prompt)
    expect(family.solve(instance)).toEqual({ steps, answer })
    expect(family.stepScores?.(instance, steps)).toEqual(steps.map(() => 1))
    for (const near of [
      `0${answer}`,
      `+${answer}`,
      `${answer}.0`,
      `-${answer}`,
      `${answer}!`,
      String(Number(answer) + 1),
    ]) {
      expect(family.judge(instance, near), near).not.toBe(true)
    }
  })

  it('scores wrong arithmetic with 0', () => {
    const steps = ['4!=25', '3!=6', '2*6=13', '!', '4!!=24', '=24', '2-=2', `${'9'.repeat(6)}!=1`, 'ABC']
    expect(family.stepScores?.({ letters: 'ABCD', condition: { kind: 'all' } }, steps)).toEqual([
      0, 1, 0, 0, 0, 0, 0, 0, 0,
    ])
  })
})

/** Every different word of these letters, by going through them one letter at a time. */
function* spelled(letters: string, word = ''): Generator<string> {
  if (letters === '') yield word
  for (const letter of new Set(letters)) yield* spelled(letters.replace(letter, ''), word + letter)
}

function count(prompt: string): number {
  const [letters, ...question] = prompt.slice(0, -1).split(' ')
  const all = [...spelled(letters)]
  if (question[0] === 'all') return all.length
  if (question[0] === 'first') return all.filter((word) => word.startsWith(question[1])).length
  if (question[0] === 'length') return new Set(all.map((word) => word.slice(0, Number(question[1])))).size
  const [a, b] = question[0]
  const isTogether = (word: string): boolean => word.includes(a + b) || word.includes(b + a)
  return all.filter((word) => isTogether(word) === (question[1] === 'together')).length
}

it('counts what going through all words counts', () => {
  for (let i = 0; i < 100; i++) {
    // Few of the longest, of which there are 40,320 words.
    const problem = arrangements.problem('train', i, { level: i % 20 === 0 ? 5 : 1 + (i % 4) })
    const truth = count(problem.prompt as string)
    expect(problem.answer, problem.prompt as string).toBe(String(truth))
    expect(family.wrongAnswer(arrangements.instance(problem), stream('wrong', i))).not.toBe(String(truth))
  }
})

it('perturbs to another number', () => {
  for (let i = 0; i < 40; i++) {
    const problem = arrangements.problem('train', i, { level: 5 })
    const other = family.perturb?.(arrangements.instance(problem), stream('twin', i))
    if (other !== undefined) expect(family.solve(other).answer).not.toBe(problem.answer)
  }
})

it('passes the battery', async () => {
  expect((await checkTask(arrangements, { problems: 3, seed: 5 })).failures).toEqual([])
})

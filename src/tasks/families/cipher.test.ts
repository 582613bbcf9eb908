import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { cipher } from './cipher.ts'

const { family } = cipher
const caesar = { way: 'decode', kind: 'caesar', key: '3', text: 'khoor' } as const
const keyed = { way: 'decode', kind: 'keyed', key: 'zebra', text: 'aqi jf' } as const

/** Encodes every letter that could stand there until one fits. */
function solvePrompt(prompt: string): string {
  const [way, kind, key, ...words] = prompt.slice(0, -1).split(' ')
  const code = (letter: string) => letter.charCodeAt(0) - 97
  const letter = (number: number) => String.fromCharCode(97 + (number % 26))
  const usual = Array.from({ length: 26 }, (_, i) => letter(i))
  const strange: string[] = []
  for (const sign of [...key, ...usual]) if (!strange.includes(sign)) strange.push(sign)
  let seen = 0
  const encode = (sign: string, at: number): string => {
    if (kind === 'caesar') return letter(code(sign) + Number(key))
    if (kind === 'vigenere') return letter(code(sign) + code(key[at % key.length]))
    return strange[code(sign)]
  }
  const one = (sign: string): string => {
    const at = seen++
    return way === 'encode' ? encode(sign, at) : usual.find((candidate) => encode(candidate, at) === sign)!
  }
  return words.map((word) => word.split('').map(one).join('')).join(' ')
}

describe('cipher', () => {
  it('shows, solves and judges a Caesar shift written by hand', () => {
    expect(family.prompt(caesar)).toBe('decode caesar 3 khoor:')
    expect(family.solve(caesar)).toEqual({ steps: ['k>h', 'h>e', 'o>l', 'o>l', 'r>o'], answer: 'hello' })
    expect(family.judge(caesar, 'hello')).toBe(true)
    for (const near of ['Hello', 'hell', 'hello.', 'h e l l o', 'khoor', '']) {
      expect(family.judge(caesar, near)).not.toBe(true)
    }
    expect(family.solve({ ...caesar, way: 'encode', text: 'xyz' }).answer).toBe('abc')
  })

  it('solves a keyed alphabet and a Vigenere key written by hand', () => {
    // a b c d e f ... are written z e b r a c d f g h i j k l m n o p q s t u v w x y.
    expect(family.solve(keyed)).toEqual({
      steps: ['zebracdfghijklmnopqstuvwxy', 'a>e', 'q>s', 'i>k', 'j>l', 'f>h'],
      answer: 'esk lh',
    })
    const vigenere = { way: 'encode', kind: 'vigenere', key: 'bc', text: 'ab z' } as const
    expect(family.solve(vigenere)).toEqual({ steps: ['a b>b', 'b c>d', 'z b>a'], answer: 'bd a' })
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = cipher.problem('train', i, { level, way: 'either' })
        const instance = cipher.instance(problem)
        const rng = stream('cipher', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        const other = family.perturb!(instance, rng)
        if (other !== undefined) expect(solvePrompt(family.prompt(other))).not.toBe(problem.answer)
        const inverted = family.invert!(instance, rng)
        if (inverted === undefined) continue
        const [given, result] = inverted.prompt.slice(0, -1).replace('?', inverted.answer).split('=')
        expect(solvePrompt(`${given}:`)).toBe(result)
      }
    }
  })

  it('scores steps and slips once', () => {
    expect(family.stepScores!(caesar, ['k>h', 'h>f', 'o>l', 'x'])).toEqual([1, 0, 1, 0])
    expect(family.stepScores!(keyed, ['zebrcdfghijklmnopqastuvwxy', 'a>e'])).toEqual([0, 1])
    for (let i = 0; i < 10; i++) {
      const { steps, answer } = family.wrongSolution!(keyed, stream('slip', i))
      expect(answer).not.toBe('esk lh')
      expect(family.stepScores!(keyed, steps).filter((score) => score === 0)).toHaveLength(1)
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(cipher, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

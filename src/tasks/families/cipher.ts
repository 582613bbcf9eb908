// cipher: decode or encode letters, `decode caesar 3 khoor:`, with a Caesar shift, a Vigenere key or an alphabet that
// begins with a keyword. The trace gives the alphabet where there is one and then letter after letter.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

type Kind = 'caesar' | 'vigenere' | 'keyed'
/** `key` is a number for caesar and a word for the others; `text` is what the prompt shows. */
type Cipher = { readonly way: 'decode' | 'encode'; readonly kind: Kind; readonly key: string; readonly text: string }
type CipherKnobs = {
  readonly kind: Kind
  readonly way: 'decode' | 'encode' | 'either'
  readonly key: number
  readonly words: number
  readonly letters: number
}

const plain = 'abcdefghijklmnopqrstuvwxyz'

function draw({ kind, way, key, words, letters }: CipherKnobs, rng: Rng): Cipher {
  const word = (length: number): string => Array.from({ length }, () => plain[rng.int(26)]).join('')
  const drawnKey = kind === 'caesar' ? `${1 + rng.int(25)}` : word(key)
  return {
    way: way === 'either' ? rng.pick(['decode', 'encode'] as const) : way,
    kind,
    key: drawnKey,
    text: Array.from({ length: words }, () => word(letters)).join(' '),
  }
}

/** The keyed alphabet: the keyword's different letters, then the others in order. */
const keyedAlphabet = (key: string): string => [...new Set(key + plain)].join('')

/** What letter `at` of the text (spaces not counted) becomes. */
function translate({ way, kind, key }: Cipher, letter: string, at: number): string {
  const sign = way === 'encode' ? 1 : -1
  switch (kind) {
    case 'keyed': {
      const coded = keyedAlphabet(key)
      return way === 'encode' ? coded[plain.indexOf(letter)] : plain[coded.indexOf(letter)]
    }
    case 'caesar':
      return plain[(plain.indexOf(letter) + sign * Number(key) + 26) % 26]
    case 'vigenere':
      return plain[(plain.indexOf(letter) + sign * plain.indexOf(key[at % key.length]) + 26) % 26]
    default:
      return kind satisfies never
  }
}

/** `k>h`, and for vigenere with the key's letter, `k d>h`. */
function letterStep({ kind, key }: Cipher, letter: string, at: number, result: string): string {
  return kind === 'vigenere' ? `${letter} ${key[at % key.length]}>${result}` : `${letter}>${result}`
}

/** The letter at `slip` (spaces not counted) comes out as `other`. */
function work(instance: Cipher, slip = -1, other = ''): Solution {
  const steps = instance.kind === 'keyed' ? [keyedAlphabet(instance.key)] : []
  let [at, answer] = [0, '']
  for (const letter of instance.text) {
    if (letter === ' ') {
      answer += ' '
      continue
    }
    const result = at === slip ? other : translate(instance, letter, at)
    steps.push(letterStep(instance, letter, at, result))
    answer += result
    at++
  }
  return { steps, answer }
}

const lettersOf = ({ text }: Cipher): string => text.replaceAll(' ', '')

function wrongSolution(instance: Cipher, rng: Rng): Solution {
  const letters = lettersOf(instance)
  const at = rng.int(letters.length)
  const right = translate(instance, letters[at], at)
  return work(instance, at, rng.pick([...plain].filter((letter) => letter !== right)))
}

function stepScores(instance: Cipher, steps: readonly string[]): number[] {
  const right = work(instance).steps
  return steps.map((step, i) => (step === right[i] ? 1 : 0))
}

/** Caesar, Vigenere and keyed substitution. */
export const cipher = taskOf<Cipher, CipherKnobs>({
  id: 'cipher',
  summary: 'Decode or encode letters with a key: `decode caesar 3 khoor:`.',
  rules: [
    'The prompt is `decode` or `encode`, the cipher, its key, one or more words of small letters, then a colon.',
    'Encoding: caesar n replaces each letter by the one n places on in the alphabet, from z on to a; vigenere w does the',
    'same with the places of the letters of w (a is 0), used in turn and again from the start, spaces not counted; keyed w',
    'has an alphabet of the different letters of w in order and then the other letters from a to z, and replaces the',
    'first letter of the usual alphabet by its first, and so on. Decoding undoes encoding. Spaces stay.',
    'Right is the text that results. Steps: for keyed first its alphabet; then each letter with its result, `k>h;h>e`, for',
    'vigenere with the letter of the key, `k d>h`.',
  ].join(' '),
  tags: ['strings', 'substitution'],
  knobs: z.object({
    kind: z.enum(['caesar', 'vigenere', 'keyed']).optional().describe('The cipher.'),
    way: z.enum(['decode', 'encode', 'either']).optional().describe('Decode or encode.'),
    key: z.int().min(1).max(12).optional().describe('Letters of the key; not for caesar.'),
    words: z.int().min(1).max(8).optional().describe('How many words.'),
    letters: z.int().min(2).max(10).optional().describe('Letters of a word.'),
  }),
  ladder: [
    { kind: 'caesar', way: 'decode', key: 1, words: 1, letters: 4 },
    { kind: 'caesar', way: 'either', key: 1, words: 2, letters: 5 },
    { kind: 'vigenere', way: 'decode', key: 3, words: 2, letters: 6 },
    { kind: 'keyed', way: 'decode', key: 5, words: 3, letters: 6 },
    { kind: 'keyed', way: 'either', key: 8, words: 5, letters: 8 },
  ],
  alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789>=?: ;#',
  draw,
  prompt: ({ way, kind, key, text }) => `${way} ${kind} ${key} ${text}:`,
  solve: (instance) => work(instance),
  judge(instance, answer) {
    const right = work(instance).answer
    return answer === right || `${quote(answer)} is not ${quote(right)}`
  },
  wrongAnswer: (instance, rng) => wrongSolution(instance, rng).answer,
  wrongSolution,
  stepScores,
  // A guess of the shift; the keys of the other ciphers are beyond guessing.
  chance: (level) => [1 / 25, 1 / 25, 1 / 17_576, 1e-6, 1e-6][level - 1],
  invert(instance) {
    if (instance.kind !== 'caesar') return undefined
    const [before, after] = [instance.text, work(instance).answer]
    return { prompt: `${instance.way} caesar ? ${before}=${after}:`, answer: instance.key }
  },
  perturb(instance, rng) {
    const at = rng.int(instance.text.length)
    if (instance.text[at] === ' ') return undefined
    const other = rng.pick([...plain].filter((letter) => letter !== instance.text[at]))
    return { ...instance, text: instance.text.slice(0, at) + other + instance.text.slice(at + 1) }
  },
  unanswerable: ({ way, kind, text }) => `${way} ${kind} ? ${text}:`,
})

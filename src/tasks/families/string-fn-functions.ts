// The sixteen string functions of the family string-fn: what each does, and the short sign by which a prompt defines
// it. All are total on strings of the letters a to h.

const letters = 'abcdefgh'
const shift = (text: string, by: number): string =>
  [...text].map((letter) => letters[(letters.indexOf(letter) + by) % letters.length]).join('')
const turn = (text: string, by: number): string =>
  text === '' ? '' : text.slice(by % text.length) + text.slice(0, by % text.length)
const reverse = (text: string): string => [...text].reverse().join('')
const each = (text: string, change: (letter: string, at: number) => string): string => [...text].map(change).join('')

/** A function with its sign and what it does, in words. */
export interface StringFunction {
  readonly sign: string
  readonly words: string
  readonly apply: (text: string) => string
}

/** Function `fN` is entry N. */
export const stringFunctions: readonly StringFunction[] = [
  { sign: 'rev', words: 'reverses', apply: reverse },
  { sign: 'turn1', words: 'moves the first letter to the end', apply: (x) => turn(x, 1) },
  { sign: 'next1', words: 'makes each letter the next one (a to b, h to a)', apply: (x) => shift(x, 1) },
  { sign: 'turn2', words: 'is turn1 twice', apply: (x) => turn(x, 2) },
  { sign: 'sort', words: 'sorts from a to h', apply: (x) => [...x].sort().join('') },
  { sign: 'next3', words: 'is next1 three times', apply: (x) => shift(x, 3) },
  { sign: 'addc', words: 'appends c', apply: (x) => `${x}c` },
  { sign: 'gapb', words: 'puts b before the string', apply: (x) => `b${x}` },
  {
    sign: 'swap',
    words: 'swaps letters 1 and 2, 3 and 4 and so on, an odd last one stays',
    apply: (x) => each(x, (letter, at) => x[at ^ 1] ?? letter),
  },
  {
    sign: 'odd',
    words: 'gives the letters at odd places (1, 3, ...) and then those at even places',
    apply: (x) => [...x].filter((_, at) => at % 2 === 0).join('') + [...x].filter((_, at) => at % 2 === 1).join(''),
  },
  {
    sign: 'once',
    words: 'makes each run of one letter a single letter',
    apply: (x) => each(x, (l, i) => (l === x[i - 1] ? '' : l)),
  },
  {
    sign: 'uniq',
    words: 'keeps only the first of each letter',
    apply: (x) => each(x, (letter, at) => (x.indexOf(letter) === at ? letter : '')),
  },
  { sign: 'dbl', words: 'writes each letter twice', apply: (x) => each(x, (letter) => letter + letter) },
  { sign: 'rep', words: 'writes the string twice', apply: (x) => x + x },
  { sign: 'mir', words: 'appends the reversed string', apply: (x) => x + reverse(x) },
  {
    sign: 'weave',
    words: 'writes letter 1, the last, letter 2, the last but one and so on, each letter once',
    apply: (x) => each(x, (_, at) => x[at % 2 === 0 ? at / 2 : x.length - (at + 1) / 2]),
  },
]

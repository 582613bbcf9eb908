// The rules of the family arc1d: each turns a strip of cells (`.` empty, digits 1 to 4 coloured) into a strip of the
// same length. Their order is the order in which the trace tries them, roughly from easy to hard.

const empty = '.'
const map = (strip: string, change: (cell: string, at: number) => string): string => [...strip].map(change).join('')
const coloured = (strip: string): readonly string[] => [...strip].filter((cell) => cell !== empty)
const turn = (strip: string, by: number): string => strip.slice(by) + strip.slice(0, by)

/** Each cell with the nearest colour to its left, itself included; `.` when there is none. */
function fromLeft(strip: string): string {
  let last = empty
  return map(strip, (cell) => {
    if (cell !== empty) last = cell
    return last
  })
}

const reverse = (strip: string): string => [...strip].reverse().join('')

/** Runs of one colour as `[from, to)`. */
function runs(strip: string): readonly (readonly [from: number, to: number])[] {
  const found: [number, number][] = []
  for (let at = 0; at < strip.length; at++) {
    if (strip[at] === empty) continue
    const last = found.at(-1)
    if (last !== undefined && last[1] === at && strip[at - 1] === strip[at]) last[1] = at + 1
    else found.push([at, at + 1])
  }
  return found
}

function longestRun(strip: string): string {
  const [from, to] = runs(strip).reduce((best, run) => (run[1] - run[0] > best[1] - best[0] ? run : best), [0, 0])
  return map(strip, (cell, at) => (from <= at && at < to ? cell : empty))
}

function mostFrequent(strip: string): string {
  const cells = coloured(strip)
  const count = (colour: string): number => cells.filter((cell) => cell === colour).length
  const colour = [...'1234'].reduce((best, other) => (count(other) > count(best) ? other : best))
  return map(strip, (cell) => (cell === empty ? cell : colour))
}

/** A rule: its name, what it does in words, and the strip that it makes. */
export interface StripRule {
  readonly name: string
  readonly words: string
  readonly apply: (strip: string) => string
}

/** Every rule that a problem can follow. */
export const stripRules: readonly StripRule[] = [
  { name: 'left1', words: 'moves every cell one place to the left, the first to the end', apply: (s) => turn(s, 1) },
  {
    name: 'right1',
    words: 'moves every cell one place to the right, the last to the start',
    apply: (s) => turn(s, s.length - 1),
  },
  { name: 'mirror', words: 'reverses the strip', apply: reverse },
  {
    name: 'next',
    words: 'makes colour 1 into 2, 2 into 3, 3 into 4 and 4 into 1',
    apply: (s) => map(s, (c) => (c === empty ? c : `${(Number(c) % 4) + 1}`)),
  },
  { name: 'left2', words: 'is left1 twice', apply: (s) => turn(s, 2) },
  { name: 'right2', words: 'is right1 twice', apply: (s) => turn(s, s.length - 2) },
  {
    name: 'fall-left',
    words: 'moves the coloured cells to the left end, in order',
    apply: (s) => coloured(s).join('').padEnd(s.length, empty),
  },
  {
    name: 'fall-right',
    words: 'moves the coloured cells to the right end, in order',
    apply: (s) => coloured(s).join('').padStart(s.length, empty),
  },
  {
    name: 'spread-right',
    words: 'gives each empty cell the nearest colour to its left, if there is one',
    apply: fromLeft,
  },
  {
    name: 'spread-left',
    words: 'gives each empty cell the nearest colour to its right, if there is one',
    apply: (s) => reverse(fromLeft(reverse(s))),
  },
  {
    name: 'grow',
    words: 'gives each empty cell directly right of a coloured one that colour',
    apply: (s) => map(s, (c, i) => (c === empty ? (s[i - 1] ?? empty) : c)),
  },
  {
    name: 'drop-single',
    words: 'empties coloured cells with no neighbour of the same colour',
    apply: (s) => map(s, (c, i) => (s[i - 1] === c || s[i + 1] === c ? c : empty)),
  },
  {
    name: 'hollow',
    words: 'empties coloured cells whose two neighbours have the same colour as they',
    apply: (s) => map(s, (c, i) => (s[i - 1] === c && s[i + 1] === c ? empty : c)),
  },
  {
    name: 'longest',
    words: 'empties all but the longest run of one colour, the leftmost of equal ones',
    apply: longestRun,
  },
  {
    name: 'most',
    words: 'gives every coloured cell the most frequent colour, the smallest of equal ones',
    apply: mostFrequent,
  },
  {
    name: 'sort',
    words: 'puts the colours of the coloured cells in ascending order, empty cells staying where they are',
    apply: sorted,
  },
]

function sorted(strip: string): string {
  const cells = [...coloured(strip)].sort()
  let next = 0
  return map(strip, (cell) => (cell === empty ? cell : cells[next++]))
}

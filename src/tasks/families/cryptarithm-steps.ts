// Scores the steps of a cryptarithm's search as a model wrote them: `2 B=9 c1` must fit its column given the columns
// before, `2 x` must be true, that is, nothing solves the sum with the columns before as they are. A step about column
// n takes back what was written for n and later columns. Bounded: one short search for each dead end that is claimed.
import type { Sum } from './cryptarithm-search.ts'
import { lettersOf, searchSum } from './cryptarithm-search.ts'

type Column = { readonly taken: readonly (readonly [letter: string, digit: number])[]; readonly carry: number }

// As many steps as any search of the family writes; each claimed dead end costs a search of as many at most.
const maxScored = 400
const maxSearch = 400

/** One score a step. */
export function scoreSearchSteps(sum: Sum, steps: readonly string[]): number[] {
  const done: Column[] = []
  return steps.map((step, i) => {
    const read = i < maxScored ? /^(\d{1,2})(?: ([A-Z]=\d(?:,[A-Z]=\d){0,9}))? (x|c\d)$/.exec(step) : null
    const column = Number(read?.[1])
    if (read === null || column < 1 || column > done.length + 1) return 0
    done.length = column - 1
    if (read[3] === 'x') return read[2] === undefined && isDeadEnd(sum, done) ? 1 : 0
    const taken = (read[2]?.split(',') ?? []).map((clause) => [clause[0], Number(clause[2])] as const)
    const carry = Number(read[3][1])
    const isRight = fits(sum, done, taken, carry)
    done.push({ taken, carry })
    return isRight ? 1 : 0
  })
}

const assigned = (done: readonly Column[]): ReadonlyMap<string, number> => new Map(done.flatMap(({ taken }) => taken))

function isDeadEnd(sum: Sum, done: readonly Column[]): boolean {
  const known = assigned(done)
  const filled = sum.map((number) => [...number].map((sign) => known.get(sign) ?? sign).join(''))
  const { solutions, isCut } = searchSum(filled, maxSearch)
  return solutions.length === 0 && !isCut
}

/** Whether the digits taken are those of this column's new letters, keep the rules and make its sum. */
function fits(sum: Sum, done: readonly Column[], taken: Column['taken'], carry: number): boolean {
  const before = assigned(done)
  const signs = sum.map((number) => number[number.length - 1 - done.length] ?? '')
  const fresh = lettersOf(signs).filter((letter) => !before.has(letter))
  const letters = taken.map(([letter]) => letter)
  if (signs.every((sign) => sign === '') || [...letters].sort().join('') !== fresh.join('')) return false
  const all = new Map([...before, ...taken])
  const used = [...all.values(), ...new Set([...sum.join('')].filter((sign) => /\d/.test(sign)).map(Number))]
  const begins0 = taken.some(
    ([letter, digit]) => digit === 0 && sum.some((text) => text.length > 1 && text[0] === letter),
  )
  if (new Set(used).size < used.length || begins0) return false
  const value = (sign: string): number => all.get(sign) ?? Number(sign === '' ? 0 : sign)
  const left = signs.slice(0, -1).reduce((total, sign) => total + value(sign), done.at(-1)?.carry ?? 0)
  return left % 10 === value(signs[signs.length - 1]) && Math.floor(left / 10) === carry
}

// The search behind the family cryptarithm: column by column from the right, each column's new letters take digits in
// ascending order, and a column whose sum does not fit is left at once. It writes what it does as the trace, finds
// every solution up to two, and gives up after a number of steps, so it is bounded for any puzzle.

/** Signs of each number (letters and digits), most significant first; the last number is the total of the others. */
export type Sum = readonly string[]

/** What a search found. `steps` end with the step that completes the first solution. */
export interface SearchResult {
  readonly steps: readonly string[]
  /** At most two, as letter to digit. */
  readonly solutions: readonly ReadonlyMap<string, number>[]
  /** Whether the limit of steps was reached, so that solutions may be missing. */
  readonly isCut: boolean
}

const isLetter = (sign: string): boolean => sign >= 'A' && sign <= 'Z'

/** The different letters, in alphabetical order. */
export function lettersOf(sum: Sum): readonly string[] {
  return [...new Set(sum.join(''))].filter(isLetter).sort()
}

/** Why the assignment does not solve the sum, or undefined when it does. */
export function faultOf(sum: Sum, digits: ReadonlyMap<string, number>): string | undefined {
  const written = new Set([...sum.join('')].filter((sign) => !isLetter(sign)).map(Number))
  const values = [...digits.values()]
  if (new Set(values).size < values.length) return 'two letters have the same digit'
  if (values.some((value) => written.has(value))) return 'a letter has a digit that is written out'
  if (sum.some((number) => number.length > 1 && digits.get(number[0]) === 0)) return 'a number begins with 0'
  const value = (number: string): number =>
    [...number].reduce((total, sign) => 10 * total + (isLetter(sign) ? (digits.get(sign) ?? 0) : Number(sign)), 0)
  const left = sum.slice(0, -1).reduce((total, number) => total + value(number), 0)
  const right = value(sum[sum.length - 1])
  return left === right ? undefined : `${left} is not ${right}`
}

/** Searches for the solutions of the sum. */
export function searchSum(sum: Sum, maxSteps: number): SearchResult {
  const total = sum[sum.length - 1]
  const columns = Math.max(...sum.map((number) => number.length))
  const sign = (number: string, column: number): string => number[number.length - 1 - column] ?? ''
  const leading = new Set(sum.filter((number) => number.length > 1).map((number) => number[0]))
  const used = new Set([...sum.join('')].filter((char) => !isLetter(char)).map(Number))
  const digits = new Map<string, number>()
  const solutions: ReadonlyMap<string, number>[] = []
  const written: string[] = []
  let firstEnd = -1

  const valueAt = (number: string, column: number): number => {
    const char = sign(number, column)
    return char === '' ? 0 : isLetter(char) ? (digits.get(char) ?? 0) : Number(char)
  }

  /** True to go on. */
  function solveColumn(column: number, carry: number): boolean {
    if (column === columns) {
      if (carry > 0) return true
      solutions.push(new Map(digits))
      if (firstEnd < 0) firstEnd = written.length
      return solutions.length < 2
    }
    const fresh = [...new Set(sum.map((number) => sign(number, column)))].filter(
      (char) => char !== '' && isLetter(char) && !digits.has(char),
    )
    if (!chooseDigits(fresh, 0, column, carry)) return false
    written.push(`${column + 1} x`)
    return written.length <= maxSteps
  }

  function chooseDigits(fresh: readonly string[], at: number, column: number, carry: number): boolean {
    if (at < fresh.length) {
      for (let digit = leading.has(fresh[at]) ? 1 : 0; digit < 10; digit++) {
        if (used.has(digit)) continue
        used.add(digit)
        digits.set(fresh[at], digit)
        const goesOn = chooseDigits(fresh, at + 1, column, carry)
        used.delete(digit)
        digits.delete(fresh[at])
        if (!goesOn) return false
      }
      return true
    }
    const left = sum.slice(0, -1).reduce((value, number) => value + valueAt(number, column), carry)
    if (left % 10 !== valueAt(total, column)) return true
    const taken = fresh.map((char) => `${char}=${digits.get(char)}`).join(',')
    const carried = Math.floor(left / 10)
    written.push(`${column + 1}${taken === '' ? '' : ` ${taken}`} c${carried}`)
    if (written.length > maxSteps) return false
    return solveColumn(column + 1, carried)
  }

  const isWhole = solveColumn(0, 0)
  const isCut = !isWhole && solutions.length < 2
  return { steps: written.slice(0, firstEnd < 0 ? written.length : firstEnd), solutions, isCut }
}

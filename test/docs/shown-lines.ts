// Whether a command printed what a page shows of it. Durations, rates and sizes of memory are this machine's and may be
// anything. Fractions were computed by a model, whose last bit depends on the processor: they may be off by a little,
// unless `exact`. Everything else, whole numbers and words, must be the same. `...` stands for lines left out.

/** How far a fraction on a page may be from the one that was printed here. */
const tolerance = 0.15

/** The first shown line that was not printed in its place; undefined when all were. */
export function missingLine(shown: readonly string[], printed: string, exact = false): string | undefined {
  const lines = printed.split('\n').filter((line) => line.trim() !== '')
  let next = 0
  // A page may begin anywhere, but says where it leaves something out after that.
  let isFree = true
  for (const line of shown.filter((text) => text.trim() !== '')) {
    if (line.trim() === '...') {
      isFree = true
      continue
    }
    const at = lines.findIndex((candidate, i) => i >= next && isAlike(line, candidate, exact))
    if (at < 0 || (!isFree && at > next)) return line
    next = at + 1
    isFree = false
  }
  return undefined
}

const measured = /(?<![\w.@-])\d+(?:\.\d+)?(?:ms|m \d+s|s|k|M| ?[MGk]i?B| GFLOP\/s)?(?: tok\/s)?(?![\w.%/-])/g
const hasUnit = /[a-zA-Z]/
const number = /\d+\.\d+(?:e-?\d+)?|\d+e-?\d+/g

/** One shown line and one printed line. */
export function isAlike(shown: string, printed: string, exact = false): boolean {
  const [a, b] = [shown, printed].map((line) =>
    withoutLayout(line).replace(measured, (found) => (hasUnit.test(found) ? '<measured>' : found)),
  )
  if (a === b) return true
  if (exact || a.replace(number, '#') !== b.replace(number, '#')) return false
  const numbers = (line: string): number[] => [...line.matchAll(number)].map(([found]) => Number(found))
  const others = numbers(b)
  return numbers(a).every((value, i) => Math.abs(value - others[i]) <= tolerance)
}

// Columns are as wide as their longest cell, which may be a number that differs.
const withoutLayout = (line: string): string => line.trim().replace(/\s+/g, ' ')

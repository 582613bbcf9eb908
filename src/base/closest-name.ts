// Finds the known name that a mistyped one most likely meant, for "did you mean" hints.
// It only compares spellings; who asks decides what the names are and what to say.

const longestName = 100

/** Number of single-character edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(replaced, last[j] + 1, row[j - 1] + 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) best = Math.min(best, beforeLast[j - 2] + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]
}

/**
 * The known name nearest to `name`, or undefined when none is near: at most a third of the letters may differ.
 * A name of three letters or more also finds a known name that starts with it.
 *
 * @example
 * closestName('coutdown', ['chain-arithmetic', 'countdown']) // 'countdown'
 */
export function closestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.trim().toLowerCase()
  if (wanted === '' || wanted.length > longestName) return undefined
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    if (candidate.length > longestName) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3))
    if (distance <= allowed && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  if (best !== undefined || wanted.length < 3) return best
  return known.find((candidate) => candidate.toLowerCase().startsWith(wanted))
}

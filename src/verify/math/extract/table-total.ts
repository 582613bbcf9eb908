// The value of the row that ends a Markdown table with a sum: `| **Total** | **260** |`. Rows that name one thing of many are
// no answer, and neither is a row of sums in several columns.

const label = /^(?:grand |final |overall )?(?:total|sum|answer|result)(?: (?:\p{L}{1,20}\s?){1,4})?:?$/iu
const value = /^[-−+]?\\?[$€£]?\d[\d.,/]{0,40}(?:\s?\\?%|\s\p{L}{1,20})?$/u

/** The total that a row of a table states. */
export function tableTotal(row: string): string | undefined {
  if (!/^\s*\|.{1,400}\|\s*$/.test(row)) return undefined
  const cells = row
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.replace(/\*\*|__/g, '').trim())
  const [first, ...others] = cells
  const full = others.filter((cell) => cell !== '' && !/^[-–—]$/.test(cell))
  if (!label.test(first ?? '') || full.length !== 1) return undefined
  return value.test(full[0]) ? full[0] : undefined
}

// Several formulas of one sentence as one answer: `$2$ and $3$` as `2 and 3`, `$x = 2$ and $x = 3$` as two values of x,
// `$x = 2$ and $y = 3$` as one value each.
import type { Formula } from './maths-environments.ts'
import { lastRow } from './maths-environments.ts'

const gap =
  /^(?:\s\((?:double|triple|repeated|simple|twice|with multiplicity \w{1,6})(?: root| solution)?\))?[\s,;]{0,4}(and|or|,|;|&)[\s,;]{0,4}$/

/** Whether the words between two formulas only join them. */
export function joinsFormulas(between: string): boolean {
  return gap.test(between)
}

/** The formulas as one text; `between` holds what stands between each and the next. */
export function joinFormulas(formulas: readonly Formula[], between: readonly string[]): string {
  const parts = formulas.map(({ content }) => lastRow(content).replace(/[.,;]$/, ''))
  if (parts.length === 1) return parts[0]
  const names = parts.map((part) => /^([A-Za-z](?:_\{?\w\}?)?)\s{0,3}=[^=]{1,400}$/.exec(part)?.[1])
  const places = parts.map(
    (part) => /^(\(\s?[A-Za-z](?:\s?,\s?[A-Za-z]){1,3}\s?\))\s{0,3}=[^=]{1,400}$/.exec(part)?.[1],
  )
  if (!places.includes(undefined) && new Set(places).size === 1) return parts.join(' \\text{ or } ')
  if (!names.includes(undefined)) return parts.join(new Set(names).size === 1 ? ' or ' : ', ')
  // Steps of a calculation: the last counts.
  if (parts.some((part) => part.includes('='))) return parts[parts.length - 1]
  return parts.reduce((text, part, i) => {
    const word = gap.exec(between[i - 1] ?? '')?.[1]
    return `${text}${word === 'or' || word === 'and' ? ` ${word} ` : ', '}${part}`
  })
}

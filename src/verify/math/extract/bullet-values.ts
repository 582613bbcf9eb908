// Values that stand under each other: "The triples are:" and a formula on each line with a bullet behind it. They are one
// answer, as formulas joined by "and" are.
import { isDenied } from './bare-number.ts'
import { joinFormulas } from './join-formulas.ts'
import { type Formula, findFormulas } from './maths-environments.ts'

const bullet = /^\s{0,8}(?:[-*•+]|\d{1,2}[.)])\s{1,3}(?<value>\S.{0,300})$/
const announced = /\b(?:are|is|by)\s{0,2}(?:exactly |just |therefore |thus |given by )?[*_]{0,2}:[*_]{0,2}\s{0,3}$/i
const candidates =
  /\b(?:candidates?|possibilities|options|choices|given|suppose|if|not|cases|steps|try|check|consider)\b/i
const most = 32

/** The values in the bullets that end a text, or undefined when it does not end so. */
export function bulletValues(text: string): string | undefined {
  const lines = text.trimEnd().slice(-4_000).split('\n')
  const formulas: Formula[] = []
  let i = lines.length - 1
  for (; i > 0 && formulas.length <= most; i--) {
    if (lines[i].trim() === '' && formulas.length > 0) continue
    const item = bullet.exec(lines[i])?.groups?.value
    const [only, ...others] = item === undefined ? [] : findFormulas(item)
    if (item === undefined || only === undefined || others.length > 0) break
    if (only.start > 0 || !/^[.,;\s]{0,3}(?:and)?\s{0,2}$/.test(item.slice(only.end))) return undefined
    formulas.unshift(only)
  }
  const head = lines[i] ?? ''
  if (formulas.length < 2 || head.length > 400 || !announced.test(head)) return undefined
  if (candidates.test(head) || isDenied(head)) return undefined
  return joinFormulas(
    formulas,
    formulas.slice(1).map(() => ', '),
  )
}

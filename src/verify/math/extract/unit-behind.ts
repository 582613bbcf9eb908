// The unit that prose sets right behind an answer: `\boxed{12} m`, `$12$ minutes`, `12 km/h`, `$\boxed{12}$ cm$^2$`. Only
// units of the table: other words behind a number are things that are counted.
import { findUnit } from '../parse/unit-table.ts'

const name = String.raw`(?:(?:square|cubic|sq\.?|cu\.?)\s)?(?<first>\p{L}{1,14}|¢)`
const power = String.raw`(?:[$\s]{0,2}\^\s?\{?[23]\}?|[²³]|\s(?:squared|cubed)\b)`
const phrase = new RegExp(
  String.raw`^(?:[\s~$*]|\\[,;: )\]]){0,6}(?<unit>${name}(?<power>${power})?(?:\s{0,2}(?:\/|per|an?(?=\s))\s{0,2}(?<second>\p{L}{1,14})(?:${power})?)?)(?![\p{L}\d'’])`,
  'u',
)

/** The unit in plain writing, or undefined when none is there. */
export function unitBehind(text: string, end: number): string | undefined {
  const found = phrase.exec(text.slice(end, end + 90))
  const { unit, first = '', second } = found?.groups ?? {}
  if (found === null || unit === undefined || findUnit(first) === undefined) return undefined
  // A line or an inch: "12 in total".
  const rest = text.slice(end + found[0].length, end + found[0].length + 12)
  if (first === 'in' && /^\s\p{L}/u.test(rest)) return undefined
  if (/\n/.test(found[0])) return undefined
  if (second === undefined || findUnit(second) !== undefined) return unit.replace(/\$/g, '').replace(/\s\^/, '^')
  return first
}

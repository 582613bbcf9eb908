// Greek letters in units: `4\,\Omega`, `3\text{ k}\Omega`, `10\,\mu\text{m}`. Behind a plain number and at its end they are
// an ohm and a millionth; elsewhere they are variables.
import type { Token } from './token.ts'

/** What a millionth of is measured in. */
const tiny: ReadonlyMap<string, string> = new Map([
  ['m', 'µm'],
  ['s', 'µs'],
  ['g', 'µg'],
  ['L', 'µL'],
  ['l', 'µL'],
  ['A', 'µA'],
  ['V', 'µV'],
  ['F', 'µF'],
  ['C', 'µC'],
])
const manyOhms: ReadonlyMap<string, string> = new Map([
  ['k', 'kohm'],
  ['M', 'Mohm'],
  ['m', 'mohm'],
])

/** The unit with a Greek letter that begins at `at`, and where it ends; undefined when none does. */
export function greekUnit(
  tokens: readonly Token[],
  at: number,
  to: number,
): { readonly name: string; readonly end: number } | undefined {
  const { kind, text, isSpaced } = tokens[at]
  if (kind === 'name' && text === 'Omega') return { name: 'ohm', end: at + 1 }
  const next = at + 1 < to ? tokens[at + 1] : undefined
  if (kind === 'name' && text === 'mu' && next?.kind === 'word') {
    const name = isSpaced || next.inText ? tiny.get(next.text) : undefined
    return name === undefined ? undefined : { name, end: at + 2 }
  }
  if (kind !== 'word' || next?.text !== 'Omega' || next.kind !== 'name') return undefined
  const name = manyOhms.get(text)
  return name === undefined ? undefined : { name, end: at + 2 }
}

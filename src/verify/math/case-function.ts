// Functions by cases. The reader takes them for text; here each row is read on its own, so that the rows may stand in any
// order, `f(x) =` may be missing, values and conditions may be written otherwise, and "otherwise" is what the other
// conditions leave. A function becomes the set of its pairs (value, condition), which compares like any set.
import type { Answer } from './answer.ts'
import type { MathOptions } from './options.ts'
import { readAnswer } from './parse/read-answer.ts'

const longest = 1_000
const mostRows = 8
const environment =
  /^\$?\s{0,3}(?:([a-zA-Z])\s?(?:\(\s?([a-z])\s?\))?\s?=)?\s{0,3}(?:\\left\s?\\\{\s?)?\\begin\{[dr]?cases\}([\s\S]{1,900})\\end\{[dr]?cases\}[\s.,$]{0,3}$/
const opening = /^(?:\\text\s?\{\s{0,3})?(?:if|for|when|where)\b(?:\s{0,3}\})?\s{0,3}/
const rest = /^(?:\\text\s?\{\s{0,3})?(?:otherwise|else|elsewhere)(?:\s{0,3}\})?$/

interface Cases {
  readonly name: string | undefined
  readonly rows: readonly { readonly value: Answer; readonly condition: Answer | 'otherwise' }[]
}

/** Both as sets of pairs; undefined unless both are functions by cases, and not of different names. */
export function caseSets(gold: string, given: string, options: MathOptions): readonly [Answer, Answer] | undefined {
  if (!gold.includes('cases}') || !given.includes('cases}')) return undefined
  const [a, b] = [readCases(gold, options), readCases(given, options)]
  if (a === undefined || b === undefined) return undefined
  if (a.name !== undefined && b.name !== undefined && a.name !== b.name) return undefined
  const areBothOpen = [a, b].every(({ rows }) => rows.at(-1)?.condition === 'otherwise')
  return [asSet(a, areBothOpen), asSet(b, areBothOpen)]
}

function readCases(text: string, options: MathOptions): Cases | undefined {
  if (text.length > longest) return undefined
  const [, name, , body] = environment.exec(text.trim()) ?? []
  if (body === undefined || body.includes('\\begin')) return undefined
  const lines = body
    .split('\\\\')
    .map((line) => line.replace(/^\s?\[[\d.]{1,4}[a-z]{2}\]/, ''))
    .filter((line) => line.trim() !== '')
  if (lines.length < 2 || lines.length > mostRows) return undefined
  const rows = lines.flatMap((line) => readRow(line, options) ?? [])
  const isOpen = rows.some(({ condition }, i) => condition === 'otherwise' && i < rows.length - 1)
  return rows.length === lines.length && !isOpen ? { name: name === 'y' ? 'f' : name, rows } : undefined
}

function readRow(line: string, options: MathOptions): Cases['rows'][number] | undefined {
  const cells = line.split('&').map((cell) => cell.replace(/^(?:[\s,;]|\\q?quad)+|[\s,;.]+$/g, ''))
  if (cells.length !== 2 || cells.includes('')) return undefined
  const value = readAnswer(cells[0], options)
  if (!value.ok || value.answer.kind === 'list') return undefined
  if (rest.test(cells[1])) return { value: value.answer, condition: 'otherwise' }
  const condition = readAnswer(cells[1].replace(opening, ''), options)
  return condition.ok ? { value: value.answer, condition: condition.answer } : undefined
}

function asSet({ rows }: Cases, areBothOpen: boolean): Answer {
  const said = rows.flatMap(({ condition }) => (condition === 'otherwise' ? [] : [condition]))
  const others: Answer = areBothOpen
    ? { kind: 'text', text: 'otherwise' }
    : { kind: 'set-operation', operator: 'difference', parts: [{ kind: 'named-set', name: 'reals' }, ...said] }
  return {
    kind: 'set',
    items: rows.map(({ value, condition }) => ({
      kind: 'tuple',
      items: [value, condition === 'otherwise' ? others : condition],
    })),
  }
}

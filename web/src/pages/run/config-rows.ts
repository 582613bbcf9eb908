// A configuration as lines of `path` and `value`, lists as one value, to be read and searched. Pure.
import type { Json } from '../../../../src/base/json.ts'

/** One setting. */
export interface ConfigRow {
  /** `schedule.lr` */
  readonly path: string
  readonly value: string
}

/** Deeper parts are shown as JSON. */
const MAX_DEPTH = 12

/** All leaves in the order of the file. */
export function configRows(config: Json, path = '', depth = 0): readonly ConfigRow[] {
  const isBranch = typeof config === 'object' && config !== null && !Array.isArray(config)
  const entries = isBranch ? Object.entries(config as Readonly<Record<string, Json>>) : []
  if (entries.length === 0 || depth === MAX_DEPTH)
    return path === '' && isBranch ? [] : [{ path, value: valueText(config) }]
  return entries.flatMap(([key, inner]) => configRows(inner, path === '' ? key : `${path}.${key}`, depth + 1))
}

/** Lines that hold all words of a text, in path or value. */
export function searchRows(rows: readonly ConfigRow[], text: string): readonly ConfigRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return rows.filter(({ path, value }) => {
    const line = `${path} ${value}`.toLowerCase()
    return words.every((word) => line.includes(word))
  })
}

const valueText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

// What a question is answered with: plain values, whatever DuckDB's types are.

/** A value of an answer. */
export type Cell = null | boolean | number | string | readonly Cell[] | { readonly [key: string]: Cell }

/** An answer. */
export interface QueryAnswer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** There are more rows than `maxRows`. */
  readonly isCut: boolean
}

/** A value that DuckDB's package gives, as a plain one. Whole numbers beyond 2^53 become text, dates ISO 8601. */
export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value)
  }
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (Array.isArray(value)) return value.map(cellOf)
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cellOf(part)]))
  }
  return String(value)
}

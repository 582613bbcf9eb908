// The kinds of columns: what a kind is called in a parquet schema, and how a value from a log becomes one of it.
// Logs come from outside: a value that is not of its column's kind becomes null, and never stops an export.
import type { SchemaElement } from 'hyparquet'
import { jsonText } from '../flat-config.ts'
import { timeOf } from '../run-source.ts'

/** What a column holds. All kinds may be null. */
export type ColumnKind = 'text' | 'json' | 'int32' | 'int64' | 'double' | 'timestamp' | 'int32s' | 'doubles'

/** A column. */
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
}

/** The schema of a file of these columns. */
export function parquetSchema(columns: readonly Column[]): SchemaElement[] {
  return [{ name: 'root', num_children: columns.length }, ...columns.flatMap(schemaOf)]
}

function schemaOf({ name, kind }: Column): SchemaElement[] {
  const plain = { name, repetition_type: 'OPTIONAL' } as const
  switch (kind) {
    case 'text':
      return [{ ...plain, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
    // Text that readers may parse: the type JSON of parquet is shown as bytes by some.
    case 'json':
      return [{ ...plain, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
    case 'int32':
      return [{ ...plain, type: 'INT32' }]
    case 'int64':
      return [{ ...plain, type: 'INT64' }]
    case 'double':
      return [{ ...plain, type: 'DOUBLE' }]
    case 'timestamp':
      return [{ ...plain, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }]
    case 'int32s':
      return listOf(name, 'INT32')
    case 'doubles':
      return listOf(name, 'DOUBLE')
    default:
      return kind satisfies never
  }
}

function listOf(name: string, type: 'INT32' | 'DOUBLE'): SchemaElement[] {
  return [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type, repetition_type: 'OPTIONAL' },
  ]
}

/** What of `value` a column of this kind can hold. */
export function valueFor(kind: ColumnKind, value: unknown): unknown {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value : null
    case 'json':
      return value === undefined ? null : jsonText(value)
    case 'int32':
      return isInt32(value) ? value : null
    case 'int64':
      return Number.isSafeInteger(value) ? BigInt(value as number) : null
    case 'double':
      return typeof value === 'number' ? value : null
    case 'timestamp': {
      const ms = timeOf(value)
      return ms === undefined ? null : new Date(ms)
    }
    case 'int32s':
      return Array.isArray(value) ? value.map((item) => (isInt32(item) ? item : null)) : null
    case 'doubles':
      return Array.isArray(value) ? value.map((item) => (typeof item === 'number' ? item : null)) : null
    default:
      return kind satisfies never
  }
}

const isInt32 = (value: unknown): boolean => typeof value === 'number' && (value | 0) === value

/** About how many bytes a value takes in memory. */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 16
  return Array.isArray(value) ? value.length * 8 + 16 : 8
}

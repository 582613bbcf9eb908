// Parts of views as SQL: what reads line files as columns of given types, also when there are none.
import type { Column, ColumnKind } from '../parquet/columns.ts'
import { identifier, literal, literals } from './sql-text.ts'

const types: Readonly<Record<ColumnKind, string>> = {
  text: 'VARCHAR',
  json: 'JSON',
  int32: 'INTEGER',
  int64: 'BIGINT',
  double: 'DOUBLE',
  timestamp: 'TIMESTAMP',
  int32s: 'INTEGER[]',
  doubles: 'DOUBLE[]',
}

/** DuckDB keeps some buffers of this size. */
const maxLineBytes = 32 * 1024 * 1024

/** Reads the columns from line files; `before` are columns in front that do not come from the lines. */
export function reading(paths: readonly string[], columns: readonly Column[], before: readonly string[] = []): string {
  if (paths.length === 0) return `${selectNulls(columns, before)} WHERE false`
  const named = columns.map(({ name, kind }) => `${identifier(name)}: ${literal(types[kind])}`)
  const options = `filename = true, format = 'newline_delimited', columns = {${named.join(', ')}}, maximum_object_size = ${maxLineBytes}`
  return `SELECT ${[...before, '* EXCLUDE (filename)'].join(', ')} FROM read_json(${literals(paths)}, ${options})`
}

/** Reads each line as one JSON value, named `json`. */
export function readingDocuments(paths: readonly string[], columns: readonly string[]): string {
  if (paths.length === 0) return `SELECT ${columns.join(', ')} FROM (SELECT NULL::JSON AS json) WHERE false`
  const options = `maximum_object_size = ${maxLineBytes}`
  return `SELECT ${columns.join(', ')} FROM read_ndjson_objects(${literals(paths)}, ${options})`
}

function selectNulls(columns: readonly Column[], before: readonly string[]): string {
  const nulls = columns.map(({ name, kind }) => `NULL::${types[kind]} AS ${identifier(name)}`)
  return `SELECT ${[...before, ...nulls].join(', ')} FROM (SELECT ''::VARCHAR AS filename)`
}

// Rows of a file or a folder, by what its name says: JSONL (also .ndjson, .gz), a JSON array, parquet, a folder in the
// hub's layout. One row at a time, so that a file may be larger than memory (a JSON array may not). It knows no task.
import { readFile, stat } from 'node:fs/promises'
import { GradusError, messageOf } from '../../base/error.ts'
import type { RowSplit } from './dataset-folder.ts'
import { datasetFiles } from './dataset-folder.ts'
import { jsonlRows } from './jsonl-rows.ts'
import { parquetRows } from './parquet-rows.ts'
import type { Row, RowValues } from './row.ts'
import { asRow, badRow, readingError } from './row.ts'

/** What to read, and under which names. */
export interface ReadRowsOptions {
  /** Of a folder, the files of this split; default `train`. */
  readonly split?: RowSplit
  /** Of a folder, the files of this configuration. */
  readonly config?: string
  /** New name of a column to its name in the file: `{"answer": "final_answer"}`; `a.b` reaches into objects. */
  readonly columns?: Readonly<Record<string, string>>
}

const maxJsonBytes = 512 << 20

/** @throws `data/not-found`, `data/unreadable`, `data/no-split`, `data/bad-row` with file and row */
export async function* readRows(path: string, options: ReadRowsOptions = {}): AsyncGenerator<Row> {
  const { split = 'train', config, columns = {} } = options
  const files = (await isFolder(path)) ? datasetFiles(path, split, config) : [path]
  const renamed = Object.entries(columns)
  for (const file of files) {
    for await (const row of rowsOfFile(file)) yield renamed.length === 0 ? row : rename(row, renamed)
  }
}

function rowsOfFile(path: string): AsyncIterable<Row> {
  if (/\.(?:csv|tsv|xlsx|arrow|feather|txt)$/.test(path)) {
    throw new GradusError('data/unreadable', `${path} is in a format that is not read.`, {
      hint: 'JSONL (also .gz), a JSON array and parquet are. Save it as one of these first.',
    })
  }
  if (path.endsWith('.parquet')) return parquetRows(path)
  return path.endsWith('.json') ? jsonArrayRows(path) : jsonlRows(path)
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (cause) {
    throw readingError(path, cause)
  }
}

/** A `.json` file: an array of objects, or an object that holds one under `data` or `rows`. */
async function* jsonArrayRows(path: string): AsyncGenerator<Row> {
  let value: unknown
  try {
    if ((await stat(path)).size > maxJsonBytes) {
      throw new GradusError('data/unreadable', `${path} is larger than ${maxJsonBytes >> 20} MiB.`, {
        hint: 'A JSON array is read whole. Write one object a line (.jsonl) instead.',
      })
    }
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw readingError(path, cause)
    throw new GradusError('data/unreadable', `${path} is not JSON: ${messageOf(cause)}.`, {
      hint: 'A file with one object a line is named .jsonl.',
      cause,
    })
  }
  const holder = value as { data?: unknown; rows?: unknown } | null
  const rows = [value, holder?.data, holder?.rows].find((candidate) => Array.isArray(candidate)) as
    | unknown[]
    | undefined
  if (rows === undefined) {
    throw new GradusError('data/unreadable', `${path} holds no list of rows.`, {
      hint: 'A .json file is a list of objects, or an object with such a list under "data" or "rows".',
    })
  }
  for (const [i, row] of rows.entries()) yield asRow(row, { path, line: i + 1 })
}

function rename(row: Row, columns: readonly (readonly [string, string])[]): Row {
  const values: Record<string, unknown> = { ...row.values }
  for (const [name, source] of columns) {
    const found = valueAt(row.values, source)
    if (found === undefined) {
      const present = Object.keys(row.values).slice(0, 20).join(', ')
      throw badRow(row, `there is no column "${source}"`, `Its columns are: ${present}.`)
    }
    values[name] = found
  }
  return { ...row, values }
}

/** `a.b.0`: own fields only. */
function valueAt(values: RowValues, path: string): unknown {
  if (Object.hasOwn(values, path)) return values[path]
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined
  }, values)
}

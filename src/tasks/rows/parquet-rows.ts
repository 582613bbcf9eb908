// Streams the rows of a parquet file, one row group in memory at a time. hyparquet reads the format; here its values
// become what JSON would have held (whole numbers as numbers, dates as ISO text). It knows no task.
import { GradusError, messageOf } from '../../base/error.ts'
import type { Row } from './row.ts'
import { asRow, readingError } from './row.ts'

/** @throws `data/not-found`, `data/unreadable` */
export async function* parquetRows(path: string): AsyncGenerator<Row> {
  const [{ asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ])
  let line = 0
  try {
    const file = await asyncBufferFromFile(path)
    const metadata = await parquetMetadataAsync(file)
    for (const group of metadata.row_groups) {
      const rowStart = line
      const rowEnd = line + Number(group.num_rows)
      const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd })
      for (const values of rows) yield asRow(plain(values, 0), { path, line: ++line })
    }
  } catch (cause) {
    const error = readingError(path, cause)
    if (error !== cause || (cause as { code?: unknown }).code === 'data/bad-row') throw error
    throw new GradusError('data/unreadable', `${path} is not a whole parquet file: ${messageOf(cause)}.`, {
      hint: line > 0 ? `Its first ${line} rows could be read. Download it again.` : 'Check that it is a parquet file.',
      cause,
    })
  }
}

const maxDepth = 32

function plain(value: unknown, depth: number): unknown {
  if (depth > maxDepth) return null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown>, (item) => plain(item, depth + 1))
  }
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner, depth + 1)]))
}

// Writes rows to a parquet file, group by group: memory is that of one group, however many rows come.
import type { Column } from './columns.ts'
import { parquetSchema, valueFor, weightOf } from './columns.ts'

/** A group ends when it has one of these. */
const maxGroupRows = 20_000
const maxGroupBytes = 16 * 1024 * 1024

/** Writes a new file, and says how many rows it has. A key of a row that is no column is left out. */
export async function writeTable(
  path: string,
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<string, unknown>>>,
): Promise<number> {
  // Loaded here: the other exporters do without it.
  const { ParquetWriter, fileWriter } = await import('hyparquet-writer')
  const file = new ParquetWriter({ writer: fileWriter(path), schema: parquetSchema(columns), createdBy: 'gradus' })
  let data: unknown[][] = columns.map(() => [])
  let weight = 0
  let count = 0
  const flush = () => {
    const size = data[0]?.length ?? 0
    if (size === 0) return
    file.write({
      columnData: columns.map(({ name, kind }, i) => ({
        name,
        data: data[i],
        // Numbers that come from 32 bits end in zeros: with the bytes of equal place together they shrink.
        ...(kind === 'doubles' ? { encoding: 'BYTE_STREAM_SPLIT' as const } : {}),
      })),
      rowGroupSize: size,
    })
    data = columns.map(() => [])
    weight = 0
  }
  for (const row of rows) {
    for (const [i, { name, kind }] of columns.entries()) {
      const value = valueFor(kind, Object.hasOwn(row, name) ? row[name] : undefined)
      weight += weightOf(value)
      data[i].push(value)
    }
    count++
    if (data[0].length >= maxGroupRows || weight >= maxGroupBytes) flush()
  }
  flush()
  file.finish()
  return count
}

// Parquet: a file each for metrics, events, rollouts and samples of evaluations, for DuckDB, pandas, polars and Spark.
// In metrics a value that was not a number is NaN, and one that the row does not have is null.
import { join } from 'node:path'
import type { RunExporter } from '../run-exporter.ts'
import { runTables } from './tables.ts'
import { writeTable } from './write-table.ts'

export const parquet: RunExporter = {
  id: 'parquet',
  next: 'duckdb -c "select * from \'OUT/*/metrics.parquet\'"',
  place: ({ name }) => name,
  async write(run, folder) {
    for (const { name, columns, rows } of runTables(run))
      await writeTable(join(folder, `${name}.parquet`), columns, rows())
    return []
  },
}

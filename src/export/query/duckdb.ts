// Finds DuckDB's package for Node, which is optional because it takes 70 MB, and says how to add it when it is not there.
// Only what is used of it is typed here.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { GradusError } from '../../base/error.ts'

/** What is used of `@duckdb/node-api`. */
export interface Duckdb {
  readonly DuckDBInstance: {
    create(path: string, options: Readonly<Record<string, string>>): Promise<DuckdbInstance>
  }
  readonly StatementType: { readonly SELECT: number }
}

interface DuckdbInstance {
  connect(): Promise<DuckdbConnection>
  closeSync(): void
}

/** A connection. */
export interface DuckdbConnection {
  run(sql: string): Promise<unknown>
  extractStatements(sql: string): Promise<{ readonly count: number; prepare(index: number): Promise<DuckdbStatement> }>
  interrupt(): void
  closeSync(): void
}

/** One prepared statement. */
export interface DuckdbStatement {
  readonly statementType: number
  streamAndReadUntil(rows: number): Promise<{
    deduplicatedColumnNames(): readonly string[]
    getRowsJS(): readonly (readonly unknown[])[]
  }>
}

const packageName = '@duckdb/node-api'

/**
 * The package, from beside this one or from the folder the command runs in.
 *
 * @throws `usage/missing-package`
 */
export function loadDuckdb(
  from: readonly string[] = [import.meta.url, join(process.cwd(), 'package.json')],
  name = packageName,
): Duckdb {
  for (const place of from) {
    const require = createRequire(place)
    let path: string
    try {
      path = require.resolve(name)
    } catch {
      continue
    }
    return require(path)
  }
  throw new GradusError('usage/missing-package', `SQL needs the package ${name}, which is not installed`, {
    hint: `Run 'npm install ${name}' (70 MB), or export the run with --to parquet and use a DuckDB of your own.`,
  })
}

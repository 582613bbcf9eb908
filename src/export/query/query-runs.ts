// Asks one question in SQL about runs. The question may do nothing but read, and read nothing but the runs and a folder
// of our own: no other file, no network, no extension, no setting changed. It ends with a number of rows or a time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GradusError, isGradusError, messageOf } from '../../base/error.ts'
import { openRunSource, type RunSource } from '../run-source.ts'
import { cellOf, type QueryAnswer } from './answer.ts'
import { visible } from './answer-text.ts'
import { type Duckdb, type DuckdbConnection, loadDuckdb } from './duckdb.ts'
import { runViews } from './run-views.ts'
import { isQuestion, literal, literals } from './sql-text.ts'

/** How far a question may go. */
export interface QueryLimits {
  readonly maxRows: number
  readonly timeoutMs: number
}

/**
 * Answers `sql` over the runs in `dirs`.
 *
 * @throws `usage/bad-sql`, `usage/missing-package`, `usage/timeout`, `store/...`
 */
export async function queryRuns(
  sql: string,
  dirs: readonly string[],
  { maxRows, timeoutMs }: QueryLimits,
  duckdb: Duckdb = loadDuckdb(),
): Promise<QueryAnswer> {
  if (!isQuestion(sql)) throw badSql('it does not begin with SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE or SHOW')
  const runs = [...new Set(dirs.map((dir) => resolve(dir)))].map((dir) => openRunSource(dir))
  try {
    return await ask(sql, runs, { maxRows, timeoutMs }, duckdb, false)
  } catch (error) {
    // Half a character in what a model wrote: rare, and copies of all logs are dear, so they are made for it alone.
    if (!isGradusError(error) || error.code !== 'store/bad-line' || !/surrogate/.test(error.message)) throw error
    return await ask(sql, runs, { maxRows, timeoutMs }, duckdb, true)
  }
}

async function ask(
  sql: string,
  runs: readonly RunSource[],
  limits: QueryLimits,
  duckdb: Duckdb,
  repair: boolean,
): Promise<QueryAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-query-'))
  const extensions = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' }
  try {
    const views = runViews(runs, folder, repair)
    const instance = await duckdb.DuckDBInstance.create(':memory:', extensions)
    try {
      const connection = await instance.connect()
      try {
        for (const statement of [...views.statements, ...closing(views.folders, folder)])
          await connection.run(statement)
        return await answer(connection, sql, limits, duckdb)
      } finally {
        connection.closeSync()
      }
    } finally {
      instance.closeSync()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// From here on nothing can be opened that is not below one of these folders. What a question cannot hold in memory goes
// to the temporary folder.
const closing = (folders: readonly string[], temporary: string): readonly string[] => [
  "SET TimeZone = 'UTC'",
  `SET temp_directory = ${literal(join(temporary, 'spill'))}`,
  `SET allowed_directories = ${literals(folders.map((folder) => `${folder}/`))}`,
  'SET allow_community_extensions = false',
  'SET enable_external_access = false',
  'SET lock_configuration = true',
]

async function answer(
  connection: DuckdbConnection,
  sql: string,
  { maxRows, timeoutMs }: QueryLimits,
  { StatementType }: Duckdb,
): Promise<QueryAnswer> {
  let isLate = false
  // Again and again: an interruption between preparing and running has no effect.
  let repeated: NodeJS.Timeout | undefined
  const timer = setTimeout(() => {
    isLate = true
    connection.interrupt()
    repeated = setInterval(() => connection.interrupt(), 100)
  }, timeoutMs)
  try {
    const statements = await connection.extractStatements(sql)
    if (statements.count !== 1) throw badSql(`it is ${statements.count} statements, and one is answered at a time`)
    const statement = await statements.prepare(0)
    if (statement.statementType !== StatementType.SELECT) throw badSql('it is not a SELECT')
    const reader = await statement.streamAndReadUntil(maxRows + 1)
    const rows = reader.getRowsJS()
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: rows.slice(0, maxRows).map((row) => row.map(cellOf)),
      isCut: rows.length > maxRows,
    }
  } catch (error) {
    if (isLate) {
      throw new GradusError('usage/timeout', `the answer was not there after ${timeoutMs / 1000} s`, {
        hint: 'Ask for less (a WHERE on step, fewer runs), or allow more with --timeout.',
        cause: error,
      })
    }
    if (error instanceof GradusError) throw error
    throw badLine(error) ?? badSql(message(error), error)
  } finally {
    clearTimeout(timer)
    clearInterval(repeated)
  }
}

function badSql(why: string, cause?: unknown): GradusError {
  return new GradusError('usage/bad-sql', `the question cannot be answered: ${why}`, {
    hint: 'Views: runs, metrics, events, rollouts, evals, eval_samples; `describe metrics` shows the columns. Names such as "reward/mean" need double quotes.',
    cause,
  })
}

/** An error that is the fault of a log, not of the question. */
function badLine(error: unknown): GradusError | undefined {
  if (!/JSON transform error|Malformed JSON|maximum_object_size/.test(messageOf(error))) return undefined
  return new GradusError('store/bad-line', message(error), {
    hint: 'A log was edited or damaged. Remove that line, or ask without the view or the run that has it.',
    cause: error,
  })
}

// Lines of it may show what stands in a log.
const message = (error: unknown): string => messageOf(error).slice(0, 1000).split('\n').map(visible).join('\n').trim()

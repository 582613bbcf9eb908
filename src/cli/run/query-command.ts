// What `gradus query` does: finds the runs, asks, and writes the answer.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { type AnswerFormat, answerText, queryRuns } from '../../export/index.ts'
import { listRuns } from '../../store/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'

/** Options of the verb. */
export interface QueryOptions {
  readonly format?: AnswerFormat
  readonly limit: number
  readonly timeout: number
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `usage/...`, `store/...` */
export async function queryCommand(
  sql: string,
  paths: readonly string[],
  { format, limit, timeout, json, quiet }: QueryOptions,
  { io }: Shell,
): Promise<ExitCode> {
  if (json && format !== undefined && format !== 'json') {
    throw new GradusError('usage/bad-option', `--json and --format ${format} do not go together`, {
      hint: 'Leave one of them out.',
    })
  }
  const found = (paths.length === 0 ? ['runs'] : paths).map(runsAt)
  for (const why of quiet ? [] : found.flatMap(({ unreadable }) => unreadable)) io.err(`note: left out: ${why}\n`)
  const dirs = found.flatMap((each) => each.dirs)
  const answer = await queryRuns(sql, dirs, { maxRows: limit, timeoutMs: timeout * 1000 })
  io.out(answerText(answer, json ? 'json' : (format ?? 'text')))
  if (answer.isCut && !quiet) io.err(`note: there are more than ${limit} rows; --limit shows more\n`)
  return exitCodes.ok
}

/** The run directory at `path`, or those below it. */
function runsAt(path: string): { readonly dirs: readonly string[]; readonly unreadable: readonly string[] } {
  if (existsSync(join(path, 'run.json'))) return { dirs: [path], unreadable: [] }
  const { runs, unreadable } = listRuns(path)
  if (runs.length === 0) {
    throw new GradusError('usage/no-run', `${path} is no run directory and has none in it`, {
      hint: 'Give the path of a run directory or of a folder of them behind the question.',
    })
  }
  return { dirs: runs.map(({ dir }) => dir), unreadable: unreadable.map(({ why }) => why) }
}

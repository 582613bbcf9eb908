// What `gradus tasks` prints. The tasks and their checks are elsewhere.
import type { Knobs, Split } from '../../contracts/index.ts'
import { checkTask, findTask, readKnobs, tasks } from '../../tasks/index.ts'
import type { Io } from '../io.ts'
import { describeSettings } from './describe-settings.ts'
import { parseAssignments } from './overrides.ts'
import { textTable } from './text-table.ts'

interface Flags {
  readonly json?: boolean
}

/** Far enough apart that samples of two seeds share no problem. */
const seedStride = 1_000_000

/** `gradus tasks ls` */
export function listTasks({ json }: Flags, io: Io): void {
  const rows = tasks.map(({ id, summary, levels }) => ({ id, summary, levels }))
  if (json) io.out(`${JSON.stringify(rows)}\n`)
  else
    io.out(
      `${textTable(
        ['task', 'levels', 'what'],
        rows.map((r) => [r.id, r.levels.join(' '), r.summary]),
      )}\n`,
    )
}

/** `gradus tasks show T` @throws `usage/unknown-task` */
export function showTask(id: string, { json }: Flags, io: Io): void {
  const task = findTask(id)
  const { summary, levels, styles, alphabet } = task
  const problem = task.problem('train', 0)
  const chances = Object.fromEntries(levels.map((level) => [level, task.chance(level)]))
  const example = { prompt: problem.prompt, solution: task.solve(problem) }
  if (json) {
    io.out(
      `${JSON.stringify({ id, summary, levels, styles, alphabet, chances, readsFiles: task.fromRow !== undefined, example })}\n`,
    )
    return
  }
  io.out(
    [
      `${id}: ${summary}`,
      '',
      `example   ${shown(problem.prompt)} ${example.solution}`,
      `levels    ${levels.map((level) => `${level} (a guess is right ${chances[level]})`).join(', ')}`,
      `styles    ${styles.join(', ')}`,
      `alphabet  ${alphabet}`,
      `files     ${task.fromRow === undefined ? 'problems are only generated' : 'reads rows with --data FILE.jsonl'}`,
      '',
      describeSettings(task.knobs, 'knob'),
      '',
    ].join('\n'),
  )
}

/** `gradus tasks sample T` @throws `usage/unknown-task`, `config/unknown-key`, `config/bad-value` */
export function sampleTask(
  id: string,
  { json, n, seed, split, set }: Flags & { n: number; seed: number; split: Split; set: readonly string[] },
  io: Io,
): void {
  const task = findTask(id)
  const knobs = parseAssignments(set) as Knobs
  readKnobs(task.id, task.knobs, knobs)
  for (let i = 0; i < n; i++) {
    const problem = task.problem(split, seed * seedStride + i, knobs)
    const solution = task.solve(problem)
    if (json) io.out(`${JSON.stringify({ ...problem, solution })}\n`)
    else io.out(`${shown(problem.prompt)}\t${solution}\n`)
  }
}

/** `gradus tasks check T`: whether everything held. @throws `usage/unknown-task` */
export async function runTaskCheck(
  id: string,
  { json, n, seed }: Flags & { n: number; seed: number },
  io: Io,
): Promise<boolean> {
  const report = await checkTask(findTask(id), { problems: n, seed })
  if (json) {
    io.out(`${JSON.stringify(report)}\n`)
    return report.ok
  }
  const failed = (check: string): number => report.failures.filter((failure) => failure.check === check).length
  const rows = Object.entries(report.checks).map(([check, made]) => [
    check,
    String(made),
    failed(check) === 0 ? 'holds' : `${failed(check)} failed`,
  ])
  io.out(`${textTable(['check', 'made', ''], rows)}\n`)
  for (const { check, level, problem, detail } of report.failures.slice(0, 10)) {
    const where = [level !== undefined && `level ${level}`, problem].filter(Boolean).join(', ')
    io.err(`failed: ${check}${where === '' ? '' : ` (${where})`}: ${detail}\n`)
  }
  return report.ok
}

const shown = (prompt: unknown): string => (typeof prompt === 'string' ? prompt : JSON.stringify(prompt))

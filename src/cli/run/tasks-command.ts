// What `gradus tasks` prints. The tasks and their checks are elsewhere.
import type { Problem, Split, Task } from '../../contracts/index.ts'
import { ContaminationIndex, removeDuplicates } from '../../data/index.ts'
import {
  checkRows,
  checkTask,
  findTask,
  questionTasks,
  readDataset,
  readKnobs,
  streamProblems,
  tasks,
} from '../../tasks/index.ts'
import type { Io } from '../io.ts'
import { describeSettings } from './describe-settings.ts'
import { parseKnobs } from './overrides.ts'
import { columnsOf, localData } from './problem-data.ts'
import { textTable } from './text-table.ts'

interface Flags {
  readonly json?: boolean
}

/** Far enough apart that samples of two seeds share no problem. */
const seedStride = 1_000_000

/** `gradus tasks ls` */
export function listTasks({ json }: Flags, io: Io): void {
  const made = tasks.map(({ id, summary, levels, tags = [] }) => ({ id, summary, levels, tags, needsData: false }))
  const read = questionTasks.map(({ id, summary, tags = [] }) => ({ id, summary, levels: [], tags, needsData: true }))
  const rows = [...made, ...read]
  if (json) io.out(`${JSON.stringify(rows)}\n`)
  else
    io.out(
      `${textTable(
        ['task', 'levels', 'what'],
        rows.map((r) => [r.id, r.needsData ? '--data' : r.levels.join(' '), r.summary]),
      )}\n`,
    )
}

/** `gradus tasks show T` @throws `usage/unknown-task` */
export function showTask(id: string, { json }: Flags, io: Io): void {
  const task = findTask(id)
  const { summary, levels, styles, alphabet } = task
  const problem = levels.length > 0 ? task.problem('train', 0) : undefined
  const chances = Object.fromEntries(levels.map((level) => [level, task.chance(level)]))
  const example = problem && { prompt: problem.prompt, solution: task.solve(problem) }
  const { rules, tags = [] } = task
  if (json) {
    io.out(
      `${JSON.stringify({ id, summary, rules, tags, levels, styles, alphabet, chances, readsFiles: task.fromRow !== undefined, example })}\n`,
    )
    return
  }
  io.out(
    [
      `${id}: ${summary}`,
      '',
      ...(example === undefined ? [] : [`example   ${shown(example.prompt)} ${example.solution}`]),
      ...(rules === undefined ? [] : [`rules     ${rules}`]),
      ...(tags.length === 0 ? [] : [`tags      ${tags.join(', ')}`]),
      ...(levels.length === 0
        ? []
        : [`levels    ${levels.map((level) => `${level} (a guess is right ${chances[level]})`).join(', ')}`]),
      `styles    ${styles.join(', ')}`,
      `alphabet  ${alphabet}`,
      `files     ${task.fromRow === undefined ? 'problems are only generated' : 'reads rows with --data'}`,
      '',
      ...(levels.length === 0 ? [] : [describeSettings(task.knobs, 'knob'), '']),
    ].join('\n'),
  )
}

/** Where the problems of `sample` and `check` come from, and which are left out. */
export interface DataFlags {
  readonly data?: string
  readonly columns?: string
  readonly dedup?: boolean
  readonly templates?: boolean
  readonly against?: string
}

type SampleFlags = Flags & DataFlags & { n: number; seed: number; split: Split; set: readonly string[] }

/** `gradus tasks sample T` @throws `usage/...`, `config/...`, `data/...` */
export async function sampleTask(id: string, flags: SampleFlags, io: Io): Promise<void> {
  const { json, n, seed, split, set } = flags
  const task = findTask(id)
  const knobs = parseKnobs(set)
  readKnobs(task.id, task.knobs, knobs)
  const problems =
    flags.data === undefined
      ? Array.from({ length: n }, (_, i) => task.problem(split, seed * seedStride + i, knobs))
      : await rowsOf(task, flags, flags.data, io)
  for (const problem of await cleaned(task, problems, flags, io)) {
    const solution = task.solve(problem)
    if (json) io.out(`${JSON.stringify({ ...problem, solution })}\n`)
    else io.out(`${shown(problem.prompt).trim()}\t${solution}\n`)
  }
}

/** The first n rows; all of them when some may be left out, since n counts what is shown. */
async function rowsOf(
  task: Task,
  { n, split, columns, dedup, templates, against }: SampleFlags,
  data: string,
  io: Io,
): Promise<readonly Problem[]> {
  const path = await localData(data, (line) => io.err(`${line}\n`))
  const limit = dedup || templates || against !== undefined ? undefined : n
  const problems: Problem[] = []
  const mapping = columns === undefined ? undefined : columnsOf(columns)
  for await (const problem of streamProblems(path, task, { split, limit, columns: mapping })) problems.push(problem)
  return problems
}

/** Without repeats and what a test set asks, when that is wanted; what was left out is told on stderr. */
async function cleaned(
  task: Task,
  problems: readonly Problem[],
  { n, dedup, templates, against, columns }: SampleFlags,
  io: Io,
): Promise<readonly Problem[]> {
  const content = task.content?.bind(task)
  let left = problems
  if (dedup || templates) {
    const { kept, duplicates } = removeDuplicates(left, { templates, content })
    io.err(`${duplicates.length} of ${left.length} repeat an earlier one${examples(duplicates)}\n`)
    left = kept
  }
  if (against !== undefined) {
    const mapping = columns === undefined ? undefined : columnsOf(columns)
    const tests = await readDataset(await localData(against, (line) => io.err(`${line}\n`)), task, {
      split: 'test',
      columns: mapping,
    })
    const { clean, found } = new ContaminationIndex(tests, { content }).split(left)
    io.err(`${found.length} of ${left.length} are asked by ${against} too${examples(found)}\n`)
    left = clean
  }
  return left.slice(0, n)
}

function examples(found: readonly { readonly problem: Problem; readonly of: string }[]): string {
  if (found.length === 0) return ''
  const some = found.slice(0, 3).map(({ problem, of }) => `${problem.id} as ${of}`)
  return `: ${some.join(', ')}${found.length > 3 ? ', ...' : ''}`
}

/** `gradus tasks check T`: whether everything held. @throws `usage/unknown-task` */
export async function runTaskCheck(
  id: string,
  { json, n, seed, data, columns }: Flags & DataFlags & { n: number; seed: number },
  io: Io,
): Promise<boolean> {
  const task = findTask(id)
  const report =
    data === undefined
      ? await checkTask(task, { problems: n, seed })
      : await checkRows(
          task,
          await readDataset(await localData(data, (line) => io.err(`${line}\n`)), task, {
            columns: columns === undefined ? undefined : columnsOf(columns),
          }),
          { seed },
        )
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

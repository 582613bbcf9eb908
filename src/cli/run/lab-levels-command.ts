// What `gradus lab levels` does: teaches one small model per task with problems of all its levels, measures each level, and
// writes the chart. What is done is not done again.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeError, writeFileAtomic } from '../../base/atomic-file.ts'
import type { Task } from '../../contracts/index.ts'
import {
  type LevelResults,
  levelChart,
  levelPage,
  levelTrend,
  passRate,
  readLevelResults,
  runQueue,
  writeLevelResults,
} from '../../lab/index.ts'
import { basePreset } from '../../recipes/bases.ts'
import { formatEstimate, listCheckpoints, readMetrics } from '../../store/index.ts'
import { findTask, tasks } from '../../tasks/index.ts'
import { type ExitCode, exitCodes, formatError } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { evaluateModel } from './evaluate-model.ts'
import { processClock } from './host-facts.ts'
import { trainOne } from './lab-run-command.ts'
import { makePlan } from './make-plan.ts'
import { ProgressDisplay } from './progress.ts'
import { partsOf, type RunPlan } from './run-plan.ts'
import { textTable } from './text-table.ts'
import { interruptibly, type RunControl } from './train-command.ts'

/** Options of the verb. */
export interface LabLevelsOptions {
  readonly tasks?: readonly string[]
  readonly tokens: number
  readonly problems: number
  readonly longest: number
  readonly seed: number
  readonly out: string
  readonly json?: boolean
  readonly quiet?: boolean
}

const BATCH = 32
/** Most levels of a task that are looked at, from the easiest. */
const MOST_LEVELS = 5
/** Times that the easiest level stands in a turn, at most. */
const MOST_REPEATS = 12

/** Runs the verb. @throws `usage/...`, `config/...`, `store/disk-full`, `store/not-writable` */
export async function labLevelsCommand(options: LabLevelsOptions, shell: Shell): Promise<ExitCode> {
  const { io, command } = shell
  const out = resolve(options.out)
  const chosen = options.tasks === undefined ? tasks : options.tasks.map(findTask)
  const queue = chosen.map((task) => ({
    testbed: task.id,
    title: task.id,
    dir: join(out, task.id, `seed-${options.seed}`),
    plan: planOf(task, options),
  }))
  const display = new ProgressDisplay(io, processClock, options.quiet === true)
  display.line(`${queue.length} tasks, in ${out}`)
  const { status, failures } = await interruptibly({ shell, display, resume: () => command }, (control) =>
    runQueue(queue, {
      startingFrom: (plan) => plan,
      stopRequested: control.stopRequested,
      train: async (plan, item) => {
        const ended = await trainOne(plan, item, { control, command, isBase: false })
        if (ended === 'done') await measure(plan, item.dir, options, control)
        return ended
      },
      isDone: ({ dir }) => readLevelResults(dir) !== undefined,
      onRun: ({ title }, number) => display.line(`task ${number}/${queue.length}  ${title}`),
      onFailure: ({ title, dir, error }) => io.err(`${title} failed (${dir}): ${formatError(error)}`),
    }),
  )
  const results = queue.flatMap(({ dir }) => readLevelResults(dir) ?? [])
  if (results.length > 0) show(results, { out, command, json: options.json, io })
  if (status === 'interrupted') {
    io.err(`To go on: ${command}\n`)
    return exitCodes.interrupted
  }
  return failures.length > 0 ? exitCodes.failed : exitCodes.ok
}

/** Each level as often as makes all of them equal in tokens, about, spread evenly. */
function inEqualTokens(task: Task, levels: readonly number[]): number[] {
  const lengths = levels.map((level) => meanLength(task, [level]))
  const longest = Math.max(...lengths)
  const places = levels.flatMap((level, i) => {
    const times = Math.min(MOST_REPEATS, Math.max(1, Math.round(longest / lengths[i])))
    return Array.from({ length: times }, (_, turn) => ({ level, at: (turn + 0.5) / times }))
  })
  return places.sort((a, b) => a.at - b.at || a.level - b.level).map(({ level }) => level)
}

/** Levels whose worked solutions are not too long for a small model. */
function levelsOf(task: Task, longest: number): readonly number[] {
  const short = task.levels.filter((level) => meanLength(task, [level]) <= longest)
  return (short.length > 0 ? short : task.levels.slice(0, 1)).slice(0, MOST_LEVELS)
}

function planOf(task: Task, { tokens, longest, seed }: LabLevelsOptions): RunPlan {
  const levels = inEqualTokens(task, levelsOf(task, longest))
  const steps = Math.max(20, Math.round(tokens / (BATCH * meanLength(task, levels))))
  return makePlan({
    recipe: 'sft',
    task: task.id,
    levels: levels.length > 1 ? levels : undefined,
    seed,
    device: 'cpu',
    settings: {
      batch: BATCH,
      mixture: [{ style: task.styles[0], share: 1 }],
      schedule: { steps, tokens: 0, lr: 2e-3, shape: { kind: 'cosine', warmup: 30 } },
      evaluation: { every: 0, problems: 32 },
      base: { model: { maxPositions: Math.max(basePreset(task).model.maxPositions, roomFor(task, levels)) } },
    },
  })
}

/** Characters of prompts and of their worked solutions, of some problems of a level. */
function lengthsOf(
  task: Task,
  level: number,
  n: number,
): readonly { readonly prompt: number; readonly solution: number }[] {
  return Array.from({ length: n }, (_, i) => {
    const problem = task.problem('train', i, { level })
    return { prompt: String(problem.prompt).length, solution: task.solve(problem).length }
  })
}

function meanLength(task: Task, levels: readonly number[]): number {
  const lengths = levels.flatMap((level) => lengthsOf(task, level, 16))
  return lengths.reduce((sum, { prompt, solution }) => sum + prompt + solution, 0) / lengths.length
}

/** Positions for the longest text of these levels: twice what some hundred problems show, since the rarest are longer. */
function roomFor(task: Task, levels: readonly number[]): number {
  const all = [...new Set(levels)].flatMap((level) => lengthsOf(task, level, 128))
  return 64 * Math.ceil((2 * Math.max(...all.map(({ prompt, solution }) => prompt + solution))) / 64)
}

/** Tokens for an answer of this level: what a base has, and more where worked solutions are longer. */
function answerRoom(task: Task, level: number): number {
  const longest = Math.max(...lengthsOf(task, level, 128).map(({ solution }) => solution))
  return Math.max(basePreset(task).maxTokens, Math.ceil(1.25 * longest))
}

async function measure(
  plan: RunPlan,
  dir: string,
  { problems: n, seed }: LabLevelsOptions,
  { display }: RunControl,
): Promise<void> {
  const { task } = partsOf(plan)
  const { step, folder } = listCheckpoints(dir).at(-1) ?? { step: 0, folder: dir }
  const rows: LevelResults['levels'] = []
  const levels = [...new Set(plan.levels ?? task.levels.slice(0, 1))].sort((a, b) => a - b)
  for (const level of levels) {
    const plain = findTask(plan.task)
    const evaluation = await evaluateModel({
      folder,
      task: plain,
      problems: Array.from({ length: n }, (_, i) => plain.problem('validation', i, { level })),
      samples: 1,
      k: [1],
      temperature: 1,
      maxTokens: answerRoom(plain, level),
      seed,
      display,
      label: `${plan.task} level ${level}`,
    })
    const right = evaluation.samples.filter(({ verdict }) => verdict === 'right').length
    rows.push({ level, n, right, truncated: evaluation.truncated, chance: plain.chance(level) })
  }
  const trainedTokens = readMetrics(dir).rows.at(-1)?.tokens ?? 0
  writeLevelResults(dir, { schema: 1, task: plan.task, seed: plan.seed, trainedTokens, steps: step, levels: rows })
}

function show(
  results: readonly LevelResults[],
  { out, command, json, io }: { out: string; command: string; json?: boolean; io: Shell['io'] },
): void {
  const picture = 'levels.svg'
  try {
    mkdirSync(out, { recursive: true })
  } catch (error) {
    throw writeError(error, out)
  }
  writeFileAtomic(join(out, picture), levelChart(results))
  const page = join(out, 'levels.md')
  writeFileAtomic(page, levelPage(results, { picture, command }))
  if (json) {
    const rows = results.map((result) => ({ ...result, ...levelTrend(result) }))
    io.out(`${JSON.stringify({ tasks: rows, page })}\n`)
    return
  }
  const cells = results.map((result) => {
    const { difference, trend } = levelTrend(result)
    const rates = result.levels.map((row) => passRate(row).value.toFixed(2)).join('  ')
    return [result.task, rates, formatEstimate(difference), trend]
  })
  io.out(`${textTable(['task', 'pass rate by level', 'easiest - hardest', ''], cells)}\npage  ${page}\n`)
}

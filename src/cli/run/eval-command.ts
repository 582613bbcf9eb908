// What `gradus eval` does: finds the model, here or on a server, the problems and the settings that go with it, and
// evaluates.
import { GradusError } from '../../base/error.ts'
import type { Knobs, Problem, Split, Task } from '../../contracts/index.ts'
import type { Evaluation } from '../../eval/index.ts'
import { basePresets } from '../../recipes/bases.ts'
import { promptTokens } from '../../rollout/index.ts'
import { formatDuration, formatEstimate } from '../../store/index.ts'
import { findTask, readDataset, readKnobs } from '../../tasks/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { engineSpec } from './engine-spec.ts'
import { evaluateModel, evaluateSampler, type ModelEvaluation } from './evaluate-model.ts'
import { processClock } from './host-facts.ts'
import { findModel, type ModelSource } from './model-source.ts'
import { isSettings, parseAssignments, type Settings } from './overrides.ts'
import { columnsOf, dataSource, inHashOrder, loadProblems, localData } from './problem-data.ts'
import { ProgressDisplay } from './progress.ts'
import { type DeviceName, type RunPlan, readPlan } from './run-plan.ts'
import { textTable } from './text-table.ts'

/** Options of the verb. */
export interface EvalOptions {
  readonly step?: number
  readonly task?: string
  readonly data?: string
  readonly columns?: string
  readonly levels?: readonly number[]
  readonly n: number
  readonly samples?: number
  readonly k: readonly number[]
  readonly temperature: number
  readonly seed: number
  readonly maxTokens?: number
  readonly split: Split
  /** Knobs of the task. */
  readonly set: readonly string[]
  readonly device?: DeviceName
  readonly engine?: string
  /** Of a model on a server: its name there, the folder of its tokenizer, and whether prompts are turns of a chat. */
  readonly name?: string
  readonly tokenizer?: string
  readonly chat?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `usage/...`, `data/...`, `store/no-checkpoint`, `model/...` */
export async function evalCommand(path: string, options: EvalOptions, shell: Shell): Promise<ExitCode> {
  const { io } = shell
  const started = processClock.nowMs()
  const remote = serverOf(path, options)
  const source = remote === undefined ? findModel(path, { step: options.step }) : undefined
  const plan = source?.run === undefined ? undefined : readPlan(source.run.dir)
  const task = findTask(options.task ?? plan?.task ?? missingTask(path))
  const display = new ProgressDisplay(io, processClock, options.quiet === true)
  const { k, samples = Math.max(...k) } = options
  if (samples < Math.max(...k)) {
    throw new GradusError(
      'usage/too-few-samples',
      `pass@${Math.max(...k)} needs ${Math.max(...k)} samples, not ${samples}`,
      {
        hint: 'Raise --samples or leave it out.',
      },
    )
  }
  const problems = await problemsOf(task, plan, options, display)
  const maxTokens = options.maxTokens ?? maxTokensOf(plan) ?? presetTokens(task)
  const { temperature, seed, device = plan?.device, engine = plan?.engine } = options
  const named = source === undefined ? path : nameOf(source)
  const label = `evaluating ${named} on ${problems.length} problems`
  display.line(label)
  const how = { task, problems, samples, k, temperature, maxTokens, seed, display, label }
  const evaluation =
    source === undefined
      ? await evaluateServer(remote ?? path, options, how)
      : await evaluateModel({ folder: source.folder, engine, device, ...how })
  const seconds = Math.round((processClock.nowMs() - started) / 10) / 100
  const estimates = Object.entries(evaluation.k).map(
    ([key, { value, low, high }]) => [key, { value, low, high }] as const,
  )
  if (options.json) {
    const result = { task: task.id, n: evaluation.n, k: Object.fromEntries(estimates), seconds }
    io.out(`${JSON.stringify(result)}\n`)
    return exitCodes.ok
  }
  const total = evaluation.samples.length
  const notes = (['truncated', 'undecided', 'failed'] as const)
    .filter((name) => evaluation[name] > 0)
    .map((name) => `${evaluation[name]} of ${total} samples ${name}`)
  io.out(
    [
      `${named} on ${task.id}: ${evaluation.n} problems, ${total / evaluation.n} samples each, temperature ${temperature}, ${formatDuration(seconds)}`,
      textTable(
        ['', 'value [95 %]'],
        estimates.map(([key, value]) => [`pass@${key}`, formatEstimate(value)]),
      ),
      ...notes,
      '',
    ].join('\n'),
  )
  return exitCodes.ok
}

async function problemsOf(
  task: Task,
  plan: RunPlan | undefined,
  { data: named, columns: mapping, levels, n, split, set }: EvalOptions,
  display: ProgressDisplay,
): Promise<readonly Problem[]> {
  if (named !== undefined) {
    const data = await localData(named, (line) => display.line(line))
    const columns = mapping === undefined ? undefined : columnsOf(mapping)
    const { sha256 } = dataSource(data, levels)
    // The run's own file: only what it was not trained on counts.
    if (plan?.data?.sha256 === sha256) {
      const { held } = await loadProblems({ ...plan.data, path: data, ...(levels && { levels }) }, task)
      display.line(`${data} is what the run was trained on: only the ${held.length} rows held out are used`)
      return held.slice(0, n)
    }
    return inHashOrder(await readDataset(data, task, { levels, split, columns })).slice(0, n)
  }
  const planned = plan?.task === task.id && isSettings(plan.config.knobs) ? (plan.config.knobs as Knobs) : {}
  const knobs = { ...planned, ...(parseAssignments(set) as Knobs) }
  readKnobs(task.id, task.knobs, knobs)
  const asked = levels ?? (plan?.task === task.id && knobs.level === undefined ? plan.levels : null)
  return Array.from({ length: n }, (_, i) =>
    task.problem(split, i, asked === null ? knobs : { ...knobs, level: asked[i % asked.length] }),
  )
}

function maxTokensOf(plan: RunPlan | undefined): number | undefined {
  const config: Settings = plan?.config ?? {}
  const value = isSettings(config.rollout) ? config.rollout.maxTokens : config.maxTokens
  return typeof value === 'number' ? value : undefined
}

/** The address of an OpenAI-compatible server, where the path is one. @throws `usage/...` */
function serverOf(path: string, { step, engine, name, tokenizer, chat }: EvalOptions): string | undefined {
  const isServer = /^(?:openai|tinker|https?):/.test(path)
  if (!isServer) {
    const stray = name !== undefined ? 'name' : tokenizer !== undefined ? 'tokenizer' : chat ? 'chat' : undefined
    if (stray === undefined) return undefined
    throw new GradusError('usage/bad-option', `--${stray} is for a model on a server, and ${path} is a path`, {
      hint: 'Give the address, such as gradus eval openai:http://127.0.0.1:8000 --task T.',
    })
  }
  if (step !== undefined || engine !== undefined) {
    throw new GradusError(
      'usage/bad-option',
      `--${step === undefined ? 'engine' : 'step'} is not for a server's model`,
      {
        hint: 'The server has one version of it, and is the engine.',
      },
    )
  }
  const spec = engineSpec(/^https?:/.test(path) ? `openai:${path}` : path)
  if (spec.kind === 'openai') return spec.url
  throw new GradusError('usage/bad-option', `${path} needs the folder of a model`, {
    hint: `Its tokenizer is read here: gradus eval FOLDER --engine ${path} --task T.`,
  })
}

async function evaluateServer(
  url: string,
  { name, tokenizer, chat }: EvalOptions,
  how: ModelEvaluation,
): Promise<Evaluation> {
  const { openaiSampler } = await import('../../engine/remote/openai/index.ts')
  const sampler = await openaiSampler({ url, model: name, tokenizer, ...(chat && { endpoint: 'chat' as const }) })
  return evaluateSampler(sampler, { ...how, encode: (problem) => promptTokens(sampler.vocab, problem) })
}

const presetTokens = (task: Task): number => basePresets.find((preset) => preset.task === task.id)?.maxTokens ?? 256

function nameOf({ folder, run }: ModelSource): string {
  return run === undefined ? folder : `${run.dir} at step ${run.step}`
}

function missingTask(path: string): never {
  throw new GradusError('usage/no-task', `${path} does not say which task it is for`, { hint: 'Name one with --task.' })
}

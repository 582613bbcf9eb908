// What `gradus eval` does: finds the model, here or on a server, the problems and the settings that go with it, and
// evaluates.
import { GradusError } from '../../base/error.ts'
import type { Json } from '../../base/json.ts'
import type { Knobs, Problem, Split, Task } from '../../contracts/index.ts'
import { type Conditions, type Evaluation, problemsHash } from '../../eval/index.ts'
import { basePresets } from '../../recipes/bases.ts'
import { promptTokens } from '../../rollout/index.ts'
import { findTask, hasSplit, readDataset, readKnobs } from '../../tasks/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { answerClassesOf } from './answer-classes.ts'
import { engineSpec } from './engine-spec.ts'
import { evalJson, evalText, resultOf } from './eval-output.ts'
import { evaluateModel, evaluateSampler, type ModelEvaluation } from './evaluate-model.ts'
import { writeEvaluationFile } from './evaluation-file.ts'
import { processClock } from './host-facts.ts'
import { findModel, type ModelSource } from './model-source.ts'
import { prepareOutputFile } from './output-file.ts'
import { isSettings, parseKnobs, type Settings } from './overrides.ts'
import { columnsOf, dataSource, inHashOrder, loadProblems, localData } from './problem-data.ts'
import { ProgressDisplay } from './progress.ts'
import { type DeviceName, type RunPlan, readPlan } from './run-plan.ts'
import type { TableFormat } from './table-format.ts'

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
  /** Values of k of maj@k; default those of `k` above 1, where the task's answers can be clustered. */
  readonly maj?: readonly number[]
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
  readonly format: TableFormat
  /** File for the result; the samples go beside it. */
  readonly out?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `usage/...`, `data/...`, `store/no-checkpoint`, `model/...` */
export async function evalCommand(path: string, options: EvalOptions, shell: Shell): Promise<ExitCode> {
  const { io } = shell
  const started = processClock.nowMs()
  const format = options.json ? 'json' : options.format
  const { k, maj, out, samples = Math.max(...k, ...(maj ?? [])) } = options
  requireSamples(samples, options)
  const remote = serverOf(path, options)
  const source = remote === undefined ? findModel(path, { step: options.step }) : undefined
  const plan = source?.run === undefined ? undefined : readPlan(source.run.dir)
  const task = findTask(options.task ?? plan?.task ?? missingTask(path))
  const display = new ProgressDisplay(io, processClock, options.quiet === true)
  const { problems, ...asked } = await problemsOf(task, plan, options, display)
  const classesOf = await answerClassesOf(task, problems[0])
  if (out !== undefined) prepareOutputFile(out, '--out', 'result.json')
  const maxTokens = options.maxTokens ?? maxTokensOf(plan) ?? presetTokens(task)
  const { temperature, seed, device = plan?.device, engine = plan?.engine } = options
  const name = source === undefined ? path : nameOf(source)
  const label = `evaluating ${name} on ${problems.length} problems`
  display.line(label)
  const votes = votesOf(task, classesOf !== undefined, samples, options)
  const how = { task, problems, samples, k, classesOf, temperature, maxTokens, seed, display, label }
  const evaluation =
    source === undefined
      ? await evaluateServer(remote ?? path, options, how)
      : await evaluateModel({ folder: source.folder, engine, device, ...how })
  const seconds = Math.round((processClock.nowMs() - started) / 10) / 100
  const conditions: Conditions = {
    task: task.id,
    n: problems.length,
    problems: problemsHash(problems.map(({ id }) => id)),
    ...asked,
    k,
    samples,
    temperature,
    maxTokens,
    prompt: options.chat ? 'chat' : 'tokens',
  }
  const report = { name, step: source?.run?.step, evaluation, conditions, maj: votes, seed, seconds }
  if (out !== undefined) {
    writeEvaluationFile(out, resultOf(report), evaluation.samples)
    display.line(`wrote ${out}`)
  }
  io.out(format === 'json' ? evalJson(report) : evalText(report, format))
  return exitCodes.ok
}

function requireSamples(samples: number, { k, maj = [] }: EvalOptions): void {
  const [name, most] = Math.max(...maj) > Math.max(...k) ? ['maj', Math.max(...maj)] : ['pass', Math.max(...k)]
  if (samples >= most) return
  throw new GradusError('usage/too-few-samples', `${name}@${most} needs ${most} samples, not ${samples}`, {
    hint: 'Raise --samples or leave it out.',
  })
}

// majAtK counts subsets exactly, for up to this many samples.
const mostVotes = 1000

/** The values of k of maj@k. @throws `usage/no-votes` where some are asked for and there can be none */
function votesOf(task: Task, hasClasses: boolean, samples: number, { k, maj }: EvalOptions): readonly number[] {
  if (hasClasses && samples <= mostVotes) return maj ?? k.filter((one) => one > 1)
  if (maj === undefined) return []
  const why = hasClasses ? `${samples} samples are too many` : `answers of ${task.id} cannot be told apart`
  throw new GradusError('usage/no-votes', `maj@${maj[0]} cannot be estimated: ${why}`, {
    hint: `Votes need an answer in a box or after the last #, and at most ${mostVotes} samples. Leave --maj out.`,
  })
}

/** Problems, and what of the conditions comes with them. */
interface AskedProblems extends Pick<Conditions, 'split' | 'data' | 'knobs' | 'levels'> {
  readonly problems: readonly Problem[]
}

async function problemsOf(
  task: Task,
  plan: RunPlan | undefined,
  { data: named, columns: mapping, levels, n, split, set }: EvalOptions,
  display: ProgressDisplay,
): Promise<AskedProblems> {
  if (named !== undefined) {
    const data = await localData(named, (line) => display.line(line))
    const columns = mapping === undefined ? undefined : columnsOf(mapping)
    const { sha256 } = dataSource(data, levels)
    // The run's own file: only what it was not trained on counts. A folder may have files that no run is trained on.
    const isApart = split !== 'train' && hasSplit(data, split)
    if (plan?.data?.sha256 === sha256 && !isApart) {
      const { held } = await loadProblems({ ...plan.data, path: data, ...(levels && { levels }) }, task)
      display.line(`${data} is what the run was trained on: only the ${held.length} rows held out are used`)
      const kept = levels ?? plan.data.levels
      return { problems: held.slice(0, n), split: 'held-out', data: sha256, ...(kept && { levels: kept }) }
    }
    const problems = inHashOrder(await readDataset(data, task, { levels, split, columns })).slice(0, n)
    return { problems, split, data: sha256, ...(levels && { levels }) }
  }
  const planned = plan?.task === task.id && isSettings(plan.config.knobs) ? (plan.config.knobs as Knobs) : {}
  const knobs = { ...planned, ...parseKnobs(set) }
  readKnobs(task.id, task.knobs, knobs)
  const asked = levels ?? (plan?.task === task.id && knobs.level === undefined ? plan.levels : null)
  const problems = Array.from({ length: n }, (_, i) =>
    task.problem(split, i, asked === null ? knobs : { ...knobs, level: asked[i % asked.length] }),
  )
  return { problems, split, knobs: knobs as Readonly<Record<string, Json>>, ...(asked && { levels: asked }) }
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

// Runs the stages of a recipe over one run directory: opens models, steps, evaluates, checkpoints, resumes. Everything
// that must survive a kill is in the checkpoint; everything said goes to the sink.
import { hash32, type StreamKey, stream } from '../base/rng.ts'
import type {
  Clock,
  Host,
  MetricName,
  RunSink,
  RunState,
  Sampler,
  Stage,
  StepContext,
  Task,
  Trainer,
  Vocab,
} from '../contracts/index.ts'
import { evaluate } from '../eval/evaluate.ts'
import { promptTokens } from '../rollout/index.ts'
import { KeyedHistory } from './history.ts'
import { runStep, type StepResult } from './loop.ts'
import { refuseAllFailed } from './refuse-all-failed.ts'
import { rolloutRows } from './rollout-rows.ts'

/** What a run is made of. */
export interface RecipeRun {
  readonly stages: readonly Stage[]
  readonly task: Task
  readonly host: Host
  readonly vocab: Vocab
  /** Folder of the model that the first stage starts from. */
  readonly base: string
  readonly seed: number
  readonly sink: RunSink
  readonly clock: Clock
  readonly signal: AbortSignal
  /** True when the run should checkpoint after this step and end. */
  readonly stopRequested: () => boolean
  /** The checkpoint to go on from. */
  readonly resumed?: { readonly folder: string; readonly state: RunState }
  readonly onProgress?: (progress: RunProgress) => void
}

/** Where a run is, for whoever watches. */
export interface RunProgress {
  /** `evaluate` while samples of an evaluation come in, `evaluated` with its scores. */
  readonly phase: 'step' | 'evaluate' | 'evaluated'
  readonly stage: string
  /** Over all stages, from 1. */
  readonly step: number
  readonly steps: number
  readonly metrics: Readonly<Record<string, number>>
  readonly fraction?: number
}

/** How a run ended. `folder` is its last checkpoint. */
export interface RunOutcome {
  readonly status: 'done' | 'interrupted'
  readonly folder: string
  readonly step: number
}

/** Runs from the beginning or from a checkpoint. @throws `train/not-finite`, `train/all-failed`, `engine/...`, `store/...` */
export async function runRecipe(run: RecipeRun): Promise<RunOutcome> {
  const history = new KeyedHistory(run.resumed?.state.data.history as Record<string, never> | undefined)
  const totals: Totals = {
    step: run.resumed?.state.step ?? 0,
    tokens: run.resumed?.state.tokens ?? 0,
    sampled: (run.resumed?.state.data.sampled as number | undefined) ?? 0,
    time_s: run.resumed?.state.time_s ?? 0,
  }
  const steps = run.stages.reduce((sum, stage) => sum + stage.steps, 0)
  let folder = run.resumed?.folder ?? run.base
  let start = (run.resumed?.state.data.stage as StageStart | undefined) ?? { index: 0, step: 0, tokens: 0 }
  for (const [index, stage] of run.stages.entries()) {
    if (index < start.index) continue
    const loop = new StageLoop(run, stage, { start, steps, history, totals })
    folder = await loop.run(folder)
    if (loop.interrupted) return { status: 'interrupted', folder, step: totals.step }
    start = nextStart(start, totals)
  }
  return { status: 'done', folder, step: totals.step }
}

/** Where a stage began; a type, since it is saved as JSON. */
type StageStart = {
  readonly index: number
  /** Steps and trained tokens of the stages before. */
  readonly step: number
  readonly tokens: number
}

const nextStart = ({ index }: StageStart, { step, tokens }: Totals): StageStart => ({ index: index + 1, step, tokens })

interface Totals {
  step: number
  tokens: number
  sampled: number
  time_s: number
}

interface StagePlace {
  readonly start: StageStart
  /** Steps of all stages, at most. */
  readonly steps: number
  readonly history: KeyedHistory
  readonly totals: Totals
}

/** One stage under way: owns its models for as long as it runs. */
class StageLoop {
  interrupted = false
  readonly #run: RecipeRun
  readonly #stage: Stage
  readonly #place: StagePlace
  #lastMs: number

  constructor(run: RecipeRun, stage: Stage, place: StagePlace) {
    this.#run = run
    this.#stage = stage
    this.#place = place
    this.#lastMs = run.clock.nowMs()
  }

  /** Runs to the end of the stage or to an interruption; gives the folder of its last checkpoint. */
  async run(from: string): Promise<string> {
    const { host, base, sink, resumed } = this.#run
    const { totals, start } = this.#place
    const stage = this.#stage
    const continues = resumed !== undefined && totals.step > start.step
    let folder = stage.from === 'base' && !continues ? base : from
    const trainer = await host.trainer(folder, stage.update, { resume: continues })
    const others: Record<string, Sampler> = {}
    try {
      for (const [role, model] of Object.entries(stage.needs ?? {}))
        others[role] = await host.sampler(model === 'base' ? base : model.folder)
      if (totals.step === 0 && !resumed) {
        const scores = await this.#timed('evaluate', () => this.#evaluate(trainer, 0))
        if (Object.keys(scores).length > 0) this.#writeRow(scores)
        folder = await this.#checkpoint(trainer, start)
      }
      while (this.#progress() < 1) {
        const result = await runStep(stage, this.#setting(trainer, others))
        // Every step begins alike, after a resume as well: what a sampler remembers may change the last bit of a result.
        for (const sampler of Object.values(others)) sampler.forget?.()
        refuseAllFailed(result, totals.step + 1)
        totals.step++
        this.#account(result)
        for (const { phase, start: began, ms } of result.spans) sink.span(phase, began, ms)
        const last = this.#progress() >= 1
        const due = (every: number): boolean => every > 0 && (totals.step - start.step) % every === 0
        if (due(stage.recordEvery ?? 0)) sink.rollouts(totals.step, rolloutRows(result.groups))
        const evaluates = stage.evaluation && (last || due(stage.evaluation.every))
        const scores = evaluates ? await this.#timed('evaluate', () => this.#evaluate(trainer, totals.step)) : {}
        this.#writeRow({ ...result.metrics, ...scores })
        this.interrupted = this.#run.stopRequested() && !(last && start.index === this.#run.stages.length - 1)
        if (last || this.interrupted || due(stage.checkpointEvery))
          folder = await this.#checkpoint(trainer, last ? nextStart(start, totals) : start)
        if (this.interrupted) break
      }
    } finally {
      for (const sampler of Object.values(others)) await sampler.dispose()
      await trainer.dispose()
    }
    return folder
  }

  /** Does a piece of work and writes down how long it took. */
  async #timed<T>(phase: string, work: () => Promise<T>): Promise<T> {
    const { clock, sink } = this.#run
    const began = clock.nowMs()
    const result = await work()
    sink.span(phase, began, clock.nowMs() - began)
    return result
  }

  /** Share of the stage that is done; 1 or more ends it. */
  #progress(): number {
    const { start, totals } = this.#place
    const { steps, tokens } = this.#stage
    const bySteps = (totals.step - start.step) / steps
    return tokens === undefined ? bySteps : Math.max(bySteps, (totals.tokens - start.tokens) / tokens)
  }

  #setting(trainer: Trainer, others: Record<string, Sampler>) {
    const { clock, signal, task, vocab, seed } = this.#run
    const { start, totals, history } = this.#place
    const rng: StepContext['rng'] = (purpose, ...key) => stream(seed, start.index, purpose, ...key)
    return {
      step: totals.step - start.step,
      progress: this.#progress(),
      clock,
      signal,
      task,
      vocab,
      history,
      rng,
      seed: (purpose: string, ...key: readonly StreamKey[]) => hash32([seed, start.index, purpose, ...key].join('/')),
      trainer,
      others,
    }
  }

  #elapsed(): number {
    const now = this.#run.clock.nowMs()
    const seconds = (now - this.#lastMs) / 1000
    this.#lastMs = now
    return seconds
  }

  #account({ metrics, tokens }: StepResult): void {
    const { totals, steps } = this.#place
    totals.tokens += tokens.trained
    totals.sampled += tokens.sampled
    this.#run.onProgress?.({ phase: 'step', stage: this.#stage.id, step: totals.step, steps, metrics })
  }

  /** The step's line of metrics, with the scores of its evaluation if it has one. */
  #writeRow(metrics: Readonly<Record<MetricName, number>>): void {
    const { totals } = this.#place
    totals.time_s += this.#elapsed()
    this.#run.sink.metrics({
      step: totals.step,
      time_s: totals.time_s,
      tokens: totals.tokens + totals.sampled,
      ...metrics,
      'tokens/seen': totals.tokens,
      'tokens/sampled': totals.sampled,
    })
  }

  /** `start` is where the stage began that goes on from here. */
  async #checkpoint(trainer: Trainer, start: StageStart): Promise<string> {
    const { sink } = this.#run
    const { totals, history } = this.#place
    totals.time_s += this.#elapsed()
    await this.#timed('save', () => trainer.save(sink.checkpointFolder(totals.step)))
    return sink.commitCheckpoint(totals.step, {
      step: totals.step,
      tokens: totals.tokens,
      time_s: totals.time_s,
      data: { sampled: totals.sampled, stage: start, history: history.save() },
    })
  }

  /** Evaluates, writes the result down and gives back its metrics. */
  async #evaluate(trainer: Trainer, step: number): Promise<Record<MetricName, number>> {
    const plan = this.#stage.evaluation
    if (!plan) return {}
    const { task, vocab, seed, signal, sink, onProgress } = this.#run
    const { steps } = this.#place
    const sampler = await trainer.sampler()
    try {
      const { samples, n, k, ...rest } = await evaluate({
        ...plan,
        sampler,
        task,
        signal,
        // The same draws at every step: curves then differ by the model alone.
        seedOf: (problem) => hash32(`${seed}/evaluation/${problem.id}`),
        encode: (problem) => promptTokens(vocab, problem),
        onSample: (done, total) =>
          onProgress?.({ phase: 'evaluate', stage: this.#stage.id, step, steps, metrics: {}, fraction: done / total }),
      })
      const rows = Object.fromEntries(
        Object.entries(k).map(([key, { value, low, high }]) => [key, { value, low, high }]),
      )
      sink.evaluation(
        task.id,
        step,
        { task: task.id, step, n, k: rows, ...rest, temperature: plan.temperature },
        samples,
      )
      const scores: Record<MetricName, number> = { [`eval/${task.id}/n`]: n }
      for (const [key, { value, low, high }] of Object.entries(rows)) {
        const name: MetricName = `eval/${task.id}/pass@${key}`
        Object.assign(scores, { [name]: value, [`${name}_low`]: low, [`${name}_high`]: high })
      }
      onProgress?.({ phase: 'evaluated', stage: this.#stage.id, step, steps, metrics: scores })
      return scores
    } finally {
      await sampler.dispose()
    }
  }
}

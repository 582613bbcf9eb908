// A job's log lines to rows of metrics: a pure function of the lines, so that reading a log again gives the same rows.
// Each step counts once, in rising order; the rest is counted, not lost in silence.
import type { MetricName, MetricRow } from '../../contracts/index.ts'
import type { LaunchPlan } from '../launch-plan.ts'
import { readGradusLine } from './gradus-line.ts'
import { trlNames, verlEvaluation, verlNames } from './their-names.ts'
import { readVerlLine } from './verl-line.ts'

/** What a line means for a run. */
export type Reading =
  | { readonly kind: 'row'; readonly row: MetricRow }
  /** A completion that was given a reward without a verdict. */
  | { readonly kind: 'unscored'; readonly verdict: string; readonly reason: string; readonly problem: string }
  | { readonly kind: 'serving'; readonly url: string; readonly node: string }

/** Reads the lines of one job, in order. */
export class RowReader {
  readonly #job: string
  readonly #plan: LaunchPlan
  #lastStep = -1
  #time = 0
  #tokens = 0
  #repeated = 0
  readonly #unmapped = new Set<string>()

  constructor(job: string, plan: LaunchPlan) {
    this.#job = job
    this.#plan = plan
  }

  /** The system's names that none of ours belongs to, so far. */
  get unmapped(): readonly string[] {
    return [...this.#unmapped].sort()
  }

  /** Steps that came again, or too late. */
  get repeated(): number {
    return this.#repeated
  }

  read(line: string): Reading | undefined {
    const said = readGradusLine(line, this.#job)
    if (said?.serving !== undefined) return { kind: 'serving', ...said.serving }
    if (said?.unscored !== undefined) {
      const { unscored, reason = '', problem = '' } = said
      return { kind: 'unscored', verdict: unscored, reason: reason.slice(0, 500), problem: problem.slice(0, 200) }
    }
    if (said?.step !== undefined) {
      const { num_tokens: tokens = this.#tokens } = said.metrics ?? {}
      return this.#row(said.step, said.time_s ?? this.#time, tokens, this.#renamed(said.metrics ?? {}, trlNames))
    }
    return this.#plan.system === 'verl' ? this.#verlRow(line) : undefined
  }

  #verlRow(line: string): Reading | undefined {
    const found = readVerlLine(line)
    // A completion that verl prints may hold such a line: it can at most name a step of this run.
    if (found === undefined || found.step > this.#steps()) return undefined
    const { 'timing_s/step': seconds = 0, 'perf/total_num_tokens': tokens = 0 } = found.metrics
    const names = verlNames(this.#estimator())
    const seen = this.#tokens + tokens
    const own = this.#renamed(found.metrics, names, (name) => verlEvaluation(name, this.#plan.task ?? ''))
    return this.#row(found.step, this.#time + seconds, seen, { ...own, ...(tokens > 0 && { 'tokens/seen': seen }) })
  }

  #row(step: number, time: number, tokens: number, metrics: Record<MetricName, number>): Reading | undefined {
    if (step <= this.#lastStep) {
      this.#repeated++
      return undefined
    }
    this.#lastStep = step
    this.#time = Math.max(this.#time, time)
    this.#tokens = Math.max(this.#tokens, tokens)
    return { kind: 'row', row: { step, time_s: this.#time, tokens: this.#tokens, ...metrics } }
  }

  #renamed(
    theirs: Readonly<Record<string, number>>,
    names: Readonly<Record<string, MetricName>>,
    more?: (name: string) => MetricName | undefined,
  ): Record<MetricName, number> {
    const ours: Record<MetricName, number> = {}
    for (const [name, value] of Object.entries(theirs)) {
      const own = Object.hasOwn(names, name) ? names[name] : more?.(name)
      if (own !== undefined) ours[own] = value
      else if (this.#unmapped.size < 200) this.#unmapped.add(name.slice(0, 100))
    }
    return ours
  }

  #steps(): number {
    const { schedule } = this.#plan.config as { schedule?: { steps?: unknown } }
    return typeof schedule?.steps === 'number' ? schedule.steps : Number.POSITIVE_INFINITY
  }

  #estimator(): 'k1' | 'k2' | 'k3' {
    const { klEstimator } = this.#plan.config
    return klEstimator === 'k1' || klEstimator === 'k2' ? klEstimator : 'k3'
  }
}

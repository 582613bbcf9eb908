// Where a run is, on stderr: one line that is redrawn on a terminal, a plain line now and then elsewhere.
import type { Alert, Clock } from '../../contracts/index.ts'
import { formatDuration, formatEstimate, formatNumber } from '../../store/index.ts'
import type { RunProgress } from '../../train/index.ts'
import type { Io } from '../io.ts'

/** Seconds between plain lines, and between drawings of the live line. */
const plainEvery = 5
const liveEvery = 0.1

/** Shows progress; silent when `quiet`. */
export class ProgressDisplay {
  readonly #io: Io
  readonly #clock: Clock
  readonly #quiet: boolean
  #isDrawn = false
  #lastMs = Number.NEGATIVE_INFINITY
  /** First step that this process finished, and when: what the time left is reckoned from. */
  #since: { step: number; ms: number } | undefined
  #label = ''
  #mark = ''

  constructor(io: Io, clock: Clock, quiet: boolean) {
    this.#io = io
    this.#clock = clock
    this.#quiet = quiet
  }

  /** A new run begins. `isBase` steps are counted apart, so that `step 1/` always is the recipe's own first step. */
  begin(label: string, { isBase = false }: { isBase?: boolean } = {}): void {
    this.#label = label
    this.#mark = isBase ? '' : 'step '
    this.#since = undefined
    this.#lastMs = Number.NEGATIVE_INFINITY
  }

  /** Shows where the run is. */
  update(progress: RunProgress): void {
    if (this.#quiet) return
    const now = this.#clock.nowMs()
    if (progress.phase === 'evaluated') {
      this.line(`${this.#label}  ${this.#place(progress)}  ${scoresOf(progress)}`)
      return
    }
    const isFirst = progress.phase === 'step' && progress.step === 1
    if (progress.phase === 'step') this.#since ??= { step: progress.step, ms: now }
    const every = this.#io.isLive ? liveEvery : plainEvery
    const isDue = now - this.#lastMs >= every * 1000
    if (this.#io.isLive) {
      if (isDue) this.#draw(this.#text(progress, now))
    } else if (isFirst || (isDue && progress.phase === 'step')) this.line(this.#text(progress, now))
    else return
    if (isDue || isFirst) this.#lastMs = now
  }

  /** Work that is counted in shares, such as an evaluation. */
  share(what: string, fraction: number): void {
    if (this.#quiet || !this.#io.isLive) return
    const now = this.#clock.nowMs()
    if (now - this.#lastMs < liveEvery * 1000) return
    this.#lastMs = now
    this.#draw(`${what}  ${Math.floor(fraction * 100)} %`)
  }

  /** A trouble of the run, with advice. */
  alert(alert: Pick<Alert, 'name' | 'step' | 'message' | 'hint'>): void {
    this.line(`alert[${alert.name}] at step ${alert.step}: ${alert.message}. ${alert.hint}`)
  }

  /** A line that stays. */
  line(text: string): void {
    if (this.#quiet) return
    this.clear()
    this.#io.err(`${text}\n`)
  }

  /** Takes the live line away. */
  clear(): void {
    if (!this.#isDrawn) return
    this.#io.err('\r\u001b[2K')
    this.#isDrawn = false
  }

  #draw(text: string): void {
    // One column is left free: a full line would wrap and could not be redrawn.
    const fitting = [...text].slice(0, Math.max(10, this.#io.columns - 1)).join('')
    this.#io.err(`\r\u001b[2K${this.#io.hasColour ? `\u001b[36m${fitting}\u001b[39m` : fitting}`)
    this.#isDrawn = true
  }

  #place({ step, steps }: RunProgress): string {
    return `${this.#mark}${step}/${steps}`
  }

  #text(progress: RunProgress, now: number): string {
    const place = `${this.#label}  ${this.#place(progress)}`
    if (progress.phase === 'evaluate') return `${place}  evaluating ${Math.floor((progress.fraction ?? 0) * 100)} %`
    return [place, ...measuresOf(progress.metrics), ...this.#timeLeft(progress, now)].join('  ')
  }

  #timeLeft({ step, steps }: RunProgress, now: number): readonly string[] {
    if (this.#since === undefined || step <= this.#since.step || step >= steps) return []
    const perStep = (now - this.#since.ms) / 1000 / (step - this.#since.step)
    return [`${formatDuration(perStep * (steps - step))} left`]
  }
}

const shown: readonly (readonly [string, (value: number) => string])[] = [
  ['reward/mean', (value) => `reward ${value.toFixed(3)}`],
  ['sft/nll', (value) => `nll ${value.toFixed(3)}`],
  ['completion/length_mean', (value) => `length ${value.toFixed(1)}`],
  ['perf/sample_tok_per_s', (value) => `${formatNumber(value)} tok/s sampled`],
  ['perf/train_tok_per_s', (value) => `${formatNumber(value)} tok/s trained`],
]

function measuresOf(metrics: RunProgress['metrics']): readonly string[] {
  return shown.flatMap(([name, format]) => (metrics[name] === undefined ? [] : [format(metrics[name])]))
}

function scoresOf({ metrics }: RunProgress): string {
  return Object.entries(metrics)
    .filter(([name]) => /pass@\d+$/.test(name))
    .map(([name, value]) => {
      const estimate = { value, low: metrics[`${name}_low`], high: metrics[`${name}_high`] }
      return `${name.split('/').at(-1)} ${formatEstimate(estimate)}`
    })
    .join('  ')
}

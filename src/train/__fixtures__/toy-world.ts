// A world for runs of recipes without an engine: a model is two numbers, folders and logs are in memory, and everything
// that happens can be the last thing before a kill.
import { stream } from '../../base/rng.ts'
import type {
  Checkpoint,
  Example,
  Host,
  LossReport,
  Problem,
  RunSink,
  RunState,
  Sample,
  SampleEvent,
  SampleRequest,
  Sampler,
  Stage,
  Task,
  Trainer,
  Vocab,
} from '../../contracts/index.ts'
import { type RunOutcome, type RunProgress, runRecipe } from '../run-recipe.ts'
import { problemOf } from './rollouts.ts'

/** Thrown by whatever happens after the last allowed happening. */
export class Killed extends Error {}

/** Weights and the optimiser's memory. */
interface ToyModel {
  readonly weight: number
  readonly momentum: number
}

interface ToyCheckpoint {
  readonly folder: string
  /** JSON, as on a disk. */
  readonly state: string
  /** Lines of the log when it was made; a resume cuts it back to that. */
  readonly lines: number
}

/** One line of what a sink was told. */
export interface LogLine {
  readonly kind: 'metrics' | 'rollouts' | 'evaluation'
  readonly step: number
  readonly data: unknown
}

const vocab = { size: 8, eos: 0, pad: 0, encode: () => Int32Array.of(1, 2), decode: () => '' } as unknown as Vocab

/** A completion is right when it says so. */
const task = {
  id: 'toy',
  verify: (_problem: Problem, text: string) => ({ kind: text, score: text === 'right' ? 1 : 0, reason: '' }),
} as unknown as Task

/** Problems of the world, told apart by their ids. */
export const toyProblems = (count: number): Problem[] =>
  Array.from({ length: count }, (_, i) => problemOf(`problem-${i}`))

/** How one attempt goes. */
export interface Attempt {
  /** Happenings before the kill; default any number. */
  readonly lifetime?: number
  readonly stopAfter?: number
}

/** Everything that outlives an attempt. */
export class ToyWorld {
  readonly folders = new Map<string, ToyModel>([['base', { weight: 0.25, momentum: 3 }]])
  readonly checkpoints: ToyCheckpoint[] = []
  readonly log: LogLine[] = []
  /** Which folders were opened for training, and whether with the optimiser's state. */
  readonly opened: { readonly folder: string; readonly resume: boolean }[] = []
  /** Coefficients of every forward-backward pass. */
  readonly coefficients: Readonly<Record<string, number>>[] = []
  /** Phases that were timed, in the order of their ends. */
  readonly phases: string[] = []
  /** Models that were opened and not disposed of. */
  open = 0
  happened = 0
  readonly #stages: () => readonly Stage[]

  constructor(stages: () => readonly Stage[]) {
    this.#stages = stages
  }

  /** Runs from the last checkpoint to the end, an interruption or the kill. */
  async attempt({ lifetime = Number.POSITIVE_INFINITY, stopAfter }: Attempt = {}): Promise<RunOutcome> {
    this.happened = 0
    const happen = (): void => {
      if (this.happened++ >= lifetime) throw new Killed()
    }
    const last = this.checkpoints.at(-1)
    this.log.length = last?.lines ?? 0
    let at: RunProgress | undefined
    return runRecipe({
      stages: this.#stages(),
      task,
      host: this.#host(happen),
      vocab,
      base: 'base',
      seed: 1,
      sink: this.#sink(happen),
      clock: { nowMs: () => 0, iso: () => '' },
      signal: new AbortController().signal,
      stopRequested: () => stopAfter !== undefined && (at?.step ?? 0) >= stopAfter,
      ...(last && { resumed: { folder: last.folder, state: JSON.parse(last.state) as RunState } }),
      onProgress: (progress) => {
        at = progress
      },
    })
  }

  /** What a run leaves: lines, checkpoints with their states, and the models in them. */
  result() {
    const models = this.checkpoints.map(({ folder }) => [folder, this.folders.get(folder)])
    return { log: this.log, checkpoints: this.checkpoints, models }
  }

  /** A metric over the steps that have it. */
  metric(name: string): number[] {
    const rows = this.log.filter(({ kind }) => kind === 'metrics').map(({ data }) => data as Record<string, number>)
    return rows.flatMap((row) => (name in row ? [row[name]] : []))
  }

  #host(happen: () => void): Host {
    const stored = (folder: string): ToyModel => {
      const model = this.folders.get(folder)
      if (!model) throw new Error(`no model in ${folder}`)
      return model
    }
    return {
      trainer: async (folder, _update, { resume }) => {
        happen()
        this.opened.push({ folder, resume })
        const { weight, momentum } = stored(folder)
        return this.#trainer({ weight, momentum: resume ? momentum : 0 }, happen)
      },
      sampler: async (folder) => this.#sampler(stored(folder).weight, happen),
    }
  }

  #trainer(start: ToyModel, happen: () => void): Trainer {
    let { weight, momentum } = start
    let gradient = 0
    this.open++
    return {
      id: 'toy',
      forward: async () => ({ total: 0, report: {}, lossTokens: 0, tokens: 0, skipped: 0 }),
      forwardBackward: async (batch, _loss, coefficients = {}): Promise<LossReport> => {
        happen()
        this.coefficients.push(coefficients)
        const total = totalOf(batch)
        gradient += total + weight / 8
        const tokens = batch.flatMap(({ sequences }) => sequences).reduce((sum, { ids }) => sum + ids.length, 0)
        return { total, report: {}, lossTokens: tokens, tokens, skipped: 0 }
      },
      optimStep: async ({ lr }) => {
        happen()
        momentum = 0.5 * momentum + gradient
        weight += lr * momentum
        gradient = 0
        return { gradNorm: Math.abs(momentum) }
      },
      sampler: async () => this.#sampler(weight, happen),
      save: async (folder): Promise<Checkpoint> => {
        happen()
        this.folders.set(folder, { weight, momentum })
        return { path: folder }
      },
      load: async () => {},
      dispose: async () => {
        this.open--
      },
    }
  }

  /** Samples depend on the weight and the request alone. */
  #sampler(weight: number, happen: () => void): Sampler {
    this.open++
    const sampleOf = ({ seed }: SampleRequest, index: number): Sample => {
      const rng = stream('toy-sample', weight, seed, index)
      const length = 1 + rng.int(3)
      const text = rng.next() < 1 / (1 + Math.exp(-weight)) ? 'right' : 'wrong'
      return { ids: new Int32Array(length).fill(3), text, stop: 'eos', logprobs: new Float32Array(length).fill(weight) }
    }
    return {
      async *sample(requests): AsyncGenerator<SampleEvent> {
        happen()
        for (const [request, wanted] of requests.entries())
          for (let index = 0; index < (wanted.n ?? 1); index++)
            yield { request, index, sample: sampleOf(wanted, index) }
      },
      dispose: async () => {
        this.open--
      },
    } as Partial<Sampler> as Sampler
  }

  #sink(happen: () => void): RunSink {
    const write = (kind: LogLine['kind'], step: number, data: unknown): void => {
      happen()
      this.log.push({ kind, step, data: JSON.parse(JSON.stringify(data)) })
    }
    return {
      metrics: (row) => {
        write('metrics', row.step, row)
        return []
      },
      event: () => {},
      span: (phase) => {
        this.phases.push(phase)
      },
      rollouts: (step, rows) => write('rollouts', step, rows),
      evaluation: (_name, step, result, samples) => write('evaluation', step, { result, samples }),
      checkpointFolder: (step) => {
        happen()
        return `unfinished-${step}`
      },
      commitCheckpoint: (step, state) => {
        happen()
        const folder = `checkpoint-${step}`
        const model = this.folders.get(`unfinished-${step}`)
        if (model) this.folders.set(folder, model)
        this.checkpoints.push({ folder, state: JSON.stringify(state), lines: this.log.length })
        return folder
      },
      alert: () => {},
    }
  }
}

/** A number that depends on every id, weight and advantage of a batch. */
function totalOf(batch: readonly Example[]): number {
  let total = 0
  for (const { sequences } of batch)
    for (const { ids, fields } of sequences)
      for (const [t, weight] of fields.weights.data.entries())
        total += weight * ((fields.advantages?.data[t] ?? 0) + ids.length / 16)
  return total
}

// A folder of runs whose checkpoints hold tiny models that read and write chain arithmetic, a world over it, and requests to
// the routes that sample and score.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stream } from '../../../base/rng.ts'
import type { RolloutRow, SampleRequest, Sampler } from '../../../contracts/index.ts'
import { tinyConfig } from '../../../engine/__fixtures__/tiny-model.ts'
import { saveModel } from '../../../engine/checkpoint.ts'
import { type EmbeddedModel, embeddedModel } from '../../../engine/embedded-model.ts'
import { decoderParams } from '../../../model/param-spec.ts'
import { initialise, WeightArena } from '../../../model/weight-arena.ts'
import { quickFs, tickingClock } from '../../../store/__fixtures__/toy-run.ts'
import { createRun, readRunInfo } from '../../../store/index.ts'
import { charTokenizer, type Tokenizer } from '../../../text/index.ts'
import { createApp } from '../../http/app.ts'
import { Traffic } from '../../http/traffic.ts'
import type { SampleEvent } from '../api.ts'
import type { LoadedModel } from '../playground/sample-desk.ts'
import { type DashboardApp, type DashboardWorld, runDirectory } from '../world.ts'

export const digits = charTokenizer('0123456789+-*%=;#')

/** A model with random weights. */
export function digitModel(seed = 1, maxPositions = 128): EmbeddedModel {
  const config = { ...tinyConfig, vocabSize: digits.size, maxPositions }
  const arena = new WeightArena(decoderParams(config))
  initialise(arena, config, stream(seed, 'digit-model'))
  return embeddedModel(config, arena, digits, { threads: 1 })
}

/** What a run of the folder is. */
export interface SampleRunOptions {
  readonly task?: string
  readonly config?: Readonly<Record<string, unknown>>
  /** Steps with a checkpoint; the weights of each are named by its step. */
  readonly checkpoints?: readonly number[]
  readonly rollouts?: Readonly<Record<number, readonly RolloutRow[]>>
}

/** A folder of runs. */
export class SampleFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'gradus-sample-'))
  readonly #names: string[] = []

  async add(name: string, options: SampleRunOptions = {}): Promise<string> {
    const { task = 'chain-arithmetic', config = {}, checkpoints = [], rollouts = {} } = options
    const dir = join(this.root, name)
    const run = createRun({ dir, recipe: 'grpo', task, config, seeds: [1], clock: tickingClock(), fs: quickFs })
    for (const [step, rows] of Object.entries(rollouts)) run.sink.rollouts(Number(step), rows)
    for (const step of checkpoints) {
      await saveModel(run.sink.checkpointFolder(step), digitModel(step))
      run.sink.commitCheckpoint(step, { step, tokens: 0, time_s: 0, data: {} })
    }
    run.close('done', 'all steps done')
    this.#names.push(name)
    return dir
  }

  get world(): DashboardWorld {
    return {
      root: this.root,
      clock: tickingClock(),
      dirOf: (run) => runDirectory(this.root, run),
      runs: () => ({
        runs: this.#names.map((run) => ({ run, dir: join(this.root, run), info: readRunInfo(join(this.root, run)) })),
        unreadable: [],
      }),
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** An answer that is JSON. */
export interface JsonAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where that is not there.
  readonly body: any
}

export const jsonOf = async (reply: Response): Promise<JsonAnswer> => ({
  status: reply.status,
  body: await reply.json(),
})

/** An app with some routes. */
export function appWith(mount: (app: DashboardApp) => void) {
  const traffic = new Traffic()
  const logged: string[] = []
  const app = createApp({ groups: [{ id: 'test', mount }], traffic, log: (line) => logged.push(line) })
  return {
    app,
    traffic,
    logged,
    /** Status and body of an answer. */
    get: async (path: string): Promise<JsonAnswer> => jsonOf(await app.request(path)),
    post: async (body: unknown, init: RequestInit = {}): Promise<Response> =>
      app.request('/api/sample', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...init,
      }),
  }
}

/** The events of a stream. */
export const eventsOf = (text: string): SampleEvent[] =>
  text
    .split('\n\n')
    .filter((part) => part !== '')
    .map((part) => JSON.parse(part.slice('data: '.length)))

/** A model that writes given texts, one a sample, and waits for `gate` before each token. */
export function scripted(texts: readonly string[], tokenizer: Tokenizer = digits, gate = async () => {}): LoadedModel {
  const sampler: Sampler = {
    id: 'scripted',
    can: new Set(['ids']),
    vocab: tokenizer,
    contextLimit: 1000,
    async *sample(requests: readonly SampleRequest[]) {
      for (const [request, { n = 1, onTokens, signal }] of requests.entries()) {
        for (let index = 0; index < n; index++) {
          const text = texts[index % texts.length]
          const ids = Int32Array.of(...tokenizer.encode(text), tokenizer.eos)
          const logprobs = new Float32Array(ids.length).fill(-1)
          for (let t = 1; t <= ids.length; t++) {
            await gate()
            if (signal?.aborted) break
            onTokens?.(index, { ids: ids.subarray(0, t), logprobs: logprobs.subarray(0, t) })
          }
          const stop = signal?.aborted ? ('abort' as const) : ('eos' as const)
          yield { request, index, sample: { ids, text, stop, logprobs } }
        }
      }
    },
    score: async () => [],
    dispose: async () => {},
  }
  return { sampler, tokenizer, dispose: async () => {} }
}

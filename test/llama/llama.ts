// llama.cpp for tests, through node-llama-cpp in the environment of scripts/llama-cpp-env.sh, which is no dependency of
// this package; so its types are written down here, as far as they are used. On the CPU, with keys and values in float32.
// Knows no test runner.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const environment = resolve(here, '../..', process.env.GRADUS_LLAMA_ENV ?? '.llama')

/** Whether the environment is there, whole and of the versions asked for. */
export const hasLlama = isComplete()

function isComplete(): boolean {
  const stamp = join(environment, 'gradus-versions.txt')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(join(here, 'versions.txt'), 'utf8')
}

interface Sequence {
  readonly contextSize: number
  controlledEvaluate(
    input: readonly (number | [number, { generateNext: { logits: true } }])[],
  ): Promise<({ next: { logits: ReadonlyMap<number, number> } } | undefined)[]>
  clearHistory(): Promise<void>
}

interface Model {
  readonly tokens: { readonly bos: number | null; readonly eos: number | null; readonly shouldPrependBosToken: boolean }
  readonly fileInfo: {
    readonly metadata: { readonly tokenizer: { readonly ggml: { readonly tokens: readonly string[] } } }
  }
  tokenize(text: string, specialTokens: boolean): number[]
  detokenize(ids: readonly number[], specialTokens: boolean): string
  isEogToken(id: number): boolean
  createContext(options: Readonly<Record<string, unknown>>): Promise<{ getSequence(): Sequence }>
  dispose(): Promise<void>
}

interface Llama {
  loadModel(options: { modelPath: string; useMmap?: boolean }): Promise<Model>
  dispose(): Promise<void>
}

interface NodeLlamaCpp {
  getLlama(options: Readonly<Record<string, unknown>>): Promise<Llama>
}

let started: Promise<Llama> | undefined

/** One runtime per process. */
function llama(): Promise<Llama> {
  started ??= (async () => {
    const entry = join(environment, 'node_modules/node-llama-cpp/dist/index.js')
    const { getLlama } = (await import(pathToFileURL(entry).href)) as NodeLlamaCpp
    // The prebuilt library or an error: nothing is downloaded or compiled.
    return getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logLevel: 'error',
      maxThreads: 1,
    })
  })()
  return started
}

/** A GGUF file in llama.cpp. */
export class LlamaModel {
  readonly #model: Model
  readonly #sequence: Sequence

  private constructor(model: Model, sequence: Sequence) {
    this.#model = model
    this.#sequence = sequence
  }

  /** Loads a file; `contextSize` is rounded up to a multiple of 256 by llama.cpp. */
  static async load(path: string, contextSize = 256): Promise<LlamaModel> {
    const model = await (await llama()).loadModel({ modelPath: path, useMmap: false })
    const context = await model.createContext({
      contextSize,
      batchSize: contextSize,
      flashAttention: false,
      experimentalKvCacheKeyType: 'F32',
      experimentalKvCacheValueType: 'F32',
      threads: 1,
    })
    return new LlamaModel(model, context.getSequence())
  }

  get bos(): number | null {
    return this.#model.tokens.bos
  }

  get eos(): number | null {
    return this.#model.tokens.eos
  }

  get prependsBos(): boolean {
    return this.#model.tokens.shouldPrependBosToken
  }

  get vocabSize(): number {
    return this.#model.fileInfo.metadata.tokenizer.ggml.tokens.length
  }

  /** Longest sequence, in tokens. */
  get contextSize(): number {
    return this.#sequence.contextSize
  }

  /** Tokens of a text, in which names of special tokens are those tokens. */
  encode(text: string): number[] {
    return this.#model.tokenize(text, true)
  }

  /** Text of tokens, without or with special ones. */
  decode(ids: readonly number[], withSpecial = false): string {
    return this.#model.detokenize(ids, withSpecial)
  }

  isEnd(id: number): boolean {
    return this.#model.isEogToken(id)
  }

  /** Log-probabilities [T][V] of what follows each token. */
  async logprobs(ids: readonly number[]): Promise<Float32Array[]> {
    await this.#sequence.clearHistory()
    return this.next(ids)
  }

  /** The same, after all that was evaluated since {@link logprobs}. */
  async next(ids: readonly number[]): Promise<Float32Array[]> {
    const results = await this.#sequence.controlledEvaluate(ids.map((id) => [id, { generateNext: { logits: true } }]))
    return results.map((result) => {
      if (result === undefined) throw new Error('llama.cpp gave no logits')
      return logSoftmax(result.next.logits)
    })
  }

  dispose(): Promise<void> {
    return this.#model.dispose()
  }
}

function logSoftmax(logits: ReadonlyMap<number, number>): Float32Array {
  let most = Number.NEGATIVE_INFINITY
  for (const value of logits.values()) most = Math.max(most, value)
  let mass = 0
  for (const value of logits.values()) mass += Math.exp(value - most)
  const out = new Float32Array(logits.size)
  for (const [id, value] of logits) out[id] = value - most - Math.log(mass)
  return out
}

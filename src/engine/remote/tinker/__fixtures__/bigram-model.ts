// The smallest model that learns: a table of logits for the next token by the last one, differentiated by hand. For tests of
// what happens between client and server, where the embedded engine would only cost time.
import { adamw, type OptimizerConfig, wholeArena } from '../../../../optim/index.ts'
import type { LossNormalisation } from '../dialect.ts'
import { float32, type PassOutput, type PassRequest } from '../wire/index.ts'
import { BadRequest, type ServedModel } from './served-model.ts'

const V = 16

/** What it stores, by path: a disk that outlives models. */
const disk = new Map<string, { weights: Float32Array; state: { step: number; arrays: Record<string, Float32Array> } }>()

/** A table that learns by the losses of the protocol. */
export class BigramModel implements ServedModel {
  steps = 0
  isFresh = true
  readonly rank: number
  readonly #normalisation: LossNormalisation
  readonly #weights = Float32Array.from({ length: V * V }, (_, i) => Math.sin(i))
  readonly #gradient = new Float32Array(V * V)
  #sequences = 0
  readonly #optimizer

  constructor(rank: number, _seed: number, config: OptimizerConfig, normalisation: LossNormalisation) {
    this.rank = rank
    this.#normalisation = normalisation
    this.#optimizer = adamw(config, wholeArena(V * V))
  }

  async pass({ data, lossFn, forwardOnly }: PassRequest): Promise<PassOutput> {
    if (!['cross_entropy', 'importance_sampling'].includes(lossFn)) throw new BadRequest(`unknown loss ${lossFn}`)
    const weightsOf = (i: number): Float32Array => data[i].inputs.weights.data as Float32Array
    const total = data.reduce((sum, _, i) => sum + weightsOf(i).reduce((a, b) => a + b, 0), 0)
    const outputs = data.map(({ tokens, inputs }, i) => {
      const weights = weightsOf(i)
      const own = weights.reduce((a, b) => a + b, 0)
      const divisor = { sum: 1, 'sequence-mean': Math.max(own, 1e-9), 'call-mean': Math.max(total, 1) }[
        this.#normalisation
      ]
      return {
        logprobs: float32(
          Float32Array.from(tokens, (token, t) => {
            const target = inputs.target_tokens.data[t]
            const row = this.#row(token)
            const ratio =
              lossFn === 'cross_entropy'
                ? 1
                : Math.exp(row[target] - inputs.logprobs.data[t]) * inputs.advantages.data[t]
            // dL/dlogp, and from there to the logits: (1 at the target) - p.
            const factor = (-weights[t] * ratio) / divisor
            if (!forwardOnly)
              row.forEach((logprob, other) => {
                this.#gradient[token * V + other] += factor * ((other === target ? 1 : 0) - Math.exp(logprob))
              })
            return row[target]
          }),
        ),
      }
    })
    if (!forwardOnly) this.#sequences += data.length
    return { outputType: 'scalar', outputs, metrics: {} }
  }

  async step(lr: number): Promise<number> {
    const scale = this.#normalisation === 'sequence-mean' ? 1 / Math.max(this.#sequences, 1) : 1
    this.#optimizer.step({ weights: this.#weights, gradients: this.#gradient, lr, scale })
    const norm = scale * Math.hypot(...this.#gradient)
    this.#gradient.fill(0)
    this.#sequences = 0
    this.steps++
    return norm
  }

  async save(folder: string, name: string): Promise<string> {
    const { step, arrays } = this.#optimizer.state()
    const copies = Object.entries(arrays).map(([key, data]) => [key, data.slice()])
    disk.set(`${folder}/${name}`, {
      weights: this.#weights.slice(),
      state: { step, arrays: Object.fromEntries(copies) },
    })
    return `${folder}/${name}`
  }

  async load(path: string, steps: number, optimizer: boolean): Promise<void> {
    const stored = disk.get(path)
    if (!stored) throw new BadRequest(`nothing at ${path}`)
    this.#weights.set(stored.weights)
    if (optimizer) this.#optimizer.load(stored.state)
    this.steps = steps
  }

  sampler(): Promise<never> {
    throw new BadRequest('this model does not sample')
  }

  /** [V] log-probabilities after a token. */
  #row(token: number): number[] {
    const logits = Array.from(this.#weights.subarray(token * V, (token + 1) * V))
    const most = Math.max(...logits)
    const total = most + Math.log(logits.reduce((sum, x) => sum + Math.exp(x - most), 0))
    return logits.map((x) => x - total)
  }
}

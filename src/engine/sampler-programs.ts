// The graphs that a sampler runs, compiled when first needed and shared by all samplers of one model: prefill (a context
// to keys, values and the distribution of the next token), decode (one token more for every live row) and score.
import { GradusError } from '../base/error.ts'
import { cachedAttention, causalAttention, prefixAttention } from '../model/attention.ts'
import { type Decoded, decode, logitsOf, plainWeights, type Weights } from '../model/decoder.ts'
import type { WeightArena } from '../model/weight-arena.ts'
import { type Binding, gather, input, logSoftmax, Program, productDim, reshape, type Tensor } from '../tensor/index.ts'
import { type EmbeddedModel, residentFeeds, weightInputs } from './embedded-model.ts'
import { KvCache } from './kv-cache.ts'
import { type GraphShape, streamInputs, tokenOutputs } from './training-graph.ts'

/** Which graph. `prefill` starts from nothing, `extend` from cached keys and values, `decode` from them by one token. */
export type SamplerGraph = 'prefill' | 'extend' | 'decode' | 'score'

/** A program with the weights it reads. */
export interface BoundProgram {
  readonly program: Program
  readonly binding: Binding
}

/** Compiled sampler graphs of one model. */
export class SamplerPrograms {
  readonly #model: EmbeddedModel
  readonly #programs = new Map<SamplerGraph, Promise<Program>>()
  /** Memory of disposed samplers: a training step's sampler takes over that of the step before. */
  readonly #caches: KvCache[] = []
  #disposed = false

  constructor(model: EmbeddedModel) {
    this.#model = model
  }

  /** The program, compiled on first use. */
  get(graph: SamplerGraph): Promise<Program> {
    if (this.#disposed) throw new GradusError('sampler/disposed', 'the engine was disposed and cannot sample')
    let program = this.#programs.get(graph)
    if (!program) {
      program = Program.compile(build(this.#model, graph), this.#model.compile)
      this.#programs.set(graph, program)
    }
    return program
  }

  /** Programs that read one snapshot of the weights. */
  bind(arena: WeightArena): (graph: SamplerGraph) => Promise<BoundProgram> {
    const bound = new Map<SamplerGraph, Promise<BoundProgram>>()
    const make = async (graph: SamplerGraph): Promise<BoundProgram> => {
      const program = await this.get(graph)
      return { program, binding: program.bind(residentFeeds(this.#model, arena)) }
    }
    return (graph) => {
      const known = bound.get(graph) ?? make(graph)
      bound.set(graph, known)
      return known
    }
  }

  takeCache(): KvCache {
    return this.#caches.pop() ?? new KvCache(this.#model.config)
  }

  returnCache(cache: KvCache): void {
    cache.reset()
    this.#caches.push(cache)
  }

  async dispose(): Promise<void> {
    this.#disposed = true
    this.#caches.length = 0
    for (const program of this.#programs.values()) await (await program).dispose()
    this.#programs.clear()
  }
}

function build({ config, arena, rope }: EmbeddedModel, graph: SamplerGraph): Record<string, Tensor> {
  const shape: GraphShape = { config, positions: rope.positions }
  const weights = plainWeights(config, weightInputs(arena), { training: false })
  if (graph === 'score') {
    const tokens = tokenOutputs(shape, weights, { layout: 'rows' })
    return { logprobs: tokens.logprobs, distribution: tokens.want('distribution') }
  }
  const time = graph === 'decode' ? 1 : 'T'
  const stream = streamInputs(shape, 'rows', 'B', time)
  const attend = graph === 'prefill' ? causalAttention(input('rows.mask', ['T', 'T'])) : cacheAttention(shape, graph)
  const decoded = decode(config, weights, stream, attend)
  const outputs: Record<string, Tensor> = { distribution: lastDistribution(shape, weights, decoded, graph) }
  decoded.keys.forEach((key, layer) => {
    outputs[`keys.${layer}`] = key
    outputs[`values.${layer}`] = decoded.values[layer]
  })
  return outputs
}

/** Attention over cached keys and values `cache.keys.L` [B, K, S, W], of which `cache.mask` [B, 1, 1, S] says which are real. */
function cacheAttention({ config }: GraphShape, graph: SamplerGraph) {
  const cached = (name: string): Tensor[] =>
    Array.from({ length: config.layers }, (_, layer) =>
      input(`cache.${name}.${layer}`, ['B', config.kvHeads, 'S', config.headDim]),
    )
  const prefix = { keys: cached('keys'), values: cached('values'), mask: input('cache.mask', ['B', 1, 1, 'S']) }
  return graph === 'decode'
    ? cachedAttention(prefix)
    : prefixAttention(prefix, { group: 1, time: 'T', mask: input('rows.mask', ['T', 'T']) })
}

/** [B, V] log-probabilities of the token after each row's last real one. */
function lastDistribution({ config }: GraphShape, weights: Weights, { hidden }: Decoded, graph: SamplerGraph): Tensor {
  const flat = reshape(hidden, [productDim(hidden.shape.slice(0, 2)), config.hiddenSize])
  const last = graph === 'decode' ? flat : gather(flat, input('last', ['B'], 'int32'))
  return logSoftmax(logitsOf(config, weights, last))
}

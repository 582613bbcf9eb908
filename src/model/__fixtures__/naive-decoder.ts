// The decoder as a textbook has it: loops over numbers in float64, one sequence, no batch, no cache, no fused weights.
// The oracle of the decoder's tests; shares no code with the graph. Rotary frequencies are taken as given.
import type { ModelConfig } from '../config.ts'
import { ropeTables } from '../rope.ts'
import type { WeightArena } from '../weight-arena.ts'

type Matrix = readonly (readonly number[])[]

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

const silu = (x: number): number => x / (1 + Math.exp(-x))

/** Logits [T][V] of one sequence. `contextLength` chooses between longrope's lists. */
export function naiveLogits(
  config: ModelConfig,
  arena: WeightArena,
  ids: readonly number[],
  contextLength = config.maxPositions,
): Matrix {
  const { hiddenSize, heads, kvHeads, headDim, feedForward, normEps } = config
  const norm = (x: readonly number[], name: string): number[] => {
    const gain = arena.view(`${name}.weight`)
    const scale = 1 / Math.sqrt(dot(x, x) / x.length + normEps)
    return x.map((value, i) => value * scale * gain[i])
  }
  /** Rows `from` to `from + count` of a linear map. */
  const linear = (x: readonly number[], name: string, from: number, count: number): number[] => {
    const weight = arena.view(`${name}.weight`)
    const hasBias = arena.views().has(`${name}.bias`)
    return Array.from({ length: count }, (_, i) => {
      const row = from + i
      const bias = hasBias ? arena.view(`${name}.bias`)[row] : 0
      return dot(x, weight.subarray(row * x.length, (row + 1) * x.length)) + bias
    })
  }
  const { cos, sin, half } = ropeTables(config, config.maxPositions, contextLength)
  const rotate = (x: readonly number[], t: number): number[] =>
    x.map((value, i) => {
      if (i >= 2 * half) return value
      const angle = t * half + (i % half)
      return value * cos[angle] + (i < half ? -x[i + half] : x[i - half]) * sin[angle]
    })

  let xs = ids.map((id) => [
    ...arena.view('model.embed_tokens.weight').subarray(id * hiddenSize, (id + 1) * hiddenSize),
  ])
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `model.layers.${layer}`
    const attention = `${prefix}.self_attn`
    const normed = xs.map((x) => norm(x, `${prefix}.input_layernorm`))
    const project = (t: number, firstRow: number, gain?: string): number[] => {
      const head = linear(normed[t], `${attention}.qkv_proj`, firstRow, headDim)
      if (gain === undefined) return head
      return rotate(config.qkNorm ? norm(head, `${attention}.${gain}`) : head, t)
    }
    const mixed = xs.map((_, t) =>
      Array.from({ length: heads }, (_unused, h) => {
        const shared = Math.floor(h / (heads / kvHeads))
        const query = project(t, h * headDim, 'q_norm')
        const scores = Array.from({ length: t + 1 }, (_key, s) =>
          Math.exp(dot(query, project(s, (heads + shared) * headDim, 'k_norm')) / Math.sqrt(headDim)),
        )
        const total = scores.reduce((a, b) => a + b, 0)
        const out = new Array<number>(headDim).fill(0)
        scores.forEach((score, s) => {
          project(s, (heads + kvHeads + shared) * headDim).forEach((value, i) => {
            out[i] += (score / total) * value
          })
        })
        return out
      }).flat(),
    )
    xs = xs.map((x, t) => linear(mixed[t], `${attention}.o_proj`, 0, hiddenSize).map((y, i) => x[i] + y))
    xs = xs.map((x) => {
      const y = norm(x, `${prefix}.post_attention_layernorm`)
      const gate = linear(y, `${prefix}.mlp.gate_up_proj`, 0, feedForward)
      const up = linear(y, `${prefix}.mlp.gate_up_proj`, feedForward, feedForward)
      const inner = gate.map((g, i) => silu(g) * up[i])
      return linear(inner, `${prefix}.mlp.down_proj`, 0, hiddenSize).map((z, i) => x[i] + z)
    })
  }
  const head = config.tied ? 'model.embed_tokens' : 'lm_head'
  return xs.map((x) => linear(norm(x, 'model.norm'), head, 0, config.vocabSize))
}

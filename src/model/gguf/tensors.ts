// Which tensors a GGUF file of a decoder holds, under llama.cpp's names and in its order of rows. Refuses by name what
// llama.cpp has no place for. Numbers are views into the weights, not copies, but for the factors of rescaled rotations.
import type { ModelConfig } from '../config.ts'
import { toHfConfig } from '../hf/index.ts'
import { unsupported } from '../hf/schema.ts'
import { decoderParams, partShape } from '../param-spec.ts'
import { ropeFrequencies, rotaryWidth } from '../rope.ts'
import type { WeightArena } from '../weight-arena.ts'

/** A tensor to be written. */
export interface GgufTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array
  /** [rows] the row of `data` that each row of the file is; absent: the same. */
  readonly rowOrder?: Int32Array
}

/** llama.cpp's names by Hugging Face's, without `model.layers.N.` and without `.weight` or `.bias`. */
const names: Readonly<Record<string, string>> = {
  'model.embed_tokens': 'token_embd',
  'model.norm': 'output_norm',
  lm_head: 'output',
  input_layernorm: 'attn_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.qkv_proj': 'attn_qkv',
  'self_attn.q_norm': 'attn_q_norm',
  'self_attn.k_norm': 'attn_k_norm',
  'self_attn.o_proj': 'attn_output',
  post_attention_layernorm: 'ffn_norm',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.gate_up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
}

/**
 * The tensors of a model in the order in which they are written.
 * @throws `model/unsupported` naming what llama.cpp does not compute
 */
export function ggufTensors(config: ModelConfig, arena: WeightArena): GgufTensor[] {
  refuse(config)
  const weights = decoderParams(config).flatMap((param) =>
    param.parts.map((part): GgufTensor => {
      const shape = partShape(param, part)
      const data = arena.part(part.name) ?? new Float32Array(0)
      return { name: ggufName(part.name), shape, data, rowOrder: rowOrder(config, part.name) }
    }),
  )
  return [...weights, ...ropeFactors(config)]
}

function ggufName(name: string): string {
  const parts = /^(?:model\.layers\.(\d+)\.)?(.+)\.(weight|bias)$/.exec(name)
  const [, layer, middle = '', kind] = parts ?? []
  return `${layer === undefined ? '' : `blk.${layer}.`}${names[middle]}.${kind}`
}

/**
 * llama.cpp rotates neighbouring numbers of Llama heads, Hugging Face numbers half a head apart; so the rows of a head
 * are dealt out: those of its first half to even places, those of the second to odd ones. Its other families rotate as
 * Hugging Face does.
 */
function rowOrder({ modelType, heads, kvHeads, headDim }: ModelConfig, name: string): Int32Array | undefined {
  if (modelType !== 'llama') return undefined
  const count = name.includes('.q_proj.') ? heads : name.includes('.k_proj.') ? kvHeads : 0
  if (count === 0) return undefined
  return Int32Array.from({ length: count * headDim }, (_, row) => {
    const inHead = row % headDim
    return row - inHead + (inHead % 2) * (headDim / 2) + Math.floor(inHead / 2)
  })
}

/** What llama.cpp divides rotary frequencies by. */
function ropeFactors(config: ModelConfig): GgufTensor[] {
  const { ropeScaling, maxPositions } = config
  const vector = (name: string, values: readonly number[]): GgufTensor => ({
    name: `${name}.weight`,
    shape: [values.length],
    data: Float32Array.from(values),
  })
  switch (ropeScaling?.kind) {
    case undefined:
    case 'linear': // is metadata
      return []
    case 'llama3': {
      const plain = ropeFrequencies({ ...config, ropeScaling: undefined }, maxPositions)
      const scaled = ropeFrequencies(config, maxPositions)
      return [
        vector(
          'rope_freqs',
          plain.map((frequency, i) => frequency / scaled[i]),
        ),
      ]
    }
    case 'longrope':
      return [
        vector('rope_factors_long', ropeScaling.longFactor),
        vector('rope_factors_short', ropeScaling.shortFactor),
      ]
    default:
      return ropeScaling satisfies never
  }
}

function refuse(config: ModelConfig): void {
  // What is no model of its family for transformers is none for llama.cpp.
  toHfConfig(config)
  const { modelType, heads, headDim, hiddenSize, outBias, ropeScaling } = config
  const hint = 'llama.cpp has no place for it. Export to hf, which keeps everything.'
  const isWide = modelType === 'llama' || modelType === 'qwen3'
  if (!isWide && heads * headDim !== hiddenSize) {
    throw unsupported(`${heads} heads of ${headDim} numbers at width ${hiddenSize} in a GGUF ${modelType}`, hint)
  }
  if (outBias && modelType !== 'llama') throw unsupported(`attention_bias in a GGUF ${modelType}`, hint)
  if (rotaryWidth(config) % 2 !== 0) {
    throw unsupported(`an odd number of rotated numbers per head (${rotaryWidth(config)})`, hint)
  }
  const isQwen = modelType === 'qwen2' || modelType === 'qwen3'
  if (isQwen && ropeScaling !== undefined && ropeScaling.kind !== 'linear') {
    throw unsupported(`rope scaling "${ropeScaling.kind}" in a GGUF ${modelType}`, hint)
  }
}

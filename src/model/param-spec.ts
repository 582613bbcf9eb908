// Every parameter of a decoder, in one fixed order, under fused names, with the Hugging Face tensors it is made of.
// Knows names and shapes only: nothing of arenas, files or graphs.
import type { ModelConfig, ModelType } from './config.ts'

/** A Hugging Face tensor that fills `rows` rows of a parameter. */
export interface ParamPart {
  readonly name: string
  readonly rows: number
}

/** One parameter: its parts lie one after another along axis 0. */
export interface ParamSpec {
  /** The fused name, e.g. `model.layers.0.self_attn.qkv_proj.weight`. */
  readonly name: string
  /** Matrices are [out, in], as in Hugging Face. */
  readonly shape: readonly number[]
  readonly parts: readonly ParamPart[]
}

/** Families that store the fused matrices as they are. Phi-3's rows are in the same order: q, k, v and gate, up. */
const fusedOnDisk: Readonly<Record<ModelType, boolean>> = { llama: false, qwen2: false, qwen3: false, phi3: true }

/** The shape of one Hugging Face tensor of a parameter. */
export function partShape(param: ParamSpec, part: ParamPart): readonly number[] {
  return [part.rows, ...param.shape.slice(1)]
}

/** How many numbers a parameter (or anything of this shape) holds. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** The parameters of a decoder in the order in which they lie in memory. */
export function decoderParams(config: ModelConfig): ParamSpec[] {
  const { hiddenSize, vocabSize, tied } = config
  const params = [whole('model.embed_tokens.weight', [vocabSize, hiddenSize])]
  for (let layer = 0; layer < config.layers; layer++) params.push(...layerParams(config, `model.layers.${layer}`))
  params.push(whole('model.norm.weight', [hiddenSize]))
  if (!tied) params.push(whole('lm_head.weight', [vocabSize, hiddenSize]))
  return params
}

function layerParams(config: ModelConfig, layer: string): ParamSpec[] {
  const { hiddenSize, heads, kvHeads, headDim, feedForward } = config
  const fused = fusedOnDisk[config.modelType]
  const queryRows = heads * headDim
  const keyRows = kvHeads * headDim
  const attention = `${layer}.self_attn`
  const mlp = `${layer}.mlp`
  const qkv = (kind: string, tail: readonly number[]) =>
    joined(`${attention}.qkv_proj.${kind}`, tail, fused, [
      { name: `${attention}.q_proj.${kind}`, rows: queryRows },
      { name: `${attention}.k_proj.${kind}`, rows: keyRows },
      { name: `${attention}.v_proj.${kind}`, rows: keyRows },
    ])
  const gateUp = (kind: string, tail: readonly number[]) =>
    joined(`${mlp}.gate_up_proj.${kind}`, tail, fused, [
      { name: `${mlp}.gate_proj.${kind}`, rows: feedForward },
      { name: `${mlp}.up_proj.${kind}`, rows: feedForward },
    ])

  const params = [whole(`${layer}.input_layernorm.weight`, [hiddenSize]), qkv('weight', [hiddenSize])]
  if (config.qkvBias) params.push(qkv('bias', []))
  if (config.qkNorm) {
    params.push(whole(`${attention}.q_norm.weight`, [headDim]), whole(`${attention}.k_norm.weight`, [headDim]))
  }
  params.push(whole(`${attention}.o_proj.weight`, [hiddenSize, queryRows]))
  if (config.outBias) params.push(whole(`${attention}.o_proj.bias`, [hiddenSize]))
  params.push(whole(`${layer}.post_attention_layernorm.weight`, [hiddenSize]), gateUp('weight', [hiddenSize]))
  if (config.mlpBias) params.push(gateUp('bias', []))
  params.push(whole(`${mlp}.down_proj.weight`, [hiddenSize, feedForward]))
  if (config.mlpBias) params.push(whole(`${mlp}.down_proj.bias`, [hiddenSize]))
  return params
}

/** A parameter that is one Hugging Face tensor. */
export function whole(name: string, shape: readonly number[]): ParamSpec {
  return { name, shape, parts: [{ name, rows: shape[0] }] }
}

function joined(name: string, tail: readonly number[], fused: boolean, parts: readonly ParamPart[]): ParamSpec {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  return { name, shape: [rows, ...tail], parts: fused ? [{ name, rows }] : parts }
}

// config.json to ModelConfig and back, for the families of families.ts. What Gradus cannot compute exactly is
// refused by name rather than read wrongly. Touches no files.
import { eosIds, type ModelConfig } from '../config.ts'
import { type Family, families, isModelType, type Switch } from './families.ts'
import { readRope, writeRope } from './rope.ts'
import { badConfig, type HfConfig, parseHfConfig, unsupported } from './schema.ts'

/** Names of number formats in config.json. */
export type TorchDtype = 'float32' | 'float16' | 'bfloat16'

/** Token ids from beside the configuration: for one that names none, and further ends of a sequence. */
export interface FallbackIds {
  readonly eosIds?: readonly number[]
  readonly padId?: number
}

/**
 * Reads a Hugging Face configuration.
 * @throws `model/unsupported` naming the feature, `model/bad-config` naming the key
 */
export function fromHfConfig(json: unknown, fallback: FallbackIds = {}): ModelConfig {
  const hf = parseHfConfig(json)
  const { model_type: modelType } = hf
  if (!isModelType(modelType)) {
    throw unsupported(`model_type "${modelType}"`, `Supported are: ${Object.keys(families).join(', ')}.`)
  }
  const family = families[modelType]
  const sizes = readSizes(hf, family)
  refuse(hf, family, sizes.maxPositions)
  const { bosId, ...ids } = readIds(hf, family, fallback)
  return {
    modelType,
    ...sizes,
    ...readRope(hf, family, sizes),
    normEps: hf.rms_norm_eps ?? family.defaults.normEps,
    tied: hf.tie_word_embeddings ?? false,
    qkvBias: isOn(family.qkvBias, hf),
    outBias: isOn(family.outBias, hf),
    mlpBias: isOn(family.mlpBias, hf),
    qkNorm: family.qkNorm,
    initStd: hf.initializer_range ?? 0.02,
    ...(bosId === undefined ? {} : { bosId }),
    ...ids,
  }
}

/** One id, or a list where there are several. */
export const writtenEos = (config: ModelConfig): number | readonly number[] =>
  config.otherEosIds ? eosIds(config) : config.eosId

/** The end-of-sequence ids of config.json or generation_config.json; often several. */
export function eosIdsOf(json: unknown): number[] {
  const ids = (json as { eos_token_id?: unknown } | null)?.eos_token_id
  return [ids].flat().filter((id): id is number => Number.isSafeInteger(id))
}

function readSizes(hf: HfConfig, { defaults, headsDivideHidden }: Family) {
  const { hidden_size: hiddenSize, num_attention_heads: heads } = hf
  // An absent key has the family's default; null means as many as there are query heads.
  const kvHeads =
    hf.num_key_value_heads ?? (hf.num_key_value_heads === undefined ? defaults.kvHeads : undefined) ?? heads
  if (heads % kvHeads !== 0)
    throw badConfig(`num_key_value_heads ${kvHeads} does not divide num_attention_heads ${heads}`)
  if (hiddenSize % heads !== 0 && (headsDivideHidden || (hf.head_dim ?? defaults.headDim) === undefined)) {
    throw badConfig(`num_attention_heads ${heads} does not divide hidden_size ${hiddenSize}`)
  }
  return {
    vocabSize: hf.vocab_size,
    hiddenSize,
    layers: hf.num_hidden_layers,
    heads,
    kvHeads,
    headDim: hf.head_dim ?? defaults.headDim ?? hiddenSize / heads,
    feedForward: hf.intermediate_size,
    maxPositions: hf.max_position_embeddings ?? defaults.maxPositions,
  }
}

function refuse(hf: HfConfig, family: Family, maxPositions: number): void {
  const activation = hf.hidden_act ?? 'silu'
  if (activation !== 'silu' && activation !== 'swish') {
    throw unsupported(`hidden_act "${activation}"`, 'Only silu is computed.')
  }
  if (hf.quantization_config !== undefined && hf.quantization_config !== null) {
    throw unsupported('quantization_config (packed weights)', 'Use the checkpoint in its original precision.')
  }
  if (hf.lm_head_bias) throw unsupported('lm_head_bias', 'Use a model without a bias on its output head.')
  for (const key of ['attention_bias', 'mlp_bias'] as const) {
    const known = [family.qkvBias, family.outBias, family.mlpBias].includes(key)
    if (hf[key] && !known)
      throw unsupported(`${key} with model_type "${hf.model_type}"`, 'transformers ignores it too.')
  }
  const window = activeWindow(hf, family)
  if (window !== undefined && window < maxPositions) {
    const hint = `Set max_position_embeddings to ${window} or less: within the window, attention is the same.`
    throw unsupported(`sliding_window ${window}, shorter than ${maxPositions} positions,`, hint)
  }
}

function activeWindow(hf: HfConfig, family: Family): number | undefined {
  const other = hf.layer_types?.find((type) => type !== 'full_attention' && type !== 'sliding_attention')
  if (other !== undefined) throw unsupported(`layer type "${other}"`, 'Only full attention is computed.')
  const window = hf.sliding_window ?? undefined
  switch (family.window) {
    case 'none':
      return undefined
    case 'by-size':
      return window
    case 'by-layer': {
      if (!hf.use_sliding_window) return undefined
      const slides =
        hf.layer_types?.includes('sliding_attention') ?? (hf.max_window_layers ?? 28) < hf.num_hidden_layers
      return slides ? (window ?? 4096) : undefined
    }
    default:
      return family.window satisfies never
  }
}

function readIds(hf: HfConfig, { defaults }: Family, fallback: FallbackIds) {
  const bosId = hf.bos_token_id === undefined ? defaults.bosId : (hf.bos_token_id ?? undefined)
  const eosId = eosIdsOf(hf)[0] ?? fallback.eosIds?.[0] ?? (hf.eos_token_id === undefined ? defaults.eosId : undefined)
  if (eosId === undefined) throw badConfig('config.json names no eos_token_id')
  const named = hf.pad_token_id ?? fallback.padId ?? (hf.pad_token_id === undefined ? defaults.padId : undefined)
  // Llama 3.1 and others write -1 for none.
  const padId = named === undefined || named < 0 ? eosId : named
  const otherEosIds = [...new Set([...eosIdsOf(hf), ...(fallback.eosIds ?? [])])].filter((id) => id !== eosId)
  for (const [key, ids] of Object.entries({
    bos_token_id: [bosId],
    eos_token_id: [eosId, ...otherEosIds],
    pad_token_id: [padId],
  })) {
    const outside = ids.find((id) => id !== undefined && id >= hf.vocab_size)
    if (outside !== undefined) throw badConfig(`${key} ${outside} lies outside the vocabulary`)
  }
  return { bosId, eosId, ...(otherEosIds.length > 0 && { otherEosIds }), padId }
}

function isOn(rule: Switch, hf: HfConfig): boolean {
  if (rule === 'always' || rule === 'never') return rule === 'always'
  return hf[rule] ?? false
}

/**
 * The Hugging Face configuration of a model; transformers computes the same function from it.
 * @throws `model/unsupported` when no class of transformers is this model
 */
export function toHfConfig(
  config: ModelConfig,
  { torchDtype = 'float32' }: { readonly torchDtype?: TorchDtype } = {},
): Record<string, unknown> {
  const family = families[config.modelType]
  checkSizes(config, family)
  return {
    architectures: [family.architecture],
    model_type: config.modelType,
    torch_dtype: torchDtype,
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.feedForward,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    hidden_act: 'silu',
    max_position_embeddings: config.maxPositions,
    initializer_range: config.initStd,
    rms_norm_eps: config.normEps,
    tie_word_embeddings: config.tied,
    ...switchKeys(config, family),
    ...writeRope(config, family),
    ...(family.window === 'none' ? {} : { sliding_window: null }),
    ...(family.window === 'by-layer' ? { use_sliding_window: false } : {}),
    attention_dropout: 0,
    use_cache: true,
    bos_token_id: config.bosId ?? null,
    eos_token_id: writtenEos(config),
    // In transformers the embedding of the padding token gets no gradient, so an id shared with the end stays unwritten.
    pad_token_id: config.padId === config.eosId ? null : config.padId,
  }
}

function switchKeys(config: ModelConfig, family: Family): Record<string, boolean> {
  const keys: Record<string, boolean> = {}
  for (const name of ['qkvBias', 'outBias', 'mlpBias'] as const) {
    const rule = family[name]
    const isFixed = rule === 'always' || rule === 'never'
    const expected = isFixed ? rule === 'always' : (keys[rule] ?? config[name])
    if (config[name] !== expected) {
      const hint = 'qwen2 has biases on queries, keys and values only; llama and qwen3 on all of attention or none.'
      throw unsupported(`${name} ${config[name]} with model type "${config.modelType}"`, hint)
    }
    if (!isFixed) keys[rule] = config[name]
  }
  if (config.qkNorm !== family.qkNorm) {
    throw unsupported(`qkNorm ${config.qkNorm} with model type "${config.modelType}"`, 'Only qwen3 has it, always.')
  }
  return keys
}

function checkSizes({ hiddenSize, heads, headDim, ropeScaling, modelType }: ModelConfig, family: Family): void {
  if (family.headsDivideHidden && hiddenSize % heads !== 0) {
    const hint = 'Choose a hidden size that is a multiple of the number of heads.'
    throw unsupported(`hidden size ${hiddenSize} with ${heads} heads and model type "${modelType}"`, hint)
  }
  // Phi-3 counts the factors by hidden_size / num_attention_heads, whatever head_dim says.
  if (family.partialRotary && ropeScaling?.kind === 'longrope' && headDim !== Math.trunc(hiddenSize / heads)) {
    throw unsupported(`longrope with head size ${headDim} and model type "${modelType}"`, 'Use hidden size / heads.')
  }
}

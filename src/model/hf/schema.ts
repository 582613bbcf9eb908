// The keys of config.json that Gradus looks at, as a schema. Other keys pass unseen.
// A key that is null counts as absent, as it does in transformers.
import { z } from 'zod'
import { GradusError } from '../../base/error.ts'

const count = z.int().positive()
const tokenId = z.int().nonnegative()
const rope = z.record(z.string(), z.unknown())

const schema = z.object({
  model_type: z.string(),
  vocab_size: count,
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  hidden_act: z.string().nullish(),
  max_position_embeddings: count.nullish(),
  original_max_position_embeddings: count.nullish(),
  initializer_range: z.number().nonnegative().nullish(),
  rms_norm_eps: z.number().positive().nullish(),
  tie_word_embeddings: z.boolean().nullish(),
  attention_bias: z.boolean().nullish(),
  mlp_bias: z.boolean().nullish(),
  lm_head_bias: z.boolean().nullish(),
  rope_theta: z.number().positive().nullish(),
  partial_rotary_factor: z.number().positive().max(1).nullish(),
  rope_scaling: rope.nullish(),
  rope_parameters: rope.nullish(),
  sliding_window: count.nullish(),
  use_sliding_window: z.boolean().nullish(),
  max_window_layers: z.int().nonnegative().nullish(),
  layer_types: z.array(z.string()).nullish(),
  quantization_config: z.unknown().optional(),
  bos_token_id: tokenId.nullish(),
  pad_token_id: z.int().nullish(),
  eos_token_id: z.union([tokenId, z.array(tokenId)]).nullish(),
})

/** The keys of config.json that matter here. */
export type HfConfig = z.infer<typeof schema>

/** The error for a configuration with a value that makes no sense. */
export function badConfig(what: string): GradusError {
  return new GradusError('model/bad-config', what, { hint: 'Mend config.json in the model folder, or fetch it again.' })
}

/** The error for something that transformers has and Gradus has not. */
export function unsupported(feature: string, hint: string): GradusError {
  return new GradusError('model/unsupported', `${feature} is not supported`, { hint })
}

/**
 * Checks the types of the keys that matter.
 * @throws `model/bad-config`
 */
export function parseHfConfig(json: unknown): HfConfig {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw badConfig(`config.json is not a model configuration: ${problems.join('; ')}`)
}

// Bodies of the smaller requests, as types for whoever sends and schemas for whoever serves. Passes and samples have files
// of their own.
import { z } from 'zod'

const id = z.string().min(1).max(1024)
const number = z.number().int().min(0)
const metadata = z.record(z.string().max(255), z.unknown()).nullish()

export const createSessionBody = z.object({
  tags: z.array(z.string().max(1024)).max(1000).nullish(),
  user_metadata: metadata,
  sdk_version: z.string().max(255).nullish(),
})

export const heartbeatBody = z.object({ session_id: id })

/** Adapters of a new model. */
export const loraSettings = z.object({
  rank: z.number().int().min(0).max(4096),
  seed: z.number().int().nullish(),
  train_unembed: z.boolean().nullish(),
  train_mlp: z.boolean().nullish(),
  train_attn: z.boolean().nullish(),
})

export type LoraSettings = z.infer<typeof loraSettings>

export const createModelBody = z.object({
  session_id: id,
  model_seq_id: number.nullish(),
  base_model: id,
  lora_config: loraSettings.nullish(),
  user_metadata: metadata,
})

export const modelBody = z.object({ model_id: id })

/** AdamW, sent with each step. */
export const adamParams = z.object({
  learning_rate: z.number().default(1e-4),
  beta1: z.number().min(0).max(1).default(0.9),
  beta2: z.number().min(0).max(1).default(0.95),
  eps: z.number().min(0).default(1e-12),
  weight_decay: z.number().min(0).default(0),
  grad_clip_norm: z.number().min(0).default(0),
})

export type AdamParams = z.infer<typeof adamParams>

export const optimStepBody = z.object({ model_id: id, seq_id: number.nullish(), adam_params: adamParams })

export const saveWeightsBody = z.object({
  model_id: id,
  seq_id: number.nullish(),
  path: z.string().max(255).nullish(),
  ttl_seconds: z.number().nullish(),
})

export const saveForSamplerBody = z.object({
  model_id: id,
  seq_id: number.nullish(),
  path: z.string().max(255).nullish(),
  sampling_session_seq_id: number.nullish(),
  ttl_seconds: z.number().nullish(),
})

export const loadWeightsBody = z.object({
  model_id: id,
  seq_id: number.nullish(),
  path: id,
  optimizer: z.boolean().default(true),
})

export const createSamplingSessionBody = z
  .object({
    session_id: id,
    sampling_session_seq_id: number.nullish(),
    base_model: id.nullish(),
    model_path: id.nullish(),
  })
  .refine(({ base_model, model_path }) => (base_model == null) !== (model_path == null), {
    error: 'give exactly one of base_model and model_path',
  })

export const retrieveFutureBody = z.object({
  request_id: z.union([id, z.number().transform(String)]),
  allow_metadata_only: z.boolean().nullish(),
})

export const weightsInfoBody = z.object({ tinker_path: id })

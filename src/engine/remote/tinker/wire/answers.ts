// What a server answers besides tensors and samples: sessions, models, paths, futures. Unknown keys are passed over.
import { z } from 'zod'

const id = z.string().min(1).max(1024)
const text = z.string().max(10_000)

/** Settings that the service may send at the start; what is missing has the service's own default. */
export const clientConfigSchema = z.object({
  pjwt_auth_enabled: z.boolean().nullish(),
  fwdbwd_max_chunk_len: z.number().int().min(1).nullish(),
  fwdbwd_max_chunk_bytes_count: z.number().int().min(1).nullish(),
  billing_exception_max_pause_duration_sec: z.number().min(0).nullish(),
  sample_max_concurrent_requests: z.number().int().min(1).nullish(),
})

export const tokenSchema = z.object({ jwt: z.string().min(1).max(65_536) })

/** `server` is said by Gradus itself; `supported_loss_fns` by Hatchery. */
export const capabilitiesSchema = z.object({
  supported_models: z
    .array(
      z.object({
        model_name: id.nullish(),
        model_id: id.nullish(),
        max_context_length: z.number().int().min(1).nullish(),
      }),
    )
    .max(100_000)
    .default([]),
  supported_loss_fns: z.array(z.string().max(255)).max(1000).nullish(),
  server: z.string().max(255).nullish(),
})

export type Capabilities = z.infer<typeof capabilitiesSchema>

export const sessionSchema = z.object({
  session_id: id,
  info_message: text.nullish(),
  warning_message: text.nullish(),
  error_message: text.nullish(),
})

export const samplingSessionSchema = z.object({ sampling_session_id: id })

/** What every slow request gives at once. */
export const ticketSchema = z.object({
  request_id: z.union([id, z.number().transform(String)]),
  model_id: id.nullish(),
})

export const modelSchema = z.object({ model_id: id })
export const savedSchema = z.object({ path: id })
export const savedForSamplerSchema = z.object({ path: id.nullish(), sampling_session_id: id.nullish() })
export const loadedSchema = z.object({ path: id.nullish(), model_id: id.nullish() })
export const steppedSchema = z.object({ metrics: z.record(z.string().max(255), z.number().nullable()).nullish() })
export const unloadedSchema = z.object({ model_id: id.nullish() })

export const weightsInfoSchema = z.object({
  base_model: id,
  is_lora: z.boolean().nullish(),
  lora_rank: z.number().int().min(0).nullish(),
})

/** What a poll may say instead of the result. */
export const pollSchema = z.object({
  type: z.string().max(255).nullish(),
  status: z.string().max(255).nullish(),
  queue_state: z.string().max(255).nullish(),
  queue_state_reason: text.nullish(),
  error: text.nullish(),
  category: z.string().max(255).nullish(),
})

// Bodies of the requests that go into a model's queue, read in two steps: first whose they are and under which number,
// which has to work; then the rest, whose mistakes become the outcome of the request, so that its number is used up and
// those behind it go on.
import { z } from 'zod'
import { isGradusError } from '../../base/error.ts'
import {
  decodePass,
  forwardBackwardSchema,
  forwardSchema,
  loadWeightsBody,
  optimStepBody,
  type PassRequest,
  saveForSamplerBody,
  saveWeightsBody,
} from '../../engine/remote/tinker/wire/index.ts'
import { integerOf, protoFields, stringOf } from '../../engine/remote/tinker/wire/proto-reader.ts'
import type { Op } from './op-log.ts'
import { userError } from './refusal.ts'

/** Whose request it is. */
export interface Envelope {
  readonly modelId: string
  /** Absent: the next one that is free. */
  readonly seq?: number
  /** Said by a body in protocol buffers; in JSON it is a route of its own. */
  readonly forwardOnly?: boolean
}

const envelope = z.object({
  model_id: z.string().min(1).max(1024),
  seq_id: z.number().int().min(0).nullish(),
})

/** @throws a refusal */
export function readEnvelope(form: Op['form'], body: Uint8Array): Envelope {
  const found = form === 'json' ? parseJson(body) : translating(() => protoEnvelope(body))
  const { model_id, seq_id } = check(envelope, found)
  const forwardOnly = form === 'proto' && (found as ProtoEnvelope).forwardOnly
  // Zero is how protocol buffers say that there is none.
  return { modelId: model_id, ...(seq_id && { seq: seq_id }), ...(forwardOnly && { forwardOnly }) }
}

interface ProtoEnvelope {
  readonly model_id: string
  readonly seq_id: number
  readonly forwardOnly: boolean
}

function protoEnvelope(body: Uint8Array): ProtoEnvelope {
  let [model_id, seq_id, forwardOnly] = ['', 0, false]
  for (const field of protoFields(body)) {
    if (field.number === 1) model_id = stringOf(field)
    if (field.number === 2) seq_id = integerOf(field)
    if (field.number === 6) forwardOnly = integerOf(field) !== 0
  }
  return { model_id, seq_id, forwardOnly }
}

/** @throws a refusal */
export const readPass = ({ kind, form, body }: Op): PassRequest =>
  form === 'proto'
    ? translating(() => decodePass(body))
    : check(kind === 'forward' ? forwardSchema : forwardBackwardSchema, parseJson(body))

/** Bodies of the other requests. */
export const opBodies = {
  optimStep: optimStepBody,
  saveWeights: saveWeightsBody.extend({ overwrite: z.boolean().nullish() }),
  saveForSampler: saveForSamplerBody,
  loadWeights: loadWeightsBody,
} as const

/** @throws a refusal for what is no JSON */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    throw userError('the body is not JSON')
  }
}

/** The value as the schema reads it; the first few mistakes are named. @throws a refusal */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  throw userError(issues.join('; '))
}

/** The reader of messages speaks of answers; here they are requests. */
function translating<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (isGradusError(error)) throw userError(error.message)
    throw error
  }
}

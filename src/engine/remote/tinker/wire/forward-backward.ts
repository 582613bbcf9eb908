// What a training pass asks for and gives back, and its JSON form in both directions: the client writes requests and reads
// outputs, a server the other way round. Only text goes through: images and sound are refused.
import { z } from 'zod'
import { isInt32, tensorSchema, tensorToJson, type WireTensor } from './tensor-data.ts'

/** One sequence: what the model reads, and per place of it what the loss reads (targets, weights, ...). */
export interface WireDatum {
  readonly tokens: Int32Array
  readonly inputs: Readonly<Record<string, WireTensor>>
}

/** A forward or forward-backward pass. */
export interface PassRequest {
  readonly modelId: string
  readonly seqId: number
  readonly data: readonly WireDatum[]
  readonly lossFn: string
  readonly config?: Readonly<Record<string, number>>
  /** Log-probabilities only, no gradients. In JSON this is a route of its own. */
  readonly forwardOnly?: boolean
}

/** What came of it: per sequence, tensors by name; and metrics named `NAME:REDUCTION`. */
export interface PassOutput {
  readonly outputType: string
  readonly outputs: readonly Readonly<Record<string, WireTensor>>[]
  readonly metrics: Readonly<Record<string, number>>
}

/** Limits on what is read. */
export const MAX_SEQUENCES = 2 ** 16
const MAX_TOKENS = 2 ** 22
const MAX_CHUNKS = 4096
const name = z.string().max(255)

const tokenList = z.array(z.number().refine(isInt32, 'a token id is a 32-bit integer')).max(MAX_TOKENS)

/** A text prompt in pieces, as one list of tokens. Other kinds of pieces are refused. */
export const modelInputSchema = z
  .object({
    chunks: z
      .array(z.object({ type: z.literal('encoded_text', 'only text can be read here'), tokens: tokenList }))
      .max(MAX_CHUNKS),
  })
  .transform(({ chunks }) => Int32Array.from(chunks.flatMap(({ tokens }) => tokens)))

export const modelInputToJson = (tokens: Int32Array) => ({
  chunks: [{ type: 'encoded_text' as const, tokens: Array.from(tokens) }],
})

const datumSchema = z
  .object({ model_input: modelInputSchema, loss_fn_inputs: z.record(name, tensorSchema) })
  .transform(({ model_input, loss_fn_inputs }): WireDatum => ({ tokens: model_input, inputs: loss_fn_inputs }))

const passInput = z.object({
  data: z.array(datumSchema).max(MAX_SEQUENCES),
  loss_fn: name,
  loss_fn_config: z.record(name, z.number()).nullish(),
})

const numbered = { model_id: name, seq_id: z.number().int().nullish() }

const passOf = (
  { model_id, seq_id }: { model_id: string; seq_id?: number | null },
  { data, loss_fn, loss_fn_config }: z.infer<typeof passInput>,
  forwardOnly: boolean,
): PassRequest => ({
  modelId: model_id,
  seqId: seq_id ?? 0,
  data,
  lossFn: loss_fn,
  ...(loss_fn_config && { config: loss_fn_config }),
  ...(forwardOnly && { forwardOnly }),
})

/** Reads the body of `/forward_backward`. */
export const forwardBackwardSchema = z
  .object({ ...numbered, forward_backward_input: passInput })
  .transform((body) => passOf(body, body.forward_backward_input, false))

/** Reads the body of `/forward`. */
export const forwardSchema = z
  .object({ ...numbered, forward_input: passInput })
  .transform((body) => passOf(body, body.forward_input, true))

/** The JSON body of a pass. */
export function passToJson({ modelId, seqId, data, lossFn, config, forwardOnly }: PassRequest) {
  const input = {
    data: data.map(({ tokens, inputs }) => ({
      model_input: modelInputToJson(tokens),
      loss_fn_inputs: Object.fromEntries(Object.entries(inputs).map(([key, tensor]) => [key, tensorToJson(tensor)])),
    })),
    loss_fn: lossFn,
    ...(config && { loss_fn_config: config }),
  }
  const base = { model_id: modelId, seq_id: seqId }
  return forwardOnly ? { ...base, forward_input: input } : { ...base, forward_backward_input: input }
}

/** Reads the JSON of an output. */
export const passOutputSchema = z
  .object({
    loss_fn_output_type: name.default(''),
    loss_fn_outputs: z.array(z.record(name, tensorSchema)).max(MAX_SEQUENCES),
    metrics: z.record(name, z.number().nullable()).nullish(),
  })
  .transform(
    ({ loss_fn_output_type, loss_fn_outputs, metrics }): PassOutput => ({
      outputType: loss_fn_output_type,
      outputs: loss_fn_outputs,
      metrics: Object.fromEntries(Object.entries(metrics ?? {}).map(([key, x]) => [key, x ?? Number.NaN])),
    }),
  )

/** The JSON of an output. */
export const passOutputToJson = ({ outputType, outputs, metrics }: PassOutput) => ({
  loss_fn_output_type: outputType,
  loss_fn_outputs: outputs.map((fields) =>
    Object.fromEntries(Object.entries(fields).map(([key, tensor]) => [key, tensorToJson(tensor)])),
  ),
  metrics,
})

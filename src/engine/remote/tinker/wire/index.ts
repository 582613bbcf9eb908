// The wire: what is sent and answered, in JSON and in protocol buffers, for a client and for a server.

// answers
export {
  type Capabilities,
  capabilitiesSchema,
  clientConfigSchema,
  loadedSchema,
  modelSchema,
  pollSchema,
  samplingSessionSchema,
  savedForSamplerSchema,
  savedSchema,
  sessionSchema,
  steppedSchema,
  ticketSchema,
  tokenSchema,
  unloadedSchema,
  weightsInfoSchema,
} from './answers.ts'
// batches in pieces
export { type ChunkLimits, chunksOf, DEFAULT_LIMITS, mergeOutputs } from './chunks.ts'
// training passes
export {
  forwardBackwardSchema,
  forwardSchema,
  type PassOutput,
  type PassRequest,
  passOutputSchema,
  passOutputToJson,
  passToJson,
  type WireDatum,
} from './forward-backward.ts'
export { decodePass, decodePassOutput, encodePass, encodePassOutput } from './forward-backward-proto.ts'
// bodies
export {
  type AdamParams,
  adamParams,
  createModelBody,
  createSamplingSessionBody,
  createSessionBody,
  heartbeatBody,
  type LoraSettings,
  loadWeightsBody,
  loraSettings,
  modelBody,
  optimStepBody,
  retrieveFutureBody,
  saveForSamplerBody,
  saveWeightsBody,
  weightsInfoBody,
} from './requests.ts'
// samples
export {
  EMPTY_LOGPROB,
  type SampleAnswer,
  type SampleAsk,
  type SampledSequence,
  type SampleSource,
  sampleAnswerSchema,
  sampleAnswerToJson,
  sampleAskSchema,
  sampleAskToJson,
  type TopOfPrompt,
} from './sampling.ts'
export { decodeSampleAnswer, encodeSampleAnswer } from './sampling-proto.ts'
export { float32, floatsOf, int64, type WireTensor } from './tensor-data.ts'

/** Content type of protocol buffers. */
export const PROTO = 'application/x-protobuf'

// A sampler over any OpenAI-compatible server.

// texts without token ids
export { byteVocab, type Role, type Turn, turnsOf } from './byte-vocab.ts'
// what a server can do
export { formatProbe } from './format-probe.ts'
// adapters of a running vLLM
export { type LoraAdapter, loadLora, unloadLora } from './lora.ts'
export { type OpenaiOptions, openaiSampler, probe } from './open-sampler.ts'
export { OpenaiSampler } from './openai-sampler.ts'
export type { ProbeOptions, ProbeReport } from './probe.ts'
export type { Claim, Finding, IdSource, PromptLogprobs, ServerFacts } from './server-facts.ts'
export type { Budget, Usage } from './spending.ts'

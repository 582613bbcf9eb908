// The embedded engine: the four verbs in this process.

export { hasOptimizer, loadModel, loadOptimizer, saveModel } from './checkpoint.ts'
// the verbs
export { embeddedHost } from './embedded-host.ts'
// a model, from a folder or put together
export { type EmbeddedModel, embeddedModel } from './embedded-model.ts'
export { EmbeddedSampler, type SamplerOptions } from './embedded-sampler.ts'
export { EmbeddedTrainer, type TrainerOptions } from './embedded-trainer.ts'
// pieces for other engines and for tests of them
export { type MicroBatch, type PlacedSequence, paddedTokens, planMicroBatches } from './micro-batch.ts'
export { entropyOf, type PickOptions, type PickSettings, pickSettings, TokenPicker, topTokens } from './pick-token.ts'
export { PrefixCache, type PrefixCacheStats, type PrefixEntry, type PrefixMatch } from './prefix-cache.ts'
// other machines
export { formatProbe, type OpenaiOptions, openaiSampler, type ProbeReport, probe } from './remote/openai/index.ts'
export { type TinkerHostOptions, tinkerHost } from './remote/tinker/index.ts'
export { SamplerPrograms } from './sampler-programs.ts'
export { type StopMatcher, stopMatcher } from './stop-matcher.ts'

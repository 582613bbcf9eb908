// A Tinker server as an engine: trainer, sampler and host over its protocol.

// the engine
export type { ConnectionOptions, Waiting } from './connection.ts'
export { type Dialect, type DialectName, dialectNames, dialectOf, type LossNormalisation } from './dialect.ts'
export { refuseStage } from './refuse-unsuited.ts'
export { Session } from './session.ts'
export { type TinkerHostOptions, tinkerHost } from './tinker-host.ts'
export { TinkerSampler, type TinkerSamplerOptions } from './tinker-sampler.ts'
export { TinkerTrainer, type TinkerTrainerOptions } from './tinker-trainer.ts'
// the wire, for servers of the protocol
export * as wire from './wire/index.ts'

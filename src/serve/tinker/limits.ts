// How much one client may ask of the server, and how long it waits for whom.

/** Limits with their defaults. */
export interface Limits {
  /** Largest rank of an adapter. */
  readonly rank: number
  /** Models that have not been unloaded. */
  readonly models: number
  /** Of these, how many are in memory; the others wait on disk. */
  readonly loadedModels: number
  /** Adapters that are sampled from at the same time; each is a copy of the base weights. */
  readonly loadedSnapshots: number
  /** Ephemeral snapshots of one session that are kept on disk. */
  readonly ephemeralSnapshots: number
  readonly sessions: number
  /** Sequences of one request. */
  readonly datums: number
  /** Bytes of one request. */
  readonly bodyBytes: number
  /** Requests of one model that wait for their turn. */
  readonly queue: number
  /** Samples of one request. */
  readonly samples: number
  /** Samples under way, over all requests; beyond, the answer is 429. */
  readonly samplesUnderWay: number
  /** Answers of a model that are kept. */
  readonly answers: number
  readonly answerBytes: number
  /** Answers of sampling requests that are kept. */
  readonly sampleAnswers: number
  /** A poll is held so long. */
  readonly pollMs: number
  /** A request number that does not come is waited for so long. */
  readonly gapMs: number
  /** A session that is silent so long gives back its memory. */
  readonly sessionMs: number
}

export const DEFAULT_LIMITS: Limits = {
  rank: 256,
  models: 64,
  loadedModels: 8,
  loadedSnapshots: 4,
  ephemeralSnapshots: 32,
  sessions: 1024,
  datums: 4096,
  bodyBytes: 64 * 2 ** 20,
  queue: 256,
  samples: 1024,
  samplesUnderWay: 4096,
  answers: 256,
  answerBytes: 64 * 2 ** 20,
  sampleAnswers: 2048,
  pollMs: 25_000,
  gapMs: 30_000,
  sessionMs: 300_000,
}

// Contexts to keys, values and the distribution of their next token: in batches, each distinct context once, starting
// from what the prefix cache already holds.
import type { TokenIds } from '../contracts/index.ts'
import type { ModelConfig } from '../model/config.ts'
import type { Numbers } from '../tensor/index.ts'
import { cacheBytes, type SequenceCache } from './kv-cache.ts'
import { causalMask, MASKED } from './micro-batch-feeds.ts'
import type { PrefixCache } from './prefix-cache.ts'
import type { BoundProgram } from './sampler-programs.ts'

/** A context ready to be continued. */
export interface Prefilled {
  readonly cache: SequenceCache
  /** [V] log-probabilities of the next token; absent where only keys and values were kept. */
  readonly next?: Float32Array
}

/** What prefilling works with. */
export interface PrefillSetting {
  readonly config: ModelConfig
  readonly programs: (graph: 'prefill' | 'extend') => Promise<BoundProgram>
  readonly prefixes: PrefixCache<Prefilled>
}

/** Padded tokens in one prefill batch. */
const BATCH_TOKENS = 4096

/** Computes distinct contexts; results in their order. Each is stored in the prefix cache. */
export async function prefill(setting: PrefillSetting, contexts: readonly TokenIds[]): Promise<Prefilled[]> {
  const results: Prefilled[] = new Array(contexts.length)
  const fresh: Job[] = []
  const extending: Job[] = []
  contexts.forEach((ids, index) => {
    const match = setting.prefixes.lookup(ids)
    const stored = match?.entry.payload
    if (match && stored?.next && match.length === ids.length && match.entry.ids.length === ids.length) {
      results[index] = stored
      return
    }
    // At least the last token is computed anew: its distribution is wanted.
    const known = match ? Math.min(match.length, ids.length - 1) : 0
    if (known > 0 && stored) extending.push({ index, ids, known, prefix: stored.cache })
    else fresh.push({ index, ids, known: 0 })
  })
  for (const [graph, jobs] of [
    ['prefill', fresh],
    ['extend', extending],
  ] as const)
    for (const batch of batches(jobs)) await runBatch(setting, graph, batch, results)
  return results
}

interface Job {
  readonly index: number
  readonly ids: TokenIds
  /** Leading positions taken from `prefix`. */
  readonly known: number
  readonly prefix?: SequenceCache
}

function batches(jobs: readonly Job[]): Job[][] {
  const sorted = [...jobs].sort((a, b) => a.ids.length - a.known - (b.ids.length - b.known) || a.index - b.index)
  const out: Job[][] = []
  for (const job of sorted) {
    const open = out.at(-1)
    const time = job.ids.length - job.known
    if (open && (open.length + 1) * time <= BATCH_TOKENS) open.push(job)
    else out.push([job])
  }
  return out
}

async function runBatch(
  { config, programs, prefixes }: PrefillSetting,
  graph: 'prefill' | 'extend',
  jobs: readonly Job[],
  results: Prefilled[],
): Promise<void> {
  const rows = jobs.length
  const time = jobs.reduce((most, { ids, known }) => Math.max(most, ids.length - known), 0)
  const ids = new Int32Array(rows * time)
  const positions = new Int32Array(rows * time)
  const last = new Int32Array(rows)
  jobs.forEach((job, row) => {
    ids.set(job.ids.subarray(job.known), row * time)
    for (let t = 0; t < time; t++) positions[row * time + t] = Math.min(job.known + t, job.ids.length - 1)
    last[row] = row * time + job.ids.length - job.known - 1
  })
  const feeds: Record<string, Numbers> = {
    'rows.ids': ids,
    'rows.positions': positions,
    'rows.mask': causalMask(time),
    last,
    ...(graph === 'extend' && pastFeeds(config, jobs)),
  }
  const { program, binding } = await programs(graph)
  const places = jobs.reduce((most, { known }) => Math.max(most, known), 0)
  const out = await program.run({ sizes: { B: rows, T: time, S: places }, binding, feeds })
  jobs.forEach((job, row) => {
    const join = (name: 'keys' | 'values'): Float32Array[] =>
      Array.from({ length: config.layers }, (_, layer) =>
        joinPast(config, out[`${name}.${layer}`] as Float32Array, row, time, job, job.prefix?.[name][layer]),
      )
    const cache: SequenceCache = { length: job.ids.length, keys: join('keys'), values: join('values') }
    const size = config.vocabSize
    const next = (out.distribution as Float32Array).slice(row * size, (row + 1) * size)
    results[job.index] = { cache, next }
    prefixes.insert(job.ids, results[job.index], cacheBytes(config, job.ids.length) + 4 * size)
  })
}

/** Cached keys and values of the jobs, padded to the longest. */
function pastFeeds(config: ModelConfig, jobs: readonly Job[]): Record<string, Numbers> {
  const { kvHeads, headDim, layers } = config
  const places = jobs.reduce((most, { known }) => Math.max(most, known), 0)
  const mask = new Float32Array(jobs.length * places).fill(MASKED)
  for (const [row, { known }] of jobs.entries()) mask.fill(0, row * places, row * places + known)
  const feeds: Record<string, Numbers> = { 'cache.mask': mask }
  for (const name of ['keys', 'values'] as const)
    for (let layer = 0; layer < layers; layer++) {
      const all = new Float32Array(jobs.length * kvHeads * places * headDim)
      jobs.forEach(({ known, prefix }, row) => {
        if (!prefix) return
        for (let head = 0; head < kvHeads; head++) {
          const from = head * prefix.length * headDim
          const to = (row * kvHeads + head) * places * headDim
          all.set(prefix[name][layer].subarray(from, from + known * headDim), to)
        }
      })
      feeds[`cache.${name}.${layer}`] = all
    }
  return feeds
}

/** Past and new positions of one row as [K, T, W]. */
function joinPast(
  { kvHeads, headDim }: ModelConfig,
  fresh: Float32Array,
  row: number,
  time: number,
  { ids, known, prefix }: Job,
  past: Float32Array | undefined,
): Float32Array {
  const length = ids.length
  const out = new Float32Array(kvHeads * length * headDim)
  for (let head = 0; head < kvHeads; head++) {
    const to = head * length * headDim
    if (past && prefix) {
      const from = head * prefix.length * headDim
      out.set(past.subarray(from, from + known * headDim), to)
    }
    const from = (row * kvHeads + head) * time * headDim
    out.set(fresh.subarray(from, from + (length - known) * headDim), to + known * headDim)
  }
  return out
}

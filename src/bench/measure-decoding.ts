// Decoding speed: whole calls of `sample`, prompts included; and how much of a decode step is not the runtime's work.
import type { Clock } from '../contracts/index.ts'
import type { EmbeddedModel } from '../engine/embedded-model.ts'
import { EmbeddedSampler } from '../engine/embedded-sampler.ts'
import type { SamplerPrograms } from '../engine/sampler-programs.ts'
import type { RunTimer } from './run-timer.ts'
import type { BenchSize } from './sizes.ts'
import { type Spread, spreadOf } from './spread.ts'
import { decodePrompts } from './workload.ts'

/** What decoding one batch came to. */
export interface DecodingSpeed {
  readonly batch: number
  /** New tokens of all rows together. */
  readonly tokPerS: Spread
  /** Of a decode step, in [0, 1]. */
  readonly outsideShare: Spread
}

/** What decoding is measured with. The model's programs must report to `timer`. */
export interface DecodingSetting {
  readonly model: EmbeddedModel
  readonly programs: SamplerPrograms
  readonly timer: RunTimer
  readonly clock: Clock
  readonly newTokens: number
  readonly repetitions: number
}

/** Decodes `newTokens` after 16 distinct prompt tokens in each of `batch` rows. */
export async function measureDecoding(
  size: BenchSize,
  batch: number,
  setting: DecodingSetting,
): Promise<DecodingSpeed> {
  const { model, programs, timer, clock, newTokens, repetitions } = setting
  const speeds: number[] = []
  const shares: number[] = []
  for (let round = -1; round < repetitions; round++) {
    const requests = decodePrompts(size, batch, round).map((context, seed) => ({ context, maxTokens: newTokens, seed }))
    // A new sampler, as every training step makes one: its prefix cache is empty.
    const sampler = new EmbeddedSampler(model, model.arena, programs, { maxRows: batch })
    timer.clear()
    const start = clock.nowMs()
    let tokens = 0
    for await (const { sample } of sampler.sample(requests)) tokens += sample.ids.length
    const ms = clock.nowMs() - start
    // The first token comes from the prompt, and the run for the second follows the admission of all rows.
    const outside = timer.outsideShare(newTokens - 2)
    await sampler.dispose()
    if (round < 0) continue
    speeds.push((tokens / ms) * 1000)
    shares.push(outside)
  }
  return { batch, tokPerS: spreadOf(speeds), outsideShare: spreadOf(shares) }
}

// Forced decoding: log-probabilities (and entropies, likely tokens) of given tokens after given contexts.
import type { Datum, Sample, ScoreItem } from '../contracts/index.ts'
import type { Binding, Program } from '../tensor/index.ts'
import type { EmbeddedModel } from './embedded-model.ts'
import { checkDatum, planMicroBatches } from './micro-batch.ts'
import { microBatchFeeds } from './micro-batch-feeds.ts'
import { entropyOf, topTokens } from './pick-token.ts'

/** Padded tokens in one batch. */
const BATCH_TOKENS = 8192

/** Scores items in their order; an item with nothing to score gives an empty sample. */
export async function scoreItems(
  model: EmbeddedModel,
  { program, binding }: { program: Program; binding: Binding },
  items: readonly ScoreItem[],
): Promise<Sample[]> {
  const { tokenizer, contextLimit } = model
  // A model may have more logits than its tokenizer has tokens.
  const { vocabSize } = model.config
  const results: Sample[] = items.map(({ ids }) => ({
    ids,
    text: tokenizer.decode(ids),
    stop: 'stop',
    logprobs: new Float32Array(0),
  }))
  const placed = items.flatMap(({ context, ids }, index) => {
    if (ids.length === 0) return []
    const all = new Int32Array(context.length + ids.length)
    all.set(context)
    all.set(ids, context.length)
    const datum: Datum = { ids: all, promptLength: context.length, fields: {} }
    checkDatum(datum, contextLimit)
    return [[{ datum, index, example: index }]]
  })
  for (const batch of planMicroBatches(placed, BATCH_TOKENS)) {
    const { sizes, feeds, spans } = microBatchFeeds(batch, { fields: [], scalars: [] }, () => ({}))
    const read = Object.fromEntries(Object.entries(feeds).filter(([name]) => program.has(name)))
    const out = await program.run({ sizes, binding, feeds: read })
    const distribution = out.distribution as Float32Array
    for (const { index, start, length } of spans) {
      const want = items[index].want ?? []
      const top = want.find((name) => name.startsWith('top-'))
      const rows = Array.from({ length }, (_, t) => (start + t) * vocabSize)
      results[index] = {
        ...results[index],
        logprobs: (out.logprobs as Float32Array).slice(start, start + length),
        ...(want.includes('entropy') && {
          entropy: Float32Array.from(rows, (at) => entropyOf(distribution, at, vocabSize)),
        }),
        ...(top && { top: rows.map((at) => topTokens(distribution, at, vocabSize, Number(top.slice(4)))) }),
      }
    }
  }
  return results
}

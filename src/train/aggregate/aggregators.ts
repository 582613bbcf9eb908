// The aggregators of rl.md 0.3: how per-token losses of one optimiser batch become one number. Each fills the field
// `weights` from the field `mask`, always over the whole batch, so that micro-batches change nothing.
import { said } from '../../base/said.ts'
import type { Aggregator, Datum, Example } from '../../contracts/index.ts'

const maskOf = (datum: Datum): Float32Array => datum.fields.mask.data as Float32Array
const maskSum = (datum: Datum): number => maskOf(datum).reduce((sum, m) => sum + m, 0)

/** An aggregator from the weight of every trained-on token of a sequence. */
function aggregator(weightOf: (batch: readonly Datum[]) => (datum: Datum) => number): Aggregator {
  return (examples) => {
    const weight = weightOf(examples.flatMap(({ sequences }) => sequences))
    return examples.map((example) => ({ ...example, sequences: example.sequences.map((d) => weighted(d, weight(d))) }))
  }
}

function weighted(datum: Datum, weight: number): Datum {
  const data = maskOf(datum).map((m) => m * weight)
  return { ...datum, fields: { ...datum.fields, weights: { data, shape: [data.length] } } }
}

/** Sum over all tokens / number of tokens (DAPO, 2503.14476). */
export const tokenMean: Aggregator = said(
  'w_t = 1 / (tokens of the batch)',
  aggregator((batch) => {
    const tokens = batch.reduce((sum, datum) => sum + maskSum(datum), 0)
    return () => 1 / Math.max(tokens, 1)
  }),
)

/** Mean over sequences of each one's mean over tokens (GRPO, 2402.03300). */
export const seqMeanTokenMean: Aggregator = said(
  'w_t = 1 / (completions of the batch × |y_i|)',
  aggregator((batch) => (datum) => 1 / (batch.length * Math.max(maskSum(datum), 1))),
)

/** Mean over sequences of each one's sum over tokens / `maxTokens` (Dr. GRPO, 2503.20783). */
export const seqMeanTokenSumNorm = (maxTokens: number): Aggregator =>
  said(
    `w_t = 1 / (completions of the batch × ${maxTokens})`,
    aggregator((batch) => () => 1 / (batch.length * maxTokens)),
  )

/** Sum over sequences of each one's mean over tokens (DCPO). */
export const seqSumTokenMean: Aggregator = said(
  'w_t = 1 / |y_i|',
  aggregator(() => (datum) => 1 / Math.max(maskSum(datum), 1)),
)

/** Part `index` of `count` consecutive parts of a batch, as equal as can be. */
export const minibatch = (examples: readonly Example[], index: number, count: number): readonly Example[] => {
  const edge = (part: number): number => Math.floor((part * examples.length) / count)
  return examples.slice(edge(index), edge(index + 1))
}

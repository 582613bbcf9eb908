// What is read off the server's answers to training passes, and how sequences are counted.
import type { PlacedSequence } from '../../micro-batch.ts'
import type { LogprobsOf } from './client-loss.ts'
import type { GradientSequence } from './gradient-form.ts'
import { floatsOf, type PassOutput } from './wire/index.ts'

/** A sequence with its gradient, zero unless given; its log-probabilities are not known yet. */
export const gradientSequence = (
  { ids, promptLength }: { readonly ids: Int32Array; readonly promptLength: number },
  gradient: Float32Array = new Float32Array(ids.length - promptLength),
): GradientSequence => ({ ids, promptLength, gradient, logprobs: new Float32Array(gradient.length) })

/** Log-probabilities of completion tokens, from answers in the order of the sequences. */
export function logprobsFrom(
  answers: readonly PassOutput[],
  examples: readonly (readonly PlacedSequence[])[],
): LogprobsOf {
  const outputs = answers.flatMap((answer) => answer.outputs)
  const byIndex = new Map(
    examples.flat().map(({ datum, index }, place) => {
      const all = floatsOf(outputs[place]?.logprobs, datum.ids.length - 1, 'log-probabilities')
      return [index, all.slice(datum.promptLength - 1)]
    }),
  )
  return (index) => byIndex.get(index) ?? new Float32Array(0)
}

/** Tokens that went through the model: prompts with each sequence, padding not counted. */
export const tokensOf = (examples: readonly (readonly PlacedSequence[])[]): number =>
  examples.flat().reduce((sum, { datum }) => sum + datum.ids.length - 1, 0)

/** The norm before clipping, where the server says it; else not a number. */
export function gradNormIn(metrics: Readonly<Record<string, number>>): number {
  const name = Object.keys(metrics).find((key) => /(?:^|[./])grad_norm(?::|$)/.test(key))
  return name === undefined ? Number.NaN : metrics[name]
}

// What list-fn asks, and the hypotheses about it: rules tested one by one, each as a line `add 3:6!` (its predictions up to
// the first that is wrong) or `mul 2:8 16 32` (all right, the last is the answer).
import type { List, Output } from './list-fn-functions.ts'
import { functionNamed, functionsFor, isSame } from './list-fn-functions.ts'
import { fitsSequence, sequenceRules } from './list-fn-sequences.ts'

/** A sequence to continue, or a list function shown by examples. */
export type ListFn =
  | { readonly kind: 'sequence'; readonly terms: List; readonly answer: number }
  | {
      readonly kind: 'list'
      readonly examples: readonly { readonly input: List; readonly output: List | number }[]
      readonly query: List
      readonly answer: List | number
    }

/** A rule with its predictions for what is shown; `answer` is what it says of the question. */
export interface Hypothesis {
  readonly name: string
  readonly line: string
  readonly fits: boolean
  readonly answer: Output
}

/** `[0,7]` or `12`. */
export function outputText(output: Output): string {
  return typeof output === 'object' ? `[${output.join(',')}]` : `${output ?? 'none'}`
}

/** The line for predictions against what is shown; the last prediction is the answer. */
function tested(name: string, predictions: readonly Output[], shown: readonly Output[]): Hypothesis {
  const miss = shown.findIndex((output, i) => !isSame(predictions[i], output))
  const said = predictions.slice(0, miss < 0 ? undefined : miss + 1).map(outputText)
  return { name, line: `${name}:${said.join(' ')}${miss < 0 ? '' : '!'}`, fits: miss < 0, answer: predictions.at(-1) }
}

function sequenceHypotheses(terms: List): readonly Hypothesis[] {
  return sequenceRules(terms).map(({ name, needs, next }) => {
    const predictions = [...terms, 0].map((_, i) => (i < needs ? 0 : next(terms, i))).slice(needs)
    return tested(name, predictions, terms.slice(needs))
  })
}

/** The hypothesis of this name about the question, if there is such a rule. */
export function hypothesisNamed(instance: ListFn, name: string): Hypothesis | undefined {
  if (instance.kind === 'sequence') return sequenceHypotheses(instance.terms).find((other) => other.name === name)
  const rule = functionNamed(name)
  const { examples, query } = instance
  if (rule === undefined) return undefined
  const inputs = [...examples.map(({ input }) => input), query]
  return tested(
    name,
    inputs.map((input) => rule.apply(input)),
    examples.map(({ output }) => output),
  )
}

/** In the order tried: every form of a sequence, or every list function that fits the first example. */
export function hypotheses(instance: ListFn): readonly Hypothesis[] {
  if (instance.kind === 'sequence') return sequenceHypotheses(instance.terms)
  const { input, output } = instance.examples[0]
  return functionsFor(input, output).flatMap(({ name }) => hypothesisNamed(instance, name) ?? [])
}

/** Whether all rules that fit what is shown say the same of the question. */
export function hasOneAnswer(instance: ListFn): boolean {
  if (instance.kind === 'sequence') {
    const { terms, answer } = instance
    return sequenceRules(terms).every((rule) => !fitsSequence(rule, terms) || rule.next(terms, terms.length) === answer)
  }
  const [{ input, output }, ...others] = instance.examples
  const { query, answer } = instance
  return functionsFor(input, output).every(
    ({ apply }) =>
      others.some((example) => !isSame(apply(example.input), example.output)) || isSame(apply(query), answer),
  )
}

// A loss by itself, in float64: its inputs are plain lists, and the reference interpreter says what it is and how it
// changes. Sequences and examples are given as numbers of tokens, as an engine lays them out.
import type { Loss, LossInputs } from '../../contracts/index.ts'
import { gather, gradients, input, scatterAdd, type Tensor } from '../../tensor/index.ts'
import { evaluate, finiteDifferences } from '../../tensor/reference/index.ts'

/** N tokens and what a loss reads beside them. */
export interface TokenBatch {
  readonly logprobs: readonly number[]
  readonly fields?: Readonly<Record<string, readonly number[]>>
  /** Tokens of each sequence; default one sequence of all. */
  readonly lengths?: readonly number[]
  /** Sequences of each example; default 1. */
  readonly perExample?: number
  /** [E] by name. */
  readonly scalars?: Readonly<Record<string, readonly number[]>>
  readonly coefficients?: Readonly<Record<string, number>>
  /** [N] `values` or `entropy`. */
  readonly wants?: Readonly<Record<string, readonly number[]>>
}

/** What came of it. */
export interface LossValue {
  readonly total: number
  readonly report: Readonly<Record<string, number>>
  /** [N] by log-probability, by the differentiation rules. */
  readonly gradient: readonly number[]
  /** [N] of a wanted quantity. */
  readonly wantGradient: Readonly<Record<string, readonly number[]>>
  /** The same by central differences. */
  differences(): { readonly gradient: readonly number[]; readonly wantGradient: Record<string, readonly number[]> }
}

/** Traces a loss over inputs; `logprobs` may be any tensor of shape [N]. */
export function traceLoss(loss: Loss, logprobs: Tensor) {
  const made = new Map<string, Tensor>()
  const once = (name: string, make: () => Tensor): Tensor => {
    const tensor = made.get(name) ?? make()
    made.set(name, tensor)
    return tensor
  }
  const sequence = () => once('sequence', () => input('sequence', ['N'], 'int32'))
  const inputs: LossInputs = {
    logprobs,
    field: (name) => once(`field.${name}`, () => input(`field.${name}`, ['N'])),
    want: (name) => once(`want.${name}`, () => input(`want.${name}`, ['N'])),
    perSequence: (x) => scatterAdd(x, sequence(), 'S'),
    perExample: (x) =>
      scatterAdd(
        x,
        once('example', () => input('example', ['S'], 'int32')),
        'E',
      ),
    toTokens: (x) => gather(x, sequence()),
    rows: (x, columns) =>
      gather(
        x,
        once('members', () => input('members', ['E', columns], 'int32')),
      ),
    scalar: (name) => once(`scalar.${name}`, () => input(`scalar.${name}`, ['E'])),
    coefficient: (name) => once(`coefficient.${name}`, () => input(`coefficient.${name}`, [])),
  }
  return { ...loss.terms(inputs), inputs: made }
}

/** Sizes and numbers of a batch for {@link traceLoss}. */
export function feedsOf(batch: TokenBatch) {
  const { logprobs, fields = {}, scalars = {}, coefficients = {}, wants = {}, perExample = 1 } = batch
  const lengths = batch.lengths ?? [logprobs.length]
  const named = (prefix: string, lists: Readonly<Record<string, readonly number[]>>) =>
    Object.fromEntries(Object.entries(lists).map(([name, list]) => [`${prefix}.${name}`, list]))
  const each = lengths.map((_, s) => s)
  return {
    sizes: { N: logprobs.length, S: lengths.length, E: lengths.length / perExample },
    feeds: {
      logprobs,
      ...named('field', fields),
      ...named('scalar', scalars),
      ...named('want', wants),
      ...named('coefficient', Object.fromEntries(Object.entries(coefficients).map(([name, x]) => [name, [x]]))),
      sequence: lengths.flatMap((length, s) => new Array<number>(length).fill(s)),
      example: each.map((s) => Math.floor(s / perExample)),
      members: each,
    },
  }
}

/** Evaluates a loss and its gradients on a batch. */
export function evaluateLoss(loss: Loss, batch: TokenBatch): LossValue {
  const logprobs = input('logprobs', ['N'])
  const { total, report, inputs } = traceLoss(loss, logprobs)
  const wants = [...inputs].filter(([name]) => name.startsWith('want.'))
  const sources = [logprobs, ...wants.map(([, tensor]) => tensor)]
  const outputs: Record<string, Tensor> = { total, ...report }
  gradients(total, sources).forEach((gradient, i) => {
    outputs[`gradient.${i}`] = gradient
  })
  const given = feedsOf(batch)
  const values = evaluate(outputs, given)
  const bySource = (lists: readonly ArrayLike<number>[]) => ({
    gradient: Array.from(lists[0]),
    wantGradient: Object.fromEntries(wants.map(([name], i) => [name.slice(5), Array.from(lists[i + 1])])),
  })
  return {
    total: values.total.data[0],
    report: Object.fromEntries(Object.keys(report).map((name) => [name, values[name].data[0]])),
    ...bySource(sources.map((_, i) => values[`gradient.${i}`].data)),
    differences: () => bySource(finiteDifferences(total, sources, given)),
  }
}

// A loss on this side of the wire: the server gives log-probabilities, our own tensor engine gives the loss, its reports and
// its gradient by each log-probability. The same function is traced here as into a training graph (training-graph.ts), over
// an input of log-probabilities instead of a model; so any loss that sees no more of the model than those can be trained.
import { GradusError } from '../../../base/error.ts'
import type { Example, Loss } from '../../../contracts/index.ts'
import { emit, input, type Numbers, neg, Program, stopGradient, type Tensor } from '../../../tensor/index.ts'
import { coefficientFeeds, widthsOf } from '../../loss-feeds.ts'
import { type PlacedSequence, planMicroBatches } from '../../micro-batch.ts'
import { type MicroBatchFeeds, microBatchFeeds } from '../../micro-batch-feeds.ts'
import { lossGraph, type TokenOutputs } from '../../training-graph.ts'

/** What a loss says of a batch. Per sequence by its index in the batch; of sequences that were left out, nothing. */
export interface LossValues {
  readonly total: number
  readonly report: Readonly<Record<string, number>>
  readonly lossTokens: number
  /** [T] dL/dlogp of each completion token. */
  readonly gradients: ReadonlyMap<number, Float32Array>
}

/** Log-probabilities [T] of a sequence's completion tokens, by the sequence's index in the batch. */
export type LogprobsOf = (index: number) => Float32Array

/** Tokens evaluated together; here they cost next to nothing. */
const BATCH_TOKENS = 65_536

/** A traced loss. */
interface Traced {
  readonly outputs: Readonly<Record<string, Tensor>>
  /** The gradient where no log-probability is needed to know it: the loss is linear. */
  readonly known?: Tensor
  readonly replaced: readonly string[]
}

/** Evaluates losses; programs are kept by loss object. */
export class ClientLosses {
  readonly #programs = new Map<Loss, Map<string, Promise<Program>>>()
  readonly #linear = new Map<Loss, boolean>()

  /** True when the gradient does not depend on the log-probabilities, so that one pass on the server is enough. */
  isLinear(loss: Loss, batch: readonly Example[]): boolean {
    const isLinear = this.#linear.get(loss) ?? trace(loss, widthsIn(batch, loss)).known !== undefined
    this.#linear.set(loss, isLinear)
    return isLinear
  }

  /** The loss and its gradient. */
  async evaluate(
    examples: readonly (readonly PlacedSequence[])[],
    setting: { batch: readonly Example[]; loss: Loss; coefficients: Readonly<Record<string, number>> },
    logprobsOf: LogprobsOf,
  ): Promise<LossValues> {
    const report: Record<string, number> = {}
    const gradients = new Map<number, Float32Array>()
    let total = 0
    let lossTokens = 0
    for await (const { prepared, results } of this.#run(examples, setting, 'all', logprobsOf)) {
      total += results.loss[0]
      lossTokens += prepared.sizes.N
      for (const name of Object.keys(results)) {
        if (name.startsWith('report.')) report[name.slice(7)] = (report[name.slice(7)] ?? 0) + results[name][0]
        if (name.startsWith('max.'))
          report[name.slice(4)] = Math.max(report[name.slice(4)] ?? Number.NEGATIVE_INFINITY, results[name][0])
      }
      cut(prepared, results['gradient.logprobs'], gradients)
    }
    return { total, report, lossTokens, gradients }
  }

  /** The gradient of a linear loss, before anything is known of the model. */
  async knownGradients(
    examples: readonly (readonly PlacedSequence[])[],
    setting: { batch: readonly Example[]; loss: Loss; coefficients: Readonly<Record<string, number>> },
  ): Promise<ReadonlyMap<number, Float32Array>> {
    const gradients = new Map<number, Float32Array>()
    for await (const { prepared, results } of this.#run(examples, setting, 'known'))
      cut(prepared, results['gradient.logprobs'], gradients)
    return gradients
  }

  async dispose(): Promise<void> {
    for (const programs of this.#programs.values())
      for (const program of programs.values()) await (await program).dispose()
    this.#programs.clear()
  }

  async *#run(
    examples: readonly (readonly PlacedSequence[])[],
    setting: { batch: readonly Example[]; loss: Loss; coefficients: Readonly<Record<string, number>> },
    part: 'all' | 'known',
    logprobsOf?: LogprobsOf,
  ): AsyncGenerator<{ prepared: MicroBatchFeeds; results: Record<string, Numbers> }> {
    const { batch, loss, coefficients } = setting
    const fixed = coefficientFeeds(loss, coefficients)
    for (const microBatch of planMicroBatches(
      examples.map((group) => group.map(completionOnly)),
      BATCH_TOKENS,
    )) {
      const wanted = { fields: loss.fields, scalars: loss.scalars ?? [] }
      const prepared = microBatchFeeds(microBatch, wanted, (example) => batch[example].scalars ?? {})
      const feeds: Record<string, Numbers> = { ...prepared.feeds, ...fixed }
      if (logprobsOf) {
        feeds.logprobs = new Float32Array(prepared.sizes.N)
        for (const { index, start } of prepared.spans) feeds.logprobs.set(logprobsOf(index), start)
      }
      const program = await this.#program(loss, widthsOf(prepared, loss), part)
      const read = Object.fromEntries(Object.entries(feeds).filter(([name]) => program.has(name)))
      yield { prepared, results: await program.run({ sizes: prepared.sizes, feeds: read }) }
    }
  }

  #program(loss: Loss, widths: Readonly<Record<string, number>>, part: 'all' | 'known'): Promise<Program> {
    const programs = this.#programs.get(loss) ?? new Map<string, Promise<Program>>()
    this.#programs.set(loss, programs)
    const key = `${part} ${JSON.stringify(widths)}`
    let program = programs.get(key)
    if (!program) {
      const { outputs, known } = trace(loss, widths)
      const chosen = part === 'known' && known ? { 'gradient.logprobs': known } : outputs
      program = Program.compile(chosen, { threads: 1 })
      programs.set(key, program)
    }
    return program
  }
}

/**
 * Refuses a loss that needs more of the model than log-probabilities of the given tokens; says what stands in for what.
 * An entropy that is only reported is estimated by -log p of the sampled token. One that is trained on is not: the
 * gradient of that estimate is zero on average, whatever the entropy does.
 * @throws `train/unsupported-want` naming the loss and the term
 */
export function replacementsIn(loss: Loss, batch: readonly Example[] = []): readonly string[] {
  return trace(loss, widthsIn(batch, loss)).replaced
}

function trace(loss: Loss, widths: Readonly<Record<string, number>>): Traced {
  const beyond = loss.wants.find((want) => want !== 'entropy')
  if (beyond !== undefined) throw unsupported(loss, beyond, 'a remote engine gives log-probabilities only')
  const logprobs = input('logprobs', ['N'])
  const entropy = input('entropy', ['N'])
  const probe = graphOf(loss, widths, { logprobs, want: () => entropy }, { logprobs, entropy })
  const gradient = probe['gradient.logprobs']
  const reads = new Set(emit({ gradient }).inputs.map(({ attrs }) => attrs.name))
  if (reads.has('entropy') || !isZero(probe['gradient.entropy']))
    throw unsupported(loss, 'entropy', 'it trains on the entropy of the whole distribution, which stays on the server')
  const standIn = (): Tensor => stopGradient(neg(logprobs))
  return {
    outputs: graphOf(loss, widths, { logprobs, want: standIn }, { logprobs }),
    ...(!reads.has('logprobs') && { known: gradient }),
    replaced: loss.wants.includes('entropy')
      ? [`loss "${loss.id}": its reported entropy is estimated by -log p of the tokens`]
      : [],
  }
}

const graphOf = (
  loss: Loss,
  widths: Readonly<Record<string, number>>,
  tokens: TokenOutputs,
  by: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> =>
  lossGraph(tokens, loss, widths, { gradientsOf: new Map(Object.entries(by)), perToken: false })

/** What `gradients` gives for a tensor that the loss does not depend on. */
const isZero = ({ op, inputs: [from] }: Tensor): boolean =>
  op.kind === 'broadcastTo' && from.op.kind === 'constant' && from.data?.every((x) => x === 0) === true

function unsupported(loss: Loss, want: string, why: string): GradusError {
  const hint =
    want === 'entropy'
      ? 'Leave the entropy term out, pay -log p as a reward instead, or use the embedded engine.'
      : 'Use the embedded engine for this recipe, or a recipe whose loss reads log-probabilities only.'
  return new GradusError('train/unsupported-want', `loss "${loss.id}" wants ${want}: ${why}`, { hint })
}

/** A sequence without its prompt: all that a loss sees of it. One prompt token stands for the rest. */
function completionOnly({ datum, ...place }: PlacedSequence): PlacedSequence {
  const { ids, promptLength, fields } = datum
  return { ...place, datum: { ids: ids.subarray(promptLength - 1), promptLength: 1, fields } }
}

function cut({ spans }: MicroBatchFeeds, gradient: Numbers, into: Map<number, Float32Array>): void {
  for (const { index, start, length } of spans) into.set(index, (gradient as Float32Array).slice(start, start + length))
}

/** Numbers per token of each field, as the batch has them. */
function widthsIn([first]: readonly Example[], { fields }: Loss): Record<string, number> {
  const given = first?.sequences[0]?.fields ?? {}
  return Object.fromEntries(fields.flatMap((name) => (given[name]?.shape[1] ? [[name, given[name].shape[1]]] : [])))
}

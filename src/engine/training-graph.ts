// The graphs of one micro-batch: forward, loss and gradients in one program. Two layouts: `rows`, each sequence a row of
// its own; and `groups`, where the samples of a group continue one prompt that is computed once. In both, logits are
// computed only at the places whose next token the loss looks at.
import type { Loss, LossInputs, LossWant } from '../contracts/index.ts'
import { causalAttention, prefixAttention } from '../model/attention.ts'
import type { ModelConfig } from '../model/config.ts'
import { decode, logitsOf, type Stream, type Weights } from '../model/decoder.ts'
import { rotaryWidth } from '../model/rope.ts'
import {
  type Dim,
  exp,
  gather,
  gradients,
  input,
  logSoftmax,
  matmul,
  mul,
  neg,
  pick,
  productDim,
  reshape,
  scatterAdd,
  sum,
  type Tensor,
} from '../tensor/index.ts'

/** How a micro-batch is laid out. */
export type Layout = 'rows' | 'groups'

/** Sizes of the rotary tables that a program is fed. */
export interface GraphShape {
  readonly config: ModelConfig
  /** Rows of the rotary tables. */
  readonly positions: number
}

/** A stream of tokens with its inputs named `NAME.ids` and `NAME.positions`. */
export function streamInputs({ config, positions }: GraphShape, name: string, rows: Dim, time: Dim): Stream {
  const half = Math.floor(rotaryWidth(config) / 2)
  return {
    ids: input(`${name}.ids`, [rows, time], 'int32'),
    positions: input(`${name}.positions`, [rows, time], 'int32'),
    cos: input('rope.cos', [positions, half]),
    sin: input('rope.sin', [positions, half]),
  }
}

/** How the tokens of a micro-batch lie in a graph. */
export interface TokenGrid {
  readonly layout: Layout
  /** Divides the number of rows, or of samples in a group; see `divisorOf`. */
  readonly divisor?: number
}

/** Hidden states [N, D] at the N places that predict a token of interest. */
function selectedHidden(shape: GraphShape, weights: Weights, { layout, divisor = 1 }: TokenGrid): Tensor {
  const { config } = shape
  const select = input('select', ['N'], 'int32')
  const at = (hidden: Tensor): Tensor => {
    const places = productDim(hidden.shape.slice(0, 2))
    return gather(reshape(hidden, [places, config.hiddenSize]), select, { distinct: true })
  }
  if (layout === 'rows') {
    const stream = streamInputs(shape, 'rows', productDim([divisor, 'P']), 'T')
    return at(decode(config, weights, stream, causalAttention(input('rows.mask', ['T', 'T']))).hidden)
  }
  const prompt = streamInputs(shape, 'prompt', 'P', 'C')
  const { keys, values } = decode(config, weights, prompt, causalAttention(input('prompt.mask', ['C', 'C'])))
  const prefix = { keys, values, mask: input('prefix.mask', ['P', 1, 1, 'C']) }
  const group = productDim([divisor, 'G'])
  const stream = streamInputs(shape, 'rows', 'P', productDim([group, 'T']))
  const attend = prefixAttention(prefix, { group, time: 'T', mask: input('rows.mask', ['T', 'T']) })
  return at(decode(config, weights, stream, attend).hidden)
}

/** Per-token quantities [N] (or [N, V]) of the tokens of interest, built only when asked for. */
export interface TokenOutputs {
  readonly logprobs: Tensor
  want(name: LossWant): Tensor
}

/** What the model says of the target tokens of a micro-batch. */
export function tokenOutputs(shape: GraphShape, weights: Weights, grid: TokenGrid): TokenOutputs {
  const hidden = selectedHidden(shape, weights, grid)
  const distribution = logSoftmax(logitsOf(shape.config, weights, hidden))
  return {
    logprobs: pick(distribution, input('targets', ['N'], 'int32')),
    want(name) {
      switch (name) {
        case 'distribution':
          return distribution
        case 'entropy':
          return neg(sum(mul(exp(distribution), distribution), -1))
        case 'hidden':
          return hidden
        case 'values':
          return reshape(matmul(hidden, weights.get('value_head.weight'), { transB: true }), ['N'])
        default:
          return name satisfies never
      }
    },
  }
}

/** The loss as outputs `loss`, `report.X`, `max.X`, with `gradient.NAME` of weights and `token.X` per token on request. */
export function lossGraph(
  tokens: TokenOutputs,
  loss: Loss,
  fieldWidths: Readonly<Record<string, number>>,
  { gradientsOf, perToken }: { gradientsOf: ReadonlyMap<string, Tensor>; perToken: boolean },
): Record<string, Tensor> {
  const { total, report, reportMax = {} } = loss.terms(lossInputs(tokens, fieldWidths))
  const outputs: Record<string, Tensor> = { loss: total }
  for (const [name, tensor] of Object.entries(report)) outputs[`report.${name}`] = tensor
  for (const [name, tensor] of Object.entries(reportMax)) outputs[`max.${name}`] = tensor
  const names = [...gradientsOf.keys()]
  gradients(total, [...gradientsOf.values()]).forEach((gradient, i) => {
    outputs[`gradient.${names[i]}`] = gradient
  })
  if (perToken) {
    outputs['token.logprobs'] = tokens.logprobs
    for (const name of loss.wants)
      if (name === 'entropy' || name === 'values') outputs[`token.${name}`] = tokens.want(name)
  }
  return outputs
}

/** The contract's view of a graph: fields, scalars and coefficients are inputs made when first asked for. */
export function lossInputs(tokens: TokenOutputs, fieldWidths: Readonly<Record<string, number>>): LossInputs {
  const made = new Map<string, Tensor>()
  const once = (name: string, make: () => Tensor): Tensor => {
    const tensor = made.get(name) ?? make()
    made.set(name, tensor)
    return tensor
  }
  const sequence = () => once('sequence', () => input('sequence', ['N'], 'int32'))
  return {
    logprobs: tokens.logprobs,
    field: (name) =>
      once(`field.${name}`, () => {
        const width = fieldWidths[name] ?? 1
        return input(`field.${name}`, width === 1 ? ['N'] : ['N', width])
      }),
    want: (name) => once(`want.${name}`, () => tokens.want(name)),
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
        once(`members`, () => input('members', ['E', columns], 'int32')),
      ),
    scalar: (name) => once(`scalar.${name}`, () => input(`scalar.${name}`, ['E'])),
    coefficient: (name) => once(`coefficient.${name}`, () => input(`coefficient.${name}`, [])),
  }
}

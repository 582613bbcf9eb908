// The protobuf form against bytes that the official SDK wrote (record.py; run it again for a newer SDK). What it wrote is
// read as it reads it itself; and from the same message the same bytes come out, which the SDK's decoder therefore reads.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { wire } from '../../../src/engine/remote/tinker/index.ts'

/** What JSON has no number for is a string. */
type Numbers = readonly (number | string)[]

interface Tensor {
  readonly dtype: 'float32' | 'int64'
  readonly shape: readonly number[]
  readonly data: Numbers
}

type Tensors = Readonly<Record<string, Tensor>>

interface Case<Kind extends string, Message> {
  readonly sdk: string
  readonly kind: Kind
  readonly name: string
  readonly base64: string
  /** The same bytes can be written from the message. */
  readonly written?: boolean
  /** The SDK can write what is not to be read here. */
  readonly refused?: boolean
  readonly message: Message
}

interface Request {
  readonly modelId: string
  readonly seqId: number
  readonly lossFn: string
  readonly config: Readonly<Record<string, number>>
  readonly forwardOnly: boolean
  readonly data: readonly { tokens: number[]; inputs: Tensors }[]
}

interface Output {
  readonly outputType: string
  readonly metrics: Readonly<Record<string, number | string>>
  readonly outputs: readonly Tensors[]
}

interface Sample {
  readonly sequences: readonly { tokens: number[]; logprobs: Numbers | null; stop: 'stop' | 'length' }[]
  readonly promptLogprobs: Numbers | null
  readonly top: { ids: number[][]; logprobs: number[][] } | null
}

type Recorded = Case<'request', Request> | Case<'output', Output> | Case<'sample', Sample>

/** Of a later version of the SDK only what it does otherwise. */
const recorded: readonly Recorded[] = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

const cases = <Kind extends Recorded['kind']>(kind: Kind) =>
  recorded.filter((one): one is Extract<Recorded, { kind: Kind }> => one.kind === kind)

const bytesOf = ({ base64 }: { base64: string }): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'))
const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const floats = (values: Numbers): Float32Array => Float32Array.from(values, Number)

const tensors = (all: Tensors): Record<string, wire.WireTensor> =>
  Object.fromEntries(
    Object.entries(all).map(([name, { dtype, shape, data }]) => [
      name,
      { dtype, shape, data: dtype === 'int64' ? Int32Array.from(data, Number) : floats(data) },
    ]),
  )

const pass = ({ config, forwardOnly, data, ...rest }: Request): wire.PassRequest => ({
  ...rest,
  data: data.map(({ tokens, inputs }) => ({ tokens: Int32Array.from(tokens), inputs: tensors(inputs) })),
  ...(Object.keys(config).length > 0 && { config }),
  ...(forwardOnly && { forwardOnly }),
})

const output = ({ outputType, metrics, outputs }: Output): wire.PassOutput => ({
  outputType,
  metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Number(value)])),
  outputs: outputs.map(tensors),
})

const answer = ({ sequences, promptLogprobs, top }: Sample): wire.SampleAnswer => ({
  sequences: sequences.map(({ tokens, logprobs, stop }) => ({
    tokens: Int32Array.from(tokens),
    ...(logprobs && { logprobs: floats(logprobs) }),
    stop,
  })),
  ...(promptLogprobs && { promptLogprobs: floats(promptLogprobs) }),
  ...(top && {
    top: { k: top.ids[0].length, ids: Int32Array.from(top.ids.flat()), logprobs: floats(top.logprobs.flat()) },
  }),
})

/** Every object with its keys the other way round: maps have no order. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  ) as T
}

function both<Given, Message>(
  cases: readonly Case<string, Given>[],
  messageOf: (given: Given) => Message,
  decode: (bytes: Uint8Array) => Message,
  encode: (message: Message) => Uint8Array,
): void {
  it.each(cases.filter(({ refused }) => !refused))('$sdk: $name', (one) => {
    const message = messageOf(one.message)
    expect(decode(bytesOf(one))).toEqual(message)
    if (one.written) expect(base64Of(encode(message))).toBe(one.base64)
    if (one.written) expect(decode(encode(reversed(message)))).toEqual(message)
  })
}

describe('training passes as the SDK writes them', () => {
  both(cases('request'), pass, wire.decodePass, wire.encodePass)

  it.each(cases('request').filter(({ refused }) => refused))('$sdk: $name is refused', (one) => {
    expect(() => wire.decodePass(bytesOf(one))).toThrow(expect.objectContaining({ code: 'engine/bad-answer' }))
  })
})

describe('outputs of passes as the SDK reads them', () => {
  both(cases('output'), output, wire.decodePassOutput, wire.encodePassOutput)
})

describe('samples as the SDK reads them', () => {
  both(cases('sample'), answer, wire.decodeSampleAnswer, wire.encodeSampleAnswer)
})

if (process.env.GRADUS_SKYRL04_ENV) await import('./skyrl-04.ts')

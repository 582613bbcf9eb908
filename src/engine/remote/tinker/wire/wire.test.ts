import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MessageWriter } from '../../../../base/protobuf.ts'
import {
  chunksOf,
  decodePass,
  decodePassOutput,
  decodeSampleAnswer,
  encodePass,
  encodePassOutput,
  encodeSampleAnswer,
  float32,
  forwardBackwardSchema,
  int64,
  mergeOutputs,
  type PassOutput,
  type PassRequest,
  passOutputSchema,
  passOutputToJson,
  passToJson,
  type SampleAnswer,
  sampleAnswerSchema,
  sampleAnswerToJson,
  sampleAskSchema,
  sampleAskToJson,
} from './index.ts'
import { fromBytes } from './raw-numbers.ts'

const ids = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 6 }).map((x) => Int32Array.from(x))
const floats = fc
  .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 6 })
  .map((x) => Float32Array.from(x, (y) => y + 0))

const pass: fc.Arbitrary<PassRequest> = fc.record({
  modelId: fc.string(),
  seqId: fc.integer({ min: 0, max: 1e6 }),
  data: fc.array(
    fc.record({ tokens: ids, inputs: fc.record({ target_tokens: ids.map(int64), weights: floats.map(float32) }) }),
    { maxLength: 4 },
  ),
  lossFn: fc.constantFrom('cross_entropy', 'importance_sampling'),
})

const output: fc.Arbitrary<PassOutput> = fc.record({
  outputType: fc.string(),
  outputs: fc.array(fc.record({ logprobs: floats.map(float32), ids: ids.map(int64) }), { maxLength: 4 }),
  metrics: fc.dictionary(
    fc.constantFrom('loss:sum', 'a:max', 'b:mean'),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  ),
})

const answer: fc.Arbitrary<SampleAnswer> = fc.record({
  sequences: fc.array(
    fc.record({ tokens: ids, logprobs: floats, stop: fc.constantFrom('stop' as const, 'length' as const) }),
    { maxLength: 4 },
  ),
  promptLogprobs: floats,
})

const viaJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('the two forms', () => {
  it('carry a training pass unchanged', () => {
    fc.assert(
      fc.property(pass, (request) => {
        expect(decodePass(encodePass(request))).toEqual(request)
        expect(forwardBackwardSchema.parse(viaJson(passToJson(request)))).toEqual(request)
      }),
      { numRuns: 60 },
    )
  })

  it('carry its output unchanged', () => {
    fc.assert(
      fc.property(output, (given) => {
        expect(decodePassOutput(encodePassOutput(given))).toEqual(given)
        expect(passOutputSchema.parse(viaJson(passOutputToJson(given)))).toEqual(given)
      }),
      { numRuns: 60 },
    )
  })

  it('carry samples unchanged', () => {
    fc.assert(
      fc.property(answer, (given) => {
        expect(decodeSampleAnswer(encodeSampleAnswer(given))).toEqual(given)
        expect(sampleAnswerSchema.parse(viaJson(sampleAnswerToJson(given)))).toEqual(given)
      }),
      { numRuns: 60 },
    )
  })

  it('carry likely tokens, empty cells and the first token that has no log-probability', () => {
    const given: SampleAnswer = {
      sequences: [],
      promptLogprobs: Float32Array.of(Number.NaN, -0.5),
      top: { k: 2, ids: Int32Array.of(0, 0, 7, 3), logprobs: Float32Array.of(-99999, -99999, -0.25, -2) },
    }
    expect(decodeSampleAnswer(encodeSampleAnswer(given))).toEqual(given)
    const json = sampleAnswerToJson(given)
    expect(json.prompt_logprobs).toEqual([null, -0.5])
    expect(json.topk_prompt_logprobs).toEqual([
      null,
      [
        [7, -0.25],
        [3, -2],
      ],
    ])
    expect(sampleAnswerSchema.parse(viaJson(json))).toEqual(given)
  })

  it('carry what a sample is asked for', () => {
    const ask = {
      source: { session: 's-1', seqId: 3 },
      prompt: Int32Array.of(1, 2),
      count: 4,
      settings: { maxTokens: 8, seed: 11, stop: ['\n'], temperature: 0, topK: -1, topP: 0.9 },
      promptLogprobs: true,
    }
    expect(sampleAskSchema.parse(viaJson(sampleAskToJson(ask)))).toEqual(ask)
  })
})

describe('protocol buffers', () => {
  it('are written byte for byte as the field table says', () => {
    const request: PassRequest = {
      modelId: 'm',
      seqId: 300,
      data: [{ tokens: Int32Array.of(5), inputs: { w: float32(Float32Array.of(1)) } }],
      lossFn: 'x',
      forwardOnly: true,
    }
    const hex = Buffer.from(encodePass(request)).toString('hex')
    const tensor = '0a040000803f' + '1801' + '220101'
    const datum = `0a080a060a0405000000${'1210'}0a0177120b${tensor}`
    expect(hex).toBe(`0a016d${'10ac02'}1a1c${datum}220178${'3001'}`)
  })

  it('widen bfloat16 and int32, which answers may hold', () => {
    expect(Array.from(fromBytes(Uint8Array.of(0x80, 0x3f, 0x00, 0xc0), 'bfloat16'))).toEqual([1, -2])
    expect(Array.from(fromBytes(Uint8Array.of(0xff, 0xff, 0xff, 0xff), 'int32'))).toEqual([-1])
  })

  it('that are cut short or damaged are errors, never a hang or another exception', () => {
    const whole = encodePassOutput({
      outputType: 'scalar',
      outputs: [{ logprobs: float32(Float32Array.of(-1, -2)) }],
      metrics: { 'loss:sum': 3 },
    })
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, end) => {
        const damaged = whole.slice(0, end)
        if (at < end) damaged[at] = value
        try {
          decodePassOutput(damaged)
        } catch (error) {
          expect(error).toMatchObject({ code: 'engine/bad-answer' })
        }
      }),
      { numRuns: 300 },
    )
  })

  it('refuse ids that 32 bits cannot hold and tensors outside their record', () => {
    const big = new MessageWriter().bytes(1, new Uint8Array(8).fill(0x7f)).finish()
    expect(() => fromBytes(big.subarray(2), 'int64')).toThrow(expect.objectContaining({ code: 'engine/bad-answer' }))
  })
})

describe('JSON', () => {
  it('has numbers where floats are none', () => {
    const data = float32(Float32Array.of(Number.NEGATIVE_INFINITY, Number.NaN, 0.1))
    const body = passToJson({
      modelId: 'm',
      seqId: 1,
      data: [{ tokens: Int32Array.of(1), inputs: { x: data } }],
      lossFn: 'l',
    })
    const text = JSON.stringify(body)
    expect(text).toContain('[-10000,-10000,0.100000001]')
  })

  it('refuses images, sparse tensors, shapes that do not fit and ids that are none', () => {
    const read = (chunk: unknown, tensor: unknown) =>
      forwardBackwardSchema.safeParse({
        model_id: 'm',
        seq_id: 1,
        forward_backward_input: {
          data: [{ model_input: { chunks: [chunk] }, loss_fn_inputs: { x: tensor } }],
          loss_fn: 'l',
        },
      }).success
    const text = { type: 'encoded_text', tokens: [1] }
    const row = { data: [1, 2], dtype: 'float32', shape: [2] }
    expect(read(text, row)).toBe(true)
    expect(read({ type: 'image', data: '' }, row)).toBe(false)
    expect(read({ type: 'encoded_text', tokens: [0.5] }, row)).toBe(false)
    expect(read({ type: 'encoded_text', tokens: [2 ** 40] }, row)).toBe(false)
    expect(read(text, { ...row, shape: [3] })).toBe(false)
    expect(read(text, { ...row, sparse_crow_indices: [0, 1] })).toBe(false)
    expect(read(text, { data: [1.5], dtype: 'int64' })).toBe(false)
  })
})

describe('batches in pieces', () => {
  const datum = (length: number) => ({ tokens: new Int32Array(length), inputs: {} })

  it('keep their order and stay within both limits', () => {
    const data = [3, 1, 4, 1, 5, 9, 2, 6].map((n) => datum(n * 100))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 500, max: 20_000 }), (sequences, bytes) => {
        const chunks = chunksOf(data, { sequences, bytes }, 'json')
        expect(chunks.flat()).toEqual(data)
        for (const chunk of chunks) {
          expect(chunk.length).toBeLessThanOrEqual(sequences)
          const size = chunk.reduce((sum, { tokens }) => sum + 80 + 7 * tokens.length, 0)
          expect(size <= bytes || chunk.length === 1).toBe(true)
        }
      }),
    )
  })

  it('are never shorter on the wire than they were thought to be', () => {
    const long = {
      tokens: Int32Array.from({ length: 50 }, () => 151_643),
      inputs: { w: float32(new Float32Array(50).fill(-1.23456789e-9)) },
    }
    const written = JSON.stringify(passToJson({ modelId: '', seqId: 0, data: [long], lossFn: '' })).length
    expect(chunksOf([long, long], { sequences: 9, bytes: 2 * written }, 'json')).toHaveLength(1)
    expect(chunksOf([long, long], { sequences: 9, bytes: 2 * written - 300 }, 'json')).toHaveLength(2)
  })

  it('give one answer: outputs in order, metrics by the end of their names', () => {
    const part = (logprob: number, count: number, x: number): PassOutput => ({
      outputType: 'scalar',
      outputs: Array.from({ length: count }, () => ({ logprobs: float32(Float32Array.of(logprob)) })),
      metrics: { 'a:sum': x, 'a:mean': x, 'a:min': x, 'a:max': x, 'a:unique': x },
    })
    const merged = mergeOutputs([part(-1, 1, 2), part(-2, 3, 6)])
    expect(merged.outputs.map(({ logprobs }) => logprobs.data[0])).toEqual([-1, -2, -2, -2])
    expect(merged.metrics).toEqual({ 'a:sum': 8, 'a:mean': 5, 'a:min': 2, 'a:max': 6, 'a:unique': 2, 'a:unique_2': 6 })
  })
})

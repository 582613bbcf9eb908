// The decoder against a naive one in float64, and what must hold whatever its weights: causality, rows that do not see
// each other, and the same numbers however the work is laid out.
import { describe, expect, it } from 'vitest'
import {
  concat,
  gather,
  gradients,
  input,
  logSoftmax,
  mul,
  pick,
  productDim,
  reshape,
  sum,
  type Tensor,
} from '../tensor/index.ts'
import { naiveLogits } from './__fixtures__/naive-decoder.ts'
import {
  causalMask,
  largestDifference,
  MASKED,
  namedStream,
  padded,
  rowLogits,
  runOnce,
  weightTensors,
} from './__fixtures__/run-decoder.ts'
import { randomWeights, tinyConfigs, tinyNames } from './__fixtures__/tiny-model.ts'
import { cachedAttention, causalAttention, prefixAttention } from './attention.ts'
import { decode, logitsOf, plainWeights } from './decoder.ts'

const TOLERANCE = 2e-5
const long = [2, 5, 3, 7, 11, 4, 18, 9, 6]
const short = [2, 8, 16, 3]

describe('the decoder', () => {
  it.each(tinyNames)('computes what a naive one computes: %s', async (name) => {
    const config = tinyConfigs[name]
    const arena = randomWeights(config, name)
    const found = await rowLogits(config, arena, [long, short])
    for (const [row, ids] of [long, short].entries()) {
      const expected = naiveLogits(config, arena, ids).flat()
      expect(largestDifference(found[row], expected)).toBeLessThan(TOLERANCE)
      // A comparison of zeros would prove nothing.
      expect(Math.max(...expected)).toBeGreaterThan(0.5)
    }
  })

  it.each(tinyNames)('computes the same with gains moved into weights for training: %s', async (name) => {
    const config = tinyConfigs[name]
    const arena = randomWeights(config, name)
    const [inference] = await rowLogits(config, arena, [long])
    const [training] = await rowLogits(config, arena, [long], { training: true })
    expect(largestDifference(training, inference)).toBeLessThan(TOLERANCE)
    expect(training).not.toEqual(inference)
  })

  it('never looks ahead: a changed token changes no earlier logit, and changes its own', async () => {
    const config = tinyConfigs.llama
    const arena = randomWeights(config, 'causal')
    const [before] = await rowLogits(config, arena, [long])
    for (let changed = 0; changed < long.length; changed++) {
      const [after] = await rowLogits(config, arena, [long.with(changed, (long[changed] + 1) % config.vocabSize)])
      const from = changed * config.vocabSize
      expect(after.subarray(0, from)).toEqual(before.subarray(0, from))
      expect(largestDifference(after.subarray(from), before.subarray(from))).toBeGreaterThan(1e-3)
    }
  })

  it("gives a row the same logits whatever the other rows, its padding and the padding's token are", async () => {
    const config = tinyConfigs.qwen3
    const arena = randomWeights(config, 'rows')
    const [alone] = await rowLogits(config, arena, [short])
    const [, beside] = await rowLogits(config, arena, [long, short])
    const [, otherPadding] = await rowLogits(config, arena, [long, short], { padId: 13 })
    const [, otherRow] = await rowLogits(config, arena, [long.toReversed(), short])
    expect(largestDifference(beside, alone)).toBeLessThan(TOLERANCE)
    expect(otherPadding).toEqual(beside)
    expect(otherRow).toEqual(beside)
  })
})

// Two prompts, three continuations each; the first token of a continuation is the last of its prompt.
const prompts = [
  [2, 5, 3, 7, 11],
  [2, 8, 16],
]
const continuations = [
  [
    [4, 6, 9],
    [4, 13, 1],
    [4, 10, 12],
  ],
  [
    [17, 6, 9],
    [17, 2, 14],
    [17, 7, 5],
  ],
]
const [GROUP, TIME, CONTEXT] = [3, 3, 5]
const targets = Int32Array.from({ length: prompts.length * GROUP * TIME }, (_, n) => (5 * n + 3) % 19)
const tokenWeights = Float32Array.from(targets, (_, n) => Math.sin(n + 1))

/** Weighted log-probabilities of the continuations' targets, and the gradient of every weight. */
function outputsOf(hidden: Tensor, layout: 'rows' | 'groups', setup: ReturnType<typeof setUp>): Record<string, Tensor> {
  const { config, weights, tensors } = setup
  const flat = reshape(hidden, [productDim(hidden.shape.slice(0, 2)), config.hiddenSize])
  const chosen = layout === 'groups' ? flat : gather(flat, input('select', ['N'], 'int32'))
  const picked = pick(logSoftmax(logitsOf(config, weights, chosen)), input('targets', [chosen.shape[0]], 'int32'))
  const loss = sum(mul(picked, input('tokenWeights', [chosen.shape[0]])))
  const outputs: Record<string, Tensor> = { picked }
  const names = [...tensors.keys()]
  gradients(loss, [...tensors.values()]).forEach((gradient, i) => {
    outputs[`gradient.${names[i]}`] = gradient
  })
  return outputs
}

function setUp(name: keyof typeof tinyConfigs) {
  const config = tinyConfigs[name]
  const arena = randomWeights(config, name)
  const tensors = weightTensors(arena)
  return { config, arena, tensors, weights: plainWeights(config, tensors, { training: true }) }
}

describe('a shared prompt', () => {
  it.each(['llama-untied-biases', 'qwen2', 'qwen3', 'phi3'] as const)(
    'computed once gives each continuation the logits and gradients of its own row: %s',
    async (name) => {
      const setup = setUp(name)
      const { config, arena, weights } = setup
      const common = { targets, tokenWeights }

      const rows = prompts.flatMap((prompt, p) => continuations[p].map((tail) => [...prompt, ...tail]))
      const time = CONTEXT + TIME
      const plain = decode(
        config,
        weights,
        namedStream(config, 'rows', ['P', 'T']),
        causalAttention(input('mask', ['T', 'T'])),
      )
      const plainFeeds = {
        ...common,
        'rows.ids': padded(rows, time),
        'rows.positions': padded(
          rows.map(() => [...Array(time).keys()]),
          time,
        ),
        mask: causalMask(time),
        select: Int32Array.from(rows.flatMap((row, r) => [0, 1, 2].map((t) => r * time + row.length - TIME + t))),
      }
      const plainSizes = { P: rows.length, T: time, N: targets.length }
      const expected = await runOnce(config, arena, outputsOf(plain.hidden, 'rows', setup), plainFeeds, plainSizes)

      const promptStream = namedStream(config, 'prompt', ['P', 'C'])
      const { keys, values } = decode(config, weights, promptStream, causalAttention(input('prompt.mask', ['C', 'C'])))
      const attend = prefixAttention(
        { keys, values, mask: input('prefix.mask', ['P', 1, 1, 'C']) },
        { group: 'G', time: 'T', mask: input('mask', ['T', 'T']) },
      )
      const grouped = decode(config, weights, namedStream(config, 'rows', ['P', 'G*T']), attend)
      const groupFeeds = {
        ...common,
        'prompt.ids': padded(prompts, CONTEXT),
        'prompt.positions': padded(
          prompts.map(() => [...Array(CONTEXT).keys()]),
          CONTEXT,
        ),
        'prompt.mask': causalMask(CONTEXT),
        'prefix.mask': Float32Array.from(
          prompts.flatMap((p) => [...Array(CONTEXT).keys()].map((t) => (t < p.length ? 0 : MASKED))),
        ),
        'rows.ids': Int32Array.from(continuations.flat(2)),
        'rows.positions': Int32Array.from(
          prompts.flatMap((p) => [0, 1, 2].flatMap(() => [0, 1, 2].map((t) => p.length + t))),
        ),
        mask: causalMask(TIME),
      }
      const groupSizes = { P: prompts.length, G: GROUP, T: TIME, C: CONTEXT }
      const found = await runOnce(config, arena, outputsOf(grouped.hidden, 'groups', setup), groupFeeds, groupSizes)

      expect(Object.keys(found)).toEqual(Object.keys(expected))
      for (const key of Object.keys(expected)) {
        const scale = Math.max(...expected[key].map(Math.abs))
        expect(scale, key).toBeGreaterThan(1e-3)
        expect(largestDifference(found[key], expected[key]) / scale, key).toBeLessThan(2e-5)
      }
    },
  )
})

describe('cached decoding', () => {
  it.each(['llama', 'qwen2', 'qwen3', 'phi3-longrope'] as const)(
    'one token after the other gives the logits of the whole row: %s',
    async (name) => {
      const { config, arena, tensors } = setUp(name)
      const weights = plainWeights(config, tensors, { training: false })
      const [whole] = await rowLogits(config, arena, [long])
      const { kvHeads, headDim, layers, vocabSize } = config
      const stream = namedStream(config, 'rows', [1, 1])
      const cached = (kind: string): Tensor[] =>
        Array.from({ length: layers }, (_, layer) => input(`${kind}.${layer}`, [1, kvHeads, 'S', headDim]))
      const prefix = { keys: cached('keys'), values: cached('values'), mask: input('mask', [1, 1, 1, 'S']) }
      const { hidden, keys, values } = decode(config, weights, stream, cachedAttention(prefix))
      const outputs: Record<string, Tensor> = { logits: logitsOf(config, weights, hidden) }
      for (let layer = 0; layer < layers; layer++) {
        outputs[`next.keys.${layer}`] = concat([prefix.keys[layer], keys[layer]], 2)
        outputs[`next.values.${layer}`] = concat([prefix.values[layer], values[layer]], 2)
      }
      // The cache begins with one place of rubbish that the mask hides.
      let cache: Record<string, Float32Array> = {}
      for (let layer = 0; layer < layers; layer++)
        for (const kind of ['keys', 'values']) cache[`${kind}.${layer}`] = new Float32Array(kvHeads * headDim).fill(77)
      for (const [t, id] of long.entries()) {
        const feeds = {
          ...cache,
          'rows.ids': Int32Array.of(id),
          'rows.positions': Int32Array.of(t),
          mask: Float32Array.from({ length: t + 1 }, (_, s) => (s === 0 ? MASKED : 0)),
        }
        const { logits, ...rest } = await runOnce(config, arena, outputs, feeds, { S: t + 1 })
        cache = Object.fromEntries(Object.entries(rest).map(([key, data]) => [key.slice('next.'.length), data]))
        expect(largestDifference(logits, whole.subarray(t * vocabSize, (t + 1) * vocabSize))).toBeLessThan(TOLERANCE)
      }
    },
  )
})

import { describe, expect, it } from 'vitest'
import { decoderParams } from '../model/param-spec.ts'
import { WeightArena } from '../model/weight-arena.ts'
import { benchSizes, benchTokenizer, trainingFlopsPerToken } from './sizes.ts'
import { decodePrompts, rolloutPlans, trainingRows } from './workload.ts'

const [small, large] = benchSizes

describe('the sizes', () => {
  it('have the parameters that their names say', () => {
    const counts = benchSizes.map(({ config }) => new WeightArena(decoderParams(config)).count)
    // Embedding + layers x (attention + feed-forward + two gains) + the last gain.
    expect(counts).toEqual([
      64 * 128 + 4 * (4 * 128 * 128 + 3 * 128 * 344 + 2 * 128) + 128,
      512 * 256 + 6 * (4 * 256 * 256 + 3 * 256 * 688 + 2 * 256) + 256,
    ])
  })

  it('cost 6 operations a parameter and 12 L T d of attention to train on a token', () => {
    expect(trainingFlopsPerToken(small)).toBe(6 * 799_872 + 12 * 4 * 64 * 128)
    expect(trainingFlopsPerToken(large)).toBe(6 * 4_877_568 + 12 * 6 * 128 * 256)
  })

  it('have a tokenizer of their vocabulary’s size that writes chain arithmetic', () => {
    for (const { config } of benchSizes) {
      const tokenizer = benchTokenizer(config.vocabSize)
      expect(tokenizer.size).toBe(config.vocabSize)
      expect(tokenizer.decode(tokenizer.encode('3+4*2-1=;#3'))).toBe('3+4*2-1=;#3')
    }
  })
})

describe('the workload', () => {
  it('is the same each time', () => {
    expect(trainingRows(small)).toEqual(trainingRows(small))
    expect(trainingRows(small).map((row) => row.length)).toEqual(new Array(64).fill(65))
  })

  it('decodes prompts that are all different, and others in each round', () => {
    const prompts = [...decodePrompts(small, 256, 0), ...decodePrompts(small, 256, 1)].map((row) => row.join())
    expect(new Set(prompts).size).toBe(512)
  })

  it('rolls out groups of eight with 20 to 40 tokens each, half of them right', () => {
    const plans = rolloutPlans(benchTokenizer(64), 32)
    expect(plans.length).toBe(256)
    for (let group = 0; group < 32; group++) {
      const members = plans.filter((plan) => plan.group === group)
      expect(new Set(members.map(({ problem }) => problem.id)).size).toBe(1)
      expect(members.reduce((sum, { reward }) => sum + reward, 0)).toBe(4)
    }
    const lengths = plans.map(({ length }) => length)
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([20, 40])
  })
})

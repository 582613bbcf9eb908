// Rotary angles against numbers worked out by hand from the formulas.
import { describe, expect, it } from 'vitest'
import { tinyConfigs } from './__fixtures__/tiny-model.ts'
import type { ModelConfig } from './config.ts'
import { ropeFrequencies, ropeTables, rotaryWidth } from './rope.ts'

/** Heads of width 8: frequencies 1, 1/10, 1/100, 1/1000. */
const plain: ModelConfig = { ...tinyConfigs.llama, headDim: 8, ropeTheta: 10000 }

const closeTo = (numbers: readonly number[]) => numbers.map((x) => expect.closeTo(x, 12) as number)

describe('ropeFrequencies', () => {
  it('are theta to the power of -2i/R', () => {
    expect(ropeFrequencies(plain, 16)).toEqual(closeTo([1, 0.1, 0.01, 0.001]))
  })

  it('count only the rotated part of a head', () => {
    const partial = { ...plain, partialRotary: 0.5 }
    expect(rotaryWidth(partial)).toBe(4)
    expect(ropeFrequencies(partial, 16)).toEqual(closeTo([1, 0.01]))
    // As Python's int(), which rounds towards zero: 0.4 * 96 = 38.4.
    expect(rotaryWidth({ ...plain, headDim: 96, partialRotary: 0.4 })).toBe(38)
  })

  it('are divided by the factor of linear scaling', () => {
    const linear = { ...plain, ropeScaling: { kind: 'linear' as const, factor: 4 } }
    expect(ropeFrequencies(linear, 16)).toEqual(closeTo([0.25, 0.025, 0.0025, 0.00025]))
  })

  it('of llama3 keep short wavelengths, stretch long ones and blend between', () => {
    // Wavelengths 2 pi / f: 6.28, 62.8, 628, 6283; kept below 1024 / 32 = 32, stretched above 1024 / 1 = 1024.
    const llama3 = {
      ...plain,
      ropeScaling: {
        kind: 'llama3' as const,
        factor: 8,
        lowFreqFactor: 1,
        highFreqFactor: 32,
        originalMaxPositions: 1024,
      },
    }
    const blend = (f: number): number => {
      const share = ((1024 * f) / (2 * Math.PI) - 1) / (32 - 1)
      return (1 - share) * (f / 8) + share * f
    }
    expect(ropeFrequencies(llama3, 16)).toEqual(closeTo([1, blend(0.1), blend(0.01), 0.000125]))
    expect(blend(0.1)).toBeCloseTo(0.05568, 5)
  })

  it('of longrope are divided by the short factors up to the original length, by the long ones beyond', () => {
    const longrope = {
      ...plain,
      ropeScaling: {
        kind: 'longrope' as const,
        shortFactor: [1, 1, 2, 2],
        longFactor: [4, 5, 8, 10],
        originalMaxPositions: 32,
      },
    }
    expect(ropeFrequencies(longrope, 32)).toEqual(closeTo([1, 0.1, 0.005, 0.0005]))
    expect(ropeFrequencies(longrope, 33)).toEqual(closeTo([0.25, 0.02, 0.00125, 0.0001]))
  })
})

describe('ropeTables', () => {
  it('hold the cosine and sine of position times frequency', () => {
    const { cos, sin, positions, half } = ropeTables(plain, 20)
    expect([positions, half, cos.length, sin.length]).toEqual([20, 4, 80, 80])
    expect([...cos.subarray(0, 4)]).toEqual([1, 1, 1, 1])
    expect([...sin.subarray(0, 4)]).toEqual([0, 0, 0, 0])
    // Position 13, second frequency: an angle of 1.3.
    expect(cos[13 * 4 + 1]).toBeCloseTo(0.26749882862, 6)
    expect(sin[13 * 4 + 1]).toBeCloseTo(0.96355818541, 6)
  })

  it('of longrope are scaled by sqrt(1 + ln(ratio) / ln(original))', () => {
    const scaling = {
      kind: 'longrope' as const,
      shortFactor: [1, 1, 1, 1],
      longFactor: [1, 1, 1, 1],
      originalMaxPositions: 4,
    }
    const magnitude = (config: ModelConfig): number => ropeTables(config, 4).cos[0]
    // 64 / 4 = 16 = 4^2: sqrt(1 + 2).
    expect(magnitude({ ...plain, maxPositions: 64, ropeScaling: scaling })).toBeCloseTo(Math.sqrt(3), 6)
    expect(magnitude({ ...plain, maxPositions: 4, ropeScaling: scaling })).toBe(1)
    expect(magnitude({ ...plain, maxPositions: 64, ropeScaling: { ...scaling, attentionFactor: 1.25 } })).toBe(1.25)
  })
})

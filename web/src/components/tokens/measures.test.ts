// Where values lie in the ranges of their colours, and how they are written.
import { describe, expect, it } from 'vitest'
import { colourAt } from './colour-scale.ts'
import { measureNames, measures, probability, signed } from './measures.ts'

describe('ranges of measures', () => {
  it.each(measureNames)('%s begins at 0 and ends at 1, and its ticks lie inside, in order', (name) => {
    const { from, to, placeOf, ticks } = measures[name]
    expect(placeOf(from)).toBeCloseTo(0, 12)
    expect(placeOf(to)).toBe(1)
    const places = ticks.map((tick) => placeOf(tick.value))
    expect(places[0]).toBeCloseTo(0, 12)
    expect(places.at(-1)).toBe(1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('have nothing special in the middle of what has two sides', () => {
    expect(measures.ratio.placeOf(1)).toBe(0.5)
    expect(measures.advantage.placeOf(0)).toBe(0.5)
  })

  it('put half and twice equally far from 1', () => {
    expect(measures.ratio.placeOf(0.8) + measures.ratio.placeOf(1 / 0.8)).toBeCloseTo(1, 12)
  })

  it('show a ratio that PPO would clip', () => {
    const { scale, placeOf } = measures.ratio
    expect(colourAt(scale, placeOf(1.21))).not.toBe(colourAt(scale, 0.5))
    expect(colourAt(scale, placeOf(0.79))).not.toBe(colourAt(scale, 0.5))
  })

  it('give a ratio of nothing the end of the range', () => {
    expect(measures.ratio.placeOf(0)).toBe(0)
  })
})

describe('numbers', () => {
  it.each([
    [0, '100 %'],
    [Math.log(0.5), '50.0 %'],
    [Math.log(0.125), '12.5 %'],
    [Math.log(0.004), '0.4 %'],
    [-20, '< 0.01 %'],
    [Number.NEGATIVE_INFINITY, '0 %'],
  ])('the probability of a log-probability of %d is %s', (logprob, text) => {
    expect(probability(logprob)).toBe(text)
  })

  it('have a minus, and a plus on request', () => {
    expect(signed(-0.5)).toBe('−0.500')
    expect(signed(0.5)).toBe('0.500')
    expect(signed(0.5, true)).toBe('+0.500')
    expect(signed(0, true)).toBe('0.00')
  })
})

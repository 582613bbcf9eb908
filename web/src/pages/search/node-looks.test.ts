import { describe, expect, test } from 'vitest'
import { colourOf, diameterOf, rangesOf, shareOf } from './node-looks.ts'
import { type NodeState, readHistory } from './replay.ts'

const node = (over: Partial<NodeState> = {}): NodeState => ({ text: '', tokens: 0, ...over })

describe('looks of nodes', () => {
  test('ranges are those of all events, not of one moment', () => {
    const history = readHistory([
      { order: 0, kind: 'add', node: 'a', value: 0.9, visits: 1 },
      { order: 1, kind: 'update', node: 'a', value: -0.1, visits: 7 },
    ])
    expect(rangesOf(history)).toEqual({
      value: { least: -0.1, most: 0.9 },
      visits: { least: 1, most: 7 },
      score: null,
    })
  })

  test('a share lies between 0 and 1, visits by their logarithm', () => {
    const range = { least: 0, most: 3 }
    expect(shareOf(node({ value: 1.5 }), 'value', range)).toBe(0.5)
    expect(shareOf(node({ value: 99 }), 'value', range)).toBe(1)
    expect(shareOf(node({ visits: 1 }), 'visits', range)).toBeCloseTo(0.5, 12)
    expect(shareOf(node(), 'value', range)).toBeUndefined()
    expect(shareOf(node({ value: Number.NaN }), 'value', range)).toBeUndefined()
    expect(shareOf(node({ value: 2 }), 'value', { least: 2, most: 2 })).toBe(1)
  })

  test('colours go by steps, verdicts by their names', () => {
    const range = { least: 0, most: 1 }
    expect([0, 0.5, 0.99, 1].map((value) => colourOf(node({ value }), 'value', range))).toEqual([
      'c0',
      'c3',
      'c5',
      'c5',
    ])
    expect(colourOf(node(), 'value', range)).toBe('unknown')
    expect(colourOf(node({ verdict: 'wrong' }), 'verdict', null)).toBe('wrong')
  })

  test('sizes grow with what they stand for', () => {
    const range = { least: 0, most: 1 }
    expect([0, 0.4, 0.6, 1].map((value) => diameterOf(node({ value }), 'value', range))).toEqual([8, 11, 14, 17])
    expect(diameterOf(node(), 'equal', null)).toBe(14)
    expect(diameterOf(node(), 'visits', range)).toBe(8)
  })
})

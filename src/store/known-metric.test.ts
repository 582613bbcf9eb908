// Unknown metrics fail with the names that exist.
import { expect, it } from 'vitest'
import { assertKnownMetric } from './known-metric.ts'

it('gives the row of a known metric', () => {
  expect(assertKnownMetric('reward/std').direction).toBe('none')
})

it('says which names of the area exist, or where to add one', () => {
  const error = (hint: string): unknown =>
    expect.objectContaining({ code: 'train/unknown-metric', hint: expect.stringContaining(hint) })
  expect(() => assertKnownMetric('reward/average')).toThrow(error('reward/mean'))
  expect(() => assertKnownMetric('nonsense/x')).toThrow(error('metrics.ts'))
})

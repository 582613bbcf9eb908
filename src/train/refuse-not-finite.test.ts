// What is no number is refused before a weight moves, and named.
import { describe, expect, it } from 'vitest'
import { groupOf, scored } from './__fixtures__/rollouts.ts'
import { refuseNotFinite } from './refuse-not-finite.ts'

describe('refuseNotFinite', () => {
  it('lets numbers pass, and whatever is not trained on', () => {
    refuseNotFinite([groupOf(scored(1), scored(Number.NaN, { dropped: 'for the test' }))])
  })

  it('names the sample whose reward or advantage is none', () => {
    const said = (text: string) =>
      expect.objectContaining({ code: 'train/not-a-number', message: expect.stringContaining(text) })
    expect(() => refuseNotFinite([groupOf(scored(1), scored(Number.NaN))])).toThrow(said('sample 1'))
    const advantages = Float32Array.of(0, Number.POSITIVE_INFINITY)
    expect(() => refuseNotFinite([groupOf(scored(1, { advantages }))])).toThrow(said('the advantage Infinity'))
  })
})

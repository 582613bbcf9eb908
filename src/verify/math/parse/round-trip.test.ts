import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../base/rng.ts'
import { randomAnswer } from './__fixtures__/random-answer.ts'
import { renderAnswer } from './__fixtures__/render-answer.ts'
import { readAnswer } from './read-answer.ts'
import { showAnswer } from './show-answer.ts'

function shown(text: string): string {
  const read = readAnswer(text)
  return read.ok ? showAnswer(read.answer) : `unreadable: ${read.reason}`
}

describe('an answer rendered in a random style', () => {
  it('reads as the answer that was rendered, whatever the style', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const answer = randomAnswer(stream('answer', seed))
        const want = showAnswer(answer)
        for (const style of ['first', 'second']) {
          const text = renderAnswer(answer, stream(style, seed))
          expect(`${text} => ${shown(text)}`).toBe(`${text} => ${want}`)
        }
      }),
      { numRuns: 1500, seed: 7 },
    )
  })

  it('keeps the kind of the answer', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const answer = randomAnswer(stream('answer', seed))
        const read = readAnswer(renderAnswer(answer, stream('style', seed)))
        expect(read.ok && read.answer.kind).toBe(answer.kind)
      }),
      { numRuns: 500, seed: 8 },
    )
  })
})

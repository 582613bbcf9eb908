// A choice taken in pieces against the same choice taken at once, and against a naive cut of the decoded text.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sample } from '../../contracts/index.ts'
import { tokenizerConfig, tokenizerFromJson, trainBpe } from '../../text/index.ts'
import { type ChoicePiece, ChoiceText, codePoints } from './choice-text.ts'

const vocab = tokenizerFromJson(trainBpe(['aa ab é € 😀'], { vocabSize: 265 }), tokenizerConfig())

const sampleOf = (ids: Int32Array, more: Partial<Sample> = {}): Sample => ({
  ...{ ids, text: vocab.decode(ids), stop: 'max', logprobs: new Float32Array(ids.length) },
  ...more,
})

/** The pieces when the tokens come `cut` at a time. */
function piecesOf(ids: Int32Array, cut: number, stops: readonly string[], more: Partial<Sample> = {}): ChoicePiece[] {
  const choice = new ChoiceText({ vocab, stops, stopTokens: [7], wantsOffsets: true }, new Int32Array(0))
  const out: ChoicePiece[] = []
  for (let length = cut; length < ids.length; length += cut) {
    out.push(choice.take({ soFar: sampleOf(ids.subarray(0, length)) }))
  }
  const ended = sampleOf(ids, more)
  return [...out, choice.take({ soFar: ended, ended })]
}

const textOf = (pieces: readonly ChoicePiece[]): string => pieces.map(({ text }) => text).join('')

describe('ChoiceText', () => {
  it('is the same in pieces as at once, for text and for what is none', () => {
    const any = fc.array(fc.integer({ min: 3, max: vocab.size - 1 }), { maxLength: 40 })
    const written = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '😀'), maxLength: 30 })
    const ids = fc.oneof(
      any.map((list) => Int32Array.from(list)),
      written.map((text) => vocab.encode(text)),
    )
    const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀'), minLength: 1, maxLength: 3 }), {
      maxLength: 2,
    })
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 7 }), stops, (tokens, cut, some) => {
        const pieces = piecesOf(tokens, cut, some)
        const whole = piecesOf(tokens, tokens.length + 1, some)
        expect(textOf(pieces)).toBe(textOf(whole))
        for (const { text } of pieces) expect(text).not.toMatch(/\p{Surrogate}/u)
        for (const stop of some) expect(textOf(pieces)).not.toContain(stop)
        if (some.length === 0) expect(textOf(pieces)).toBe(vocab.decode(tokens))
        const offsets = pieces.flatMap((piece) => piece.offsets)
        expect(offsets).toEqual(whole.flatMap((piece) => piece.offsets))
        expect(offsets.length).toBe(tokens.length)
        expect(pieces.map(({ from, to }) => to - from).reduce((a, b) => a + b, 0)).toBe(tokens.length)
      }),
    )
  })

  it('says where each token begins, in code points, also when it is a part of a character', () => {
    const ids = vocab.encode('a😀b')
    const pieces = piecesOf(ids, 1, [])
    expect(textOf(pieces)).toBe('a😀b')
    const offsets = pieces.flatMap((piece) => piece.offsets)
    expect([offsets[0], offsets[1], offsets.at(-1)]).toEqual([0, 1, 2])
  })

  it('says why it ended', () => {
    const ids = vocab.encode('ab')
    const end = (more: Partial<Sample>, tokens = ids, stops: string[] = []) =>
      piecesOf(tokens, 1, stops, more).at(-1)?.end
    expect(end({ stop: 'max' })).toEqual({ finish_reason: 'length', stop_reason: null })
    expect(end({ stop: 'eos' })).toEqual({ finish_reason: 'stop', stop_reason: null })
    expect(end({ stop: 'stop', stopHit: 'b' }, ids, ['b'])).toEqual({ finish_reason: 'stop', stop_reason: 'b' })
    expect(end({ stop: 'stop', stopHit: 'x' }, Int32Array.of(5, 7))).toEqual({ finish_reason: 'stop', stop_reason: 7 })
  })
})

describe('codePoints', () => {
  it('counts characters, not units', () => {
    expect(['', 'ab', 'é', '😀a'].map(codePoints)).toEqual([0, 2, 1, 2])
  })
})

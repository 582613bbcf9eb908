// The three ways to write log-probabilities, by hand. Tokens 3 and 4 look alike; 6 is a part of a character.
import { describe, expect, it } from 'vitest'
import { tinyTokenizer } from '../../engine/__fixtures__/tiny-model.ts'
import { chatLogprobs, completionLogprobs, promptLogprobs, type ScoredTokens } from './logprobs.ts'
import { TokenText } from './token-text.ts'

const names = ['', '', '', 'x', 'x', 'y', '\uFFFD', 'z']
const tokens = new TokenText({ ...tinyTokenizer, token: (id) => names[id] })
const style = { tokens, count: 2, asIds: false }
const range = { from: 0, to: 3, offsets: [0, 0, 1] }

/** The first is not predicted; the second is not among the likely ones; the third is, where its value differs a little. */
const scored: ScoredTokens = {
  ids: Int32Array.of(5, 7, 3),
  logprob: (t) => [undefined, Number.NEGATIVE_INFINITY, -0.51][t],
  top: (t) => [undefined, top([3, 4, 6], [-0.25, -0.5, -3]), top([3, 6, 5], [-0.5, -1, -Infinity])][t],
}

function top(ids: readonly number[], logprobs: readonly number[]) {
  return { ids: Int32Array.from(ids), logprobs: Float32Array.from(logprobs) }
}

describe('log-probabilities', () => {
  it('of completions have one entry for lookalikes, the own token always, and no infinity', () => {
    expect(completionLogprobs(scored, range, style)).toEqual({
      tokens: ['y', 'z', 'x'],
      token_logprobs: [null, -9999, -0.5],
      top_logprobs: [null, { x: -0.25, z: -9999 }, { x: -0.5, '\uFFFD': -1 }],
      text_offset: [0, 0, 1],
    })
  })

  it('of completions may name tokens by id, which tells lookalikes apart', () => {
    expect(completionLogprobs(scored, { ...range, from: 1, to: 2 }, { ...style, asIds: true }).top_logprobs).toEqual([
      { 'token_id:3': -0.25, 'token_id:4': -0.5, 'token_id:7': -9999 },
    ])
  })

  it('of chats have bytes where a token is text', () => {
    const bytes = { x: [120], z: [122] }
    expect(chatLogprobs(scored, { from: 1, to: 3 }, style)).toEqual([
      {
        ...{ token: 'z', logprob: -9999, bytes: bytes.z },
        top_logprobs: [
          { token: 'x', logprob: -0.25, bytes: bytes.x },
          { token: 'x', logprob: -0.5, bytes: bytes.x },
        ],
      },
      {
        ...{ token: 'x', logprob: -0.5, bytes: bytes.x },
        top_logprobs: [
          { token: 'x', logprob: -0.5, bytes: bytes.x },
          { token: '\uFFFD', logprob: -1, bytes: null },
        ],
      },
    ])
  })

  it('of prompts are by id, with ranks as far as they are known', () => {
    expect(promptLogprobs(scored, { ...style, count: 1 })).toEqual([
      null,
      {
        3: { logprob: -0.25, rank: 1, decoded_token: 'x' },
        7: { logprob: -9999, rank: null, decoded_token: 'z' },
      },
      { 3: { logprob: -0.5, rank: 1, decoded_token: 'x' } },
    ])
  })
})

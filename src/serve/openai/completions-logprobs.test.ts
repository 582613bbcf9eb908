// Log-probabilities of /v1/completions against the sampler and the scorer themselves.
import { afterAll, describe, expect, it } from 'vitest'
import { collect, tinyTokenizer } from '../../engine/__fixtures__/tiny-model.ts'
import { tinyServer } from '../__fixtures__/tiny-server.ts'

const endless = tinyServer({ endless: true })
afterAll(() => endless.sampler.dispose())

const path = '/v1/completions'
const context = tinyTokenizer.encode('abc')
const post = async (body: object) => {
  const reply = await endless.post(path, { prompt: 'abc', seed: 5, ...body })
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body))
  return reply.body
}

describe('log-probabilities', () => {
  it('are those of the sampler, unrounded, with likely tokens, the own one always, and offsets', async () => {
    const [[sample]] = await collect(endless.sampler, [{ context, maxTokens: 9, seed: 5, want: ['top-2'] }])
    const { logprobs } = (await post({ max_tokens: 9, logprobs: 2 })).choices[0]
    const names = Array.from(sample.ids, (id) => tinyTokenizer.token(id))
    expect(logprobs.tokens).toEqual(names)
    expect(logprobs.token_logprobs).toEqual([...sample.logprobs])
    const before = (_: string, t: number): number => tinyTokenizer.decode(sample.ids.subarray(0, t)).length
    expect(logprobs.text_offset).toEqual(names.map(before))
    logprobs.top_logprobs.forEach((top: Record<string, number>, t: number) => {
      const { ids, logprobs: likely } = sample.top![t]
      const expected = Object.fromEntries(Array.from(ids, (id, i) => [tinyTokenizer.token(id), likely[i]]))
      expect(top).toEqual({ ...expected, [names[t]]: sample.logprobs[t] })
    })
  })

  it('of 0 likely tokens show the own one', async () => {
    const { tokens, top_logprobs } = (await post({ max_tokens: 3, logprobs: 0 })).choices[0].logprobs
    expect(top_logprobs.map((top: object) => Object.keys(top))).toEqual(tokens.map((token: string) => [token]))
  })

  it('may name tokens by id', async () => {
    const { logprobs, token_ids } = (
      await post({ logprobs: 1, return_token_ids: true, return_tokens_as_token_ids: true, max_tokens: 4 })
    ).choices[0]
    expect(logprobs.tokens).toEqual(token_ids.map((id: number) => `token_id:${id}`))
  })

  it('of the prompt come first with echo: what lm-evaluation-harness reads', async () => {
    const [scored] = await endless.sampler.score([
      { context: context.slice(0, 1), ids: tinyTokenizer.encode('bcdef'), want: ['top-1'] },
    ])
    for (const max_tokens of [0, 1]) {
      const body = { prompt: 'abcdef', echo: true, logprobs: 1, temperature: 0, max_tokens }
      const { text, logprobs, finish_reason } = (await post(body)).choices[0]
      expect(text.slice(0, 6)).toBe('abcdef')
      expect(text.length).toBe(6 + max_tokens)
      expect(finish_reason).toBe('length')
      expect(logprobs.tokens.slice(0, 6)).toEqual([...'abcdef'])
      expect(logprobs.text_offset).toEqual([0, 1, 2, 3, 4, 5, 6].slice(0, 6 + max_tokens))
      expect([logprobs.token_logprobs[0], logprobs.top_logprobs[0]]).toEqual([null, null])
      for (let t = 1; t < 6; t++) {
        const greedy = scored.top![t - 1]
        const own = logprobs.token_logprobs[t]
        expect(own).toBeCloseTo(scored.logprobs[t - 1], 5)
        expect(logprobs.top_logprobs[t][tinyTokenizer.token(greedy.ids[0])]).toBe(greedy.logprobs[0])
        // The harness calls an answer greedy where this holds exactly.
        const isGreedy = own === Math.max(...(Object.values(logprobs.top_logprobs[t]) as number[]))
        expect(isGreedy).toBe(greedy.ids[0] === tinyTokenizer.encode('abcdef')[t])
      }
      if (max_tokens === 1)
        expect(logprobs.token_logprobs[6]).toBe(Math.max(...(Object.values(logprobs.top_logprobs[6]) as number[])))
    }
  })

  it('of the prompt come by id with prompt_logprobs', async () => {
    const [scored] = await endless.sampler.score([
      { context: context.slice(0, 1), ids: context.slice(1), want: ['top-2'] },
    ])
    const { prompt_logprobs: shown } = (await post({ prompt_logprobs: 2, max_tokens: 1 })).choices[0]
    expect(shown).toHaveLength(3)
    expect(shown[0]).toBeNull()
    for (const t of [1, 2]) {
      const { ids, logprobs } = scored.top![t - 1]
      expect(shown[t][ids[0]]).toEqual({ logprob: logprobs[0], rank: 1, decoded_token: tinyTokenizer.token(ids[0]) })
      expect(shown[t][ids[1]].rank).toBe(2)
      expect(shown[t][context[t]].logprob).toBeCloseTo(scored.logprobs[t - 1], 5)
    }
  })

  it('of a prompt of one token are null', async () => {
    const { logprobs } = (await post({ prompt: 'a', echo: true, logprobs: 1, max_tokens: 0 })).choices[0]
    expect(logprobs).toEqual({ tokens: ['a'], token_logprobs: [null], top_logprobs: [null], text_offset: [0] })
  })
})

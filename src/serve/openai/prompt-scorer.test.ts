// In what parts prompts are scored, with an engine that writes down what it is asked.
import { describe, expect, it } from 'vitest'
import type { Sampler, ScoreItem } from '../../contracts/index.ts'
import { tinyTokenizer } from '../../engine/__fixtures__/tiny-model.ts'
import { PromptScorer } from './prompt-scorer.ts'

/** Gives each token its own id as log-probability; `size` makes its distributions large. */
function writingSampler(size: number) {
  const asked: string[] = []
  let running = 0
  const sampler: Sampler = {
    ...{ id: 'writing', can: new Set(['score'] as const), vocab: { ...tinyTokenizer, size }, contextLimit: 100 },
    async *sample() {},
    async score(items: readonly ScoreItem[]) {
      if (++running > 1) throw new Error('two at a time')
      asked.push(items.map(({ context, ids }) => `${context.join()}|${ids.join()}`).join(' '))
      await new Promise((resolve) => setImmediate(resolve))
      running--
      return items.map(({ ids }) => ({ ids, text: '', stop: 'stop' as const, logprobs: Float32Array.from(ids) }))
    },
    dispose: async () => {},
  }
  return { sampler, asked }
}

const prompts = (...lists: number[][]): Int32Array[] => lists.map((list) => Int32Array.from(list))
const how = { top: 0, param: 'echo', signal: new AbortController().signal }

describe('PromptScorer', () => {
  it('scores every token but the first, in parts that keep distributions small', async () => {
    // Six tokens at once.
    const { sampler, asked } = writingSampler(2 ** 26 / 6)
    const scored = await new PromptScorer().score(
      sampler,
      prompts([3, 4, 5], [6, 7, 8], [9], [3, 4, 5, 6, 7, 8, 9]),
      how,
    )
    expect(asked).toEqual(['3|4,5 6|7,8', '9|', '3|4,5,6,7,8,9'])
    expect(scored.map(({ ids, logprob }) => Array.from(ids, (_, t) => logprob(t)))).toEqual([
      [undefined, 4, 5],
      [undefined, 7, 8],
      [undefined],
      [undefined, 4, 5, 6, 7, 8, 9],
    ])
  })

  it('does one part at a time for all requests, in turn, and goes on after a failure', async () => {
    const { sampler, asked } = writingSampler(2 ** 26 / 2)
    const scorer = new PromptScorer()
    const gone = AbortSignal.abort()
    const [first, refused, last] = await Promise.allSettled([
      scorer.score(sampler, prompts([3, 4], [5, 6]), how),
      scorer.score(sampler, prompts([7, 8]), { ...how, signal: gone }),
      scorer.score(sampler, prompts([9, 10]), how),
    ])
    expect([first.status, refused.status, last.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(asked).toEqual(['3|4', '9|10', '5|6'])
  })

  it('says which field an engine that cannot score has no answer for', async () => {
    const { sampler } = writingSampler(16)
    const refused = new PromptScorer().score({ ...sampler, can: new Set() }, prompts([3]), how)
    await expect(refused).rejects.toMatchObject({ status: 400, param: 'echo', code: 'unsupported_parameter' })
  })
})

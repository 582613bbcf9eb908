import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunCounter, tinySampler } from '../../../engine/__fixtures__/tiny-model.ts'
import { body, playgroundOver } from '../__fixtures__/playground.ts'
import { digitModel, digits, eventsOf, jsonOf, SampleFolder, scripted } from '../__fixtures__/sample-run.ts'
import type { DeskOptions } from './sample-desk.ts'

const folder = new SampleFolder()
beforeAll(() => folder.add('a/chain', { checkpoints: [0, 5] }))
afterAll(() => folder.remove())

const playground = (options?: DeskOptions) => playgroundOver(folder, options)

describe('a client that leaves', () => {
  it('ends its samples, and the next in line has its turn', async () => {
    const counter = new RunCounter()
    const model = { ...digitModel(1, 4096), compile: { threads: 1, observer: counter } }
    const endless = { ...model, tokenizer: { ...digits, eos: -1 }, config: { ...model.config, eosId: -1 } }
    const sampler = tinySampler(endless)
    const { post, desk, traffic } = playground({
      load: async () => ({ sampler, tokenizer: endless.tokenizer, dispose: () => sampler.dispose() }),
    })
    const reader = (await post({ ...body, maxTokens: 4000 })).body!.getReader()
    const next = await post({ ...body, maxTokens: 3, samples: 1 })
    for (let reads = 0; reads < 3; reads++) expect((await reader.read()).done).toBe(false)
    expect([desk.length, traffic.running]).toEqual([2, 2])
    await reader.cancel()
    expect([desk.length, traffic.running]).toEqual([1, 1])
    expect(eventsOf(await next.text()).at(-1)).toMatchObject({ kind: 'end', stop: 'max' })
    expect(desk.length).toBe(0)
    const runs = counter.runs
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(counter.runs).toBe(runs)
    expect(runs).toBeLessThan(1000)
    await desk.close()
  })

  it('leaves the line before its turn', async () => {
    const { post, desk } = playground({ load: () => new Promise(() => {}) })
    const first = await post(body)
    const second = await post(body)
    await second.body!.cancel()
    expect(desk.length).toBe(1)
    await first.body!.cancel()
    expect(desk.length).toBe(0)
  })
})

describe('the line', () => {
  it('holds one and eight more, then refuses with 429 until one leaves', async () => {
    const { post, desk } = playground({ load: () => new Promise(() => {}) })
    const replies = await Promise.all(Array.from({ length: 9 }, () => post(body)))
    expect(replies.map(({ status }) => status)).toEqual(Array(9).fill(200))
    const refused = await post(body)
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(await jsonOf(refused)).toMatchObject({ status: 429, body: { error: { code: 'queue-full' } } })
    await replies[8].body!.cancel()
    expect((await post(body)).status).toBe(200)
    expect(desk.length).toBe(9)
  })

  it('serves in the order of arrival, one after the other', async () => {
    const order: string[] = []
    const { post } = playground({
      load: async (path) => {
        order.push(path.endsWith('step-000000') ? 'zero' : 'five')
        return scripted(['1'])
      },
    })
    const replies = await Promise.all([0, 5, 0].map((checkpoint) => post({ ...body, checkpoint })))
    await Promise.all(replies.map((reply) => reply.text()))
    expect(order).toEqual(['zero', 'five', 'zero'])
  })
})

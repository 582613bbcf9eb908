import { afterEach, describe, expect, it } from 'vitest'
import { collect } from '../../__fixtures__/tiny-model.ts'
import { type FakeServer, fakeOpenaiServer, fakeScore, fakeTokenizer } from '../__fixtures__/fake-openai-server.ts'
import { openaiSampler } from './index.ts'

const servers: FakeServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function open(allowLora: boolean) {
  const server = await fakeOpenaiServer({ dialect: 'vllm', endless: true, allowLora })
  servers.push(server)
  return { server, sampler: await openaiSampler({ url: server.url, tokenizer: fakeTokenizer }) }
}

const context = fakeTokenizer.encode('abc')
const adapter = { name: 'step-1', path: '/adapters/step-1' }

describe('an adapter', () => {
  it('is a sampler of its own, over the same connection and budget, until it is disposed of', async () => {
    const { server, sampler } = await open(true)
    const adapted = await sampler.adapter(adapter)
    expect(adapted.id).toBe('openai:step-1')
    server.forgetAsked()
    const [[base]] = await collect(sampler, [{ context, maxTokens: 8, seed: 1 }])
    const [[sample]] = await collect(adapted, [{ context, maxTokens: 8, seed: 1 }])
    expect(server.asked.map(({ body }) => body.model)).toEqual(['fake', 'step-1'])
    const expected = fakeScore([...context], [...sample.ids], { endless: true, salt: adapter.path })
    sample.logprobs.forEach((logprob, t) => {
      expect(logprob).toBeCloseTo(expected[t], 5)
    })
    expect(sample.text).not.toBe(base.text)
    expect(sampler.usage.requests).toBe(2)

    await adapted.dispose()
    expect(server.asked.at(-1)).toMatchObject({ path: '/v1/unload_lora_adapter', body: { lora_name: 'step-1' } })
    expect((await collect(sampler, [{ context, maxTokens: 8, seed: 1 }]))[0][0]).toEqual(base)
    await sampler.dispose()
  })

  it('replaces one of its name when that is asked for', async () => {
    const { sampler } = await open(true)
    await sampler.adapter(adapter)
    await expect(sampler.adapter(adapter)).rejects.toMatchObject({
      code: 'remote/http',
      message: expect.stringContaining('already been loaded'),
    })
    const other = await sampler.adapter({ ...adapter, path: '/adapters/step-2' }, { replace: true })
    const [[sample]] = await collect(other, [{ context, maxTokens: 4, seed: 1 }])
    const [first] = fakeScore([...context], [...sample.ids], { endless: true, salt: '/adapters/step-2' })
    expect(sample.logprobs[0]).toBeCloseTo(first, 5)
  })

  it('that the server does not find is told from a server that takes none, with what to do', async () => {
    const { sampler } = await open(true)
    await expect(sampler.adapter({ name: 'x', path: 'nowhere' })).rejects.toMatchObject({
      code: 'remote/http',
      message: expect.stringContaining('No adapter found for nowhere'),
    })
    const { sampler: closed } = await open(false)
    await expect(closed.adapter(adapter)).rejects.toMatchObject({
      code: 'remote/no-lora',
      hint: expect.stringContaining('VLLM_ALLOW_RUNTIME_LORA_UPDATING'),
    })
  })
})

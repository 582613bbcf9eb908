import { afterEach, describe, expect, it } from 'vitest'
import {
  type FakeOptions,
  type FakeServer,
  fakeOpenaiServer,
  fakeTokenizer,
} from '../__fixtures__/fake-openai-server.ts'
import { formatProbe, type OpenaiOptions, openaiSampler, type ProbeReport, probe } from './index.ts'

const servers: FakeServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function serve(options: FakeOptions): Promise<FakeServer> {
  const server = await fakeOpenaiServer(options)
  servers.push(server)
  return server
}

async function probed(fake: FakeOptions, options: Partial<OpenaiOptions> = {}): Promise<ProbeReport> {
  const { url } = await serve({ contextLimit: 200, ...fake })
  return probe({ url, tokenizer: fakeTokenizer, ...options })
}

const found = ({ findings }: ProbeReport, has: string): string[] =>
  findings.filter((finding) => finding.has === has).map(({ name }) => name)
const can = ({ claims }: ProbeReport): string[] =>
  claims.filter(({ why }) => why === undefined).map(({ capability }) => capability)
const why = ({ claims }: ProbeReport, name: string): string | undefined =>
  claims.find(({ capability }) => capability === name)?.why

describe('a probe', () => {
  it('finds everything on a server like vLLM', async () => {
    const report = await probed({ dialect: 'vllm', allowLora: true })
    expect(report.facts).toEqual({
      model: 'fake',
      endpoint: 'completions',
      maxTokensField: 'max_tokens',
      contextLimit: 200,
      idPrompts: true,
      idsBack: 'token_ids',
      endBack: true,
      logprobs: true,
      rawLogprobs: true,
      topIds: true,
      promptLogprobs: 'prompt_logprobs',
      seed: true,
      n: true,
      nSeeds: true,
      stop: true,
      stopTold: true,
      stopTokens: true,
      bias: true,
      topK: true,
      minP: true,
      streaming: true,
      continues: false,
      lora: true,
    })
    expect(found(report, 'no')).toEqual([])
    expect(can(report)).toEqual(['ids', 'prefix', 'stop', 'logprobs', 'top-k', 'bias', 'score', 'abort', 'seed'])
  })

  it('finds ids on a server like llama.cpp, and no scores, though it accepts what asks for them', async () => {
    const report = await probed({ dialect: 'llamacpp' })
    expect(report.facts).toMatchObject({
      idsBack: 'logprob-ids',
      contextLimit: 200,
      n: false,
      stopTold: false,
      topK: true,
    })
    expect(found(report, 'no')).toEqual(['prompt logprobs', 'n', 'stop reason', 'stop tokens', 'lora loading'])
    expect(can(report)).toEqual(['ids', 'prefix', 'stop', 'logprobs', 'top-k', 'bias', 'abort', 'seed'])
  })

  it('finds text only on a strict server, and says why', async () => {
    const report = await probed({ dialect: 'openai' })
    expect(report.facts).toMatchObject({
      idPrompts: true,
      n: true,
      nSeeds: false,
      seed: true,
      topK: false,
      minP: false,
    })
    expect(can(report)).toEqual(['stop', 'abort', 'seed'])
    expect(why(report, 'ids')).toBe('token ids do not come back')
    expect(report.findings.find(({ name }) => name === 'top_k')?.note).toBe(
      '400: Unrecognized request argument supplied: top_k',
    )
  })

  it('takes the chat endpoint where there is no other, and its name for the limit', async () => {
    const report = await probed({ dialect: 'openai', chatOnly: true })
    expect(report.facts).toMatchObject({
      endpoint: 'chat',
      maxTokensField: 'max_completion_tokens',
      seed: true,
      stop: true,
    })
    expect(why(report, 'logprobs')).toMatch(/conversations are text/)
  })

  it('takes the chat endpoint when it is asked for, and finds out whether turns can be continued', async () => {
    const report = await probed({ dialect: 'vllm' }, { endpoint: 'chat' })
    expect(report.facts).toMatchObject({ endpoint: 'chat', maxTokensField: 'max_tokens', continues: true, minP: true })
    expect((await probed({ dialect: 'llamacpp' }, { endpoint: 'chat' })).facts.continues).toBe(false)
  })

  it('gives no capability of tokens without a tokenizer, and says what to give', async () => {
    const report = await probed({ dialect: 'vllm' }, { tokenizer: undefined })
    expect(report.facts).toMatchObject({ idPrompts: true, idsBack: 'token_ids', promptLogprobs: 'prompt_logprobs' })
    expect(can(report)).toEqual(['stop', 'abort', 'seed'])
    expect(why(report, 'score')).toMatch(/tokenizer is not known/)
  })

  it('finds out log-probabilities that are not those of the model itself', async () => {
    const report = await probed({ dialect: 'vllm', cookedLogprobs: true })
    expect(report.facts).toMatchObject({ logprobs: true, rawLogprobs: false })
    expect(why(report, 'logprobs')).toMatch(/after temperature/)
  })

  it('takes what it is told over what it finds', async () => {
    const report = await probed({ dialect: 'openai' }, { assume: { seed: false, contextLimit: 999 } })
    expect(report.facts).toMatchObject({ seed: false, contextLimit: 999 })
    expect(can(report)).not.toContain('seed')
    expect(report.findings.map(({ name }) => name)).toContain('assumed: seed')
  })

  it('asks fewer than thirty times for at most sixteen tokens', async () => {
    for (const dialect of ['openai', 'vllm', 'llamacpp'] as const) {
      const server = await serve({ dialect, contextLimit: 200 })
      await probe({ url: server.url, tokenizer: fakeTokenizer })
      const asked = server.asked.filter(({ path }) => path.endsWith('completions'))
      expect(asked.length).toBeLessThan(30)
      expect(Math.max(...asked.map(({ body }) => Number(body.max_tokens ?? 0)))).toBe(16)
    }
  })

  it('prints as a table that a server cannot draw over, and is JSON', async () => {
    const report = await probed({ dialect: 'llamacpp' })
    const lines = formatProbe(report).split('\n')
    expect(lines[0]).toMatch(/\/v1 {2}fake {2}\(completions\)$/)
    expect(lines).toContain('- n                             400: Only one completion choice is allowed')
    expect(lines).toContain('+ seed')
    const { findings } = report
    const evil = { ...report, findings: [...findings, { name: 'x', has: 'no', note: 'a\u001b[2Jb' } as const] }
    expect(formatProbe(evil)).not.toContain('\u001b')
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})

describe('what is wrong with the settings is said before anything is sampled', () => {
  const code = async (fake: FakeOptions, options: Partial<OpenaiOptions>): Promise<unknown> => {
    const { url } = await serve(fake)
    return openaiSampler({ url, tokenizer: fakeTokenizer, ...options }).catch((error: unknown) => error)
  }

  it('a missing key, which is named and not shown', async () => {
    const error = await code({ dialect: 'openai', apiKey: 'right' }, { apiKey: 'sk-wrong-key' })
    expect(error).toMatchObject({ code: 'remote/http', hint: expect.stringContaining('OPENAI_API_KEY') })
    expect(String(error)).not.toContain('sk-wrong-key')
    expect(await code({ dialect: 'openai', apiKey: 'right' }, { apiKey: 'right' })).toMatchObject({ id: 'openai:fake' })
  })

  it('an unknown model, with the one that was meant', async () => {
    expect(await code({ dialect: 'vllm', models: ['qwen3-1.7b', 'other'] }, { model: 'qwen3-17b' })).toMatchObject({
      code: 'config/unknown-model',
      hint: 'Did you mean "qwen3-1.7b"?',
    })
    expect(await code({ dialect: 'vllm', models: ['a', 'b'] }, {})).toMatchObject({
      code: 'config/no-model',
      hint: 'Name one of: a, b',
    })
  })

  it('a tokenizer of another model', async () => {
    expect(await code({ dialect: 'vllm', shiftedIds: true }, {})).toMatchObject({ code: 'config/other-tokenizer' })
  })

  it('a server that is not there, or is no such server', async () => {
    const gone = await fakeOpenaiServer({ dialect: 'vllm' })
    await gone.close()
    const quick = { http: { sleep: async () => undefined } }
    await expect(openaiSampler({ url: gone.url, ...quick })).rejects.toMatchObject({ code: 'remote/unreachable' })
    expect(await code({ dialect: 'openai', chatOnly: true }, { endpoint: 'completions' })).toMatchObject({
      code: 'remote/no-endpoint',
      message: expect.stringContaining('completions: 404: Not Found'),
    })
    expect(await code({ dialect: 'vllm', fault: () => ({ kind: 'body', body: '<html>' }) }, {})).toMatchObject({
      code: 'remote/bad-json',
    })
  })
})

// Whatever is sent, the answer is JSON with a status below 500, and the server goes on.
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { tinyServer } from '../__fixtures__/tiny-server.ts'

const server = tinyServer()
afterAll(() => server.sampler.dispose())

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'abc', -1, 0, 1, 2.5, 1e308, [], {}, [[]], true, 'tiny@x', '\ud800', '__proto__'),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer(),
  fc.array(fc.integer({ min: -2, max: 20 }), { maxLength: 5 }),
)
const names = [
  ...['model', 'n', 'seed', 'stop', 'stop_token_ids', 'temperature', 'top_p', 'top_k', 'min_p', 'logit_bias', 'stream'],
  ...['stream_options', 'return_token_ids', 'prompt_logprobs', 'logprobs', 'top_logprobs', 'echo', 'best_of', 'tools'],
  ...['chat_template_kwargs', 'max_tokens', 'max_completion_tokens', 'tokens', 'response_format', 'suffix', 'user'],
]
const fields = fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 5 })
const path = fc.constantFrom('/v1/completions', '/v1/chat/completions', '/tokenize', '/detokenize')
const prompt = fc.oneof({ weight: 3, arbitrary: fc.constantFrom<unknown>('abc', [3, 4], ['a', 'b']) }, odd)
const message = fc.record({ role: fc.oneof(fc.constant('user'), odd), content: fc.oneof(fc.constant('abc'), odd) })
const messages = fc.oneof({ weight: 3, arbitrary: fc.array(message, { maxLength: 3 }) }, odd)

async function answered(to: string, body: unknown): Promise<void> {
  const reply = await server.send(to, body)
  const text = await reply.text()
  expect(reply.status).toBeLessThan(500)
  if (reply.headers.get('content-type')?.includes('event-stream')) expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
  else {
    const { error } = JSON.parse(text)
    if (reply.status < 400) expect(error).toBeUndefined()
    else expect(Object.keys(error)).toEqual(['message', 'type', 'param', 'code'])
  }
}

describe('any request', () => {
  it('with odd fields is answered', async () => {
    await fc.assert(
      fc.asyncProperty(path, fields, prompt, messages, (to, more, given, turns) =>
        answered(to, { prompt: given, messages: turns, max_tokens: 2, ...more }),
      ),
      { numRuns: 300 },
    )
  })

  it('that is any text is answered', async () => {
    const text = fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' }))
    await fc.assert(fc.asyncProperty(path, text, answered), { numRuns: 150 })
  })

  it.each([
    ['very deep', '['.repeat(200_000)],
    [
      'deep in a field',
      `{"messages":[{"role":"user","content":"a"}],"chat_template_kwargs":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
    ],
    ['with a prototype', '{"__proto__":{"prompt":"abc"},"constructor":1}'],
    ['with very many prompts', JSON.stringify({ prompt: Array(100_000).fill('a') })],
    [
      'with a very long text',
      JSON.stringify({ prompt: 'a'.repeat(4_000_000), messages: [{ role: 'user', content: 'a'.repeat(1000) }] }),
    ],
    ['with very many token ids', JSON.stringify({ prompt: Array(1_000_000).fill(3) })],
    ['with a huge number', '{"prompt":"abc","seed":1e400,"max_tokens":99999999999999999999}'],
  ])('%s is answered', async (_, body) => {
    for (const to of ['/v1/completions', '/v1/chat/completions', '/tokenize']) await answered(to, body)
  })

  it('leaves a server that answers', async () => {
    expect((await server.post('/v1/completions', { prompt: 'abc' })).status).toBe(200)
    expect([server.traffic.running, server.logged]).toEqual([0, []])
  })
})

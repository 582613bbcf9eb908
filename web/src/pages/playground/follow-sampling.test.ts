// A request for samples from its first byte to its end, with a server that is a function.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SampleRequestBody } from '../../../../src/serve/dashboard/api.ts'
import { followSampling } from './follow-sampling.ts'
import { newSampling, type Sampling } from './sampling.ts'

const body: SampleRequestBody = {
  run: 'demo',
  checkpoint: 3,
  problem: { text: '1+1=' },
  samples: 1,
  temperature: 1,
  maxTokens: 8,
  seed: 0,
}
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
const prompt = event({ kind: 'prompt', text: '1+1=' })
const token = event({ kind: 'token', sample: 0, text: '2', id: 2, logprob: 0, top: [] })
const end = event({ kind: 'end', sample: 0, stop: 'eos', verdict: 'right', reason: 'it is 2' })

afterEach(() => vi.unstubAllGlobals())

/** Follows a request that is answered by `reply`; gives the last state and how often it changed. */
async function follow(reply: () => Response | Promise<Response>, stop = new AbortController()) {
  const fetched = vi.fn<typeof fetch>(async () => reply())
  vi.stubGlobal('fetch', fetched)
  let state: Sampling = newSampling(1)
  let changes = 0
  await followSampling(body, stop.signal, (next) => {
    changes++
    state = next(state)
  })
  return { state, changes, fetched }
}

describe('following a request for samples', () => {
  it('sends the request as JSON and ends with what came', async () => {
    const { state, fetched } = await follow(() => new Response(prompt + token + end))
    expect(state).toMatchObject({ phase: 'done', prompt: '1+1=', draws: [{ end: { verdict: 'right' } }] })
    expect(state.draws[0].tokens.map(({ text }) => text)).toEqual(['2'])
    const [path, init] = fetched.mock.calls[0]
    expect(path).toBe('/api/sample')
    expect(init?.method).toBe('POST')
    expect(JSON.parse(String(init?.body))).toEqual(body)
  })

  it('makes one change of events that come together', async () => {
    const { changes } = await follow(() => new Response(prompt + token + token + end))
    // One for the events, one for the end of the answer.
    expect(changes).toBe(2)
  })

  it('passes over the mark of the end that some servers send', async () => {
    const { state } = await follow(() => new Response(`${end}data: [DONE]\n\n`))
    expect(state.phase).toBe('done')
  })

  it("tells the server's own error with its hint", async () => {
    const error = { message: 'The checkpoint is damaged', code: 'x', hint: 'Take another.' }
    const { state } = await follow(() => Response.json({ error }, { status: 422 }))
    expect(state).toMatchObject({
      phase: 'failed',
      error: { message: 'The checkpoint is damaged', hint: 'Take another.' },
    })
  })

  it('keeps what has come when the connection breaks off', async () => {
    const { state } = await follow(
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode(prompt + token))
            },
            pull(controller) {
              controller.error(new TypeError('network'))
            },
          }),
        ),
    )
    expect(state).toMatchObject({ phase: 'failed', error: { message: 'The connection broke off' } })
  })

  it('fails when the server cannot be reached or says what is no JSON', async () => {
    const away = await follow(() => Promise.reject(new TypeError('refused')))
    expect(away.state.phase).toBe('failed')
    const odd = await follow(() => new Response('data: {"kind":\n\n'))
    expect(odd.state.phase).toBe('failed')
  })

  it('says nothing of a failure after it was stopped', async () => {
    const stop = new AbortController()
    stop.abort()
    const { state, changes } = await follow(() => Promise.reject(new DOMException('stopped', 'AbortError')), stop)
    expect(changes).toBe(0)
    expect(state.phase).toBe('waiting')
  })
})

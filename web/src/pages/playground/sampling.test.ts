// How events of the server become what the playground shows.
import { describe, expect, it } from 'vitest'
import type { SampleEvent } from '../../../../src/serve/dashboard/api.ts'
import { closed, newSampling, tally, withEvents } from './sampling.ts'

const token = (sample: number, text: string): SampleEvent => ({
  kind: 'token',
  sample,
  text,
  id: text.length,
  logprob: -0.5,
  top: [{ text, logprob: -0.5 }],
})
const end = (sample: number, verdict: 'right' | 'wrong' | 'undecided' | 'failed' | null): SampleEvent => ({
  kind: 'end',
  sample,
  stop: 'eos',
  verdict,
  reason: 'because',
})
const prompt: SampleEvent = { kind: 'prompt', text: '1+1=', answer: '2' }

describe('samples being drawn', () => {
  it('wait until something comes', () => {
    expect(newSampling(2)).toEqual({ phase: 'waiting', draws: [{ tokens: [] }, { tokens: [] }] })
    expect(withEvents(newSampling(1), []).phase).toBe('waiting')
    expect(withEvents(newSampling(1), [prompt])).toMatchObject({ phase: 'drawing', prompt: '1+1=', answer: '2' })
  })

  it('get their tokens, each sample its own, in order', () => {
    const first = withEvents(newSampling(2), [token(1, 'a'), token(0, 'x'), token(1, 'b')])
    const then = withEvents(first, [token(1, 'c')])
    expect(then.draws.map((draw) => draw.tokens.map((t) => t.text).join(''))).toEqual(['x', 'abc'])
  })

  it('leave a sample as it is that nothing came for, so that it need not be drawn again', () => {
    const first = withEvents(newSampling(2), [token(0, 'x')])
    const then = withEvents(first, [token(1, 'a')])
    expect(then.draws[0]).toBe(first.draws[0])
    expect(then.draws[1]).not.toBe(first.draws[1])
  })

  it('do not change the state that was', () => {
    const first = withEvents(newSampling(1), [token(0, 'x')])
    withEvents(first, [token(0, 'y'), end(0, 'right')])
    expect(first.draws[0].tokens).toHaveLength(1)
    expect(first.draws[0].end).toBeUndefined()
  })

  it('pass over samples that were not asked for', () => {
    expect(withEvents(newSampling(1), [token(7, 'x'), end(7, 'right')]).draws).toEqual([{ tokens: [] }])
  })

  it('are done when all have ended', () => {
    const state = closed(withEvents(newSampling(2), [prompt, end(0, 'right'), end(1, 'wrong')]))
    expect(state.phase).toBe('done')
    expect(state.error).toBeUndefined()
  })

  it('have failed when the server ends before they do', () => {
    expect(closed(withEvents(newSampling(2), [end(0, 'right')]))).toMatchObject({
      phase: 'failed',
      error: { message: 'The server ended before the samples did' },
    })
  })

  it("keep the server's own error", () => {
    const failed = withEvents(newSampling(1), [{ kind: 'error', message: 'no such checkpoint' }])
    expect(closed(failed)).toMatchObject({ phase: 'failed', error: { message: 'no such checkpoint' } })
  })
})

describe('the share that is right', () => {
  it('leaves out what has no verdict', () => {
    const state = withEvents(newSampling(6), [
      end(0, 'right'),
      end(1, 'wrong'),
      end(2, 'undecided'),
      end(3, 'failed'),
      end(4, null),
    ])
    expect(tally(state.draws)).toEqual({ right: 1, decided: 2, leftOut: 3, ended: 5 })
  })
})

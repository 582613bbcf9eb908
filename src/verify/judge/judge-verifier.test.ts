// Judges with scripted replies: counting, refusing, failing, and being the same every time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SampleRequest } from '../../contracts/index.ts'
import { characterVocab, type Reply, type Script, scriptedSampler } from './__fixtures__/scripted-sampler.ts'
import { type JudgeOptions, judgeVerifier } from './judge-verifier.ts'

const question = { problem: 'What is half of 1?', gold: '1/2', answer: '0.5' }
const yes = '[[YES]]'
const no = '[[NO]]'
const failure: Reply = { stop: 'error', error: 'out of memory' }

function judge(script: Script, options: Partial<JudgeOptions> = {}) {
  const sampler = scriptedSampler(script)
  return { sampler, ask: judgeVerifier({ sampler, ...options }) }
}

/** What the model was given. */
const prompts = ({ requests }: { requests: readonly SampleRequest[] }) =>
  requests.map(({ context }) => characterVocab.decode(context))

/** A judge whose votes are given. */
function voting(replies: readonly Reply[], options: Partial<JudgeOptions> = {}) {
  return judge({ reply: (_, index) => replies[index] }, { votes: replies.length, ...options }).ask(question)
}

describe('votes', () => {
  it.each([
    ['a yes', [yes], 'right', 1],
    ['a no', [no], 'wrong', 0],
    ['an abstention', ['hm'], 'undecided', 0],
    ['most yes', [yes, no, yes], 'right', 2 / 3],
    ['most no', [no, no, yes], 'wrong', 1 / 3],
    ['a tie', [yes, no], 'undecided', 0.5],
    ['a majority of the decisive', [yes, 'hm', no, yes], 'right', 2 / 3],
    ['two decisive of five', [yes, yes, 'hm', 'hm', 'hm'], 'undecided', 1],
    ['three decisive of five', [yes, yes, yes, 'hm', failure], 'right', 1],
    ['one failed of two', [failure, no], 'wrong', 0],
    ['all failed', [failure, failure], 'failed', 0],
    ['failed and abstained', [failure, 'hm'], 'undecided', 0],
    ['an aborted sample', [{ stop: 'abort', text: yes }], 'failed', 0],
    ['a failed sample that says yes', [{ stop: 'error', text: yes }], 'failed', 0],
    ['a reply cut at its limit', [{ stop: 'max', text: yes }], 'right', 1],
  ] as const)('make %s a verdict', async (_, replies, kind, score) => {
    expect(await voting(replies)).toMatchObject({ kind, score })
  })

  it('are counted in the parts', async () => {
    const { parts } = await voting([yes, no, yes, 'hm', failure, yes])
    expect(parts).toEqual({ votes: 6, yes: 3, no: 1, abstained: 1, failed: 1 })
  })

  it('need the threshold on either side', async () => {
    const most = [yes, yes, no]
    expect((await voting(most, { threshold: 2 / 3 })).kind).toBe('right')
    expect((await voting(most, { threshold: 0.7 })).kind).toBe('undecided')
    expect((await voting([no, no, yes], { threshold: 2 / 3 })).kind).toBe('wrong')
    expect((await voting([no, no, yes], { threshold: 1 })).kind).toBe('undecided')
    expect((await voting([no, no, no], { threshold: 1 })).kind).toBe('wrong')
  })

  it('need as many decisive ones as asked', async () => {
    expect((await voting([yes, 'hm', 'hm'], { minDecisive: 1 })).kind).toBe('right')
    expect((await voting([yes, yes, 'hm'], { minDecisive: 3 })).kind).toBe('undecided')
  })

  it('give the verdict that a plain count gives', async () => {
    const reply = fc.constantFrom<Reply>(yes, no, 'hm', failure)
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 9 }), async (replies) => {
        const count = (wanted: Reply) => replies.filter((one) => one === wanted).length
        const lead = count(yes) - count(no)
        const decided = lead > 0 ? 'right' : lead < 0 ? 'wrong' : 'undecided'
        const kind = 2 * (count(yes) + count(no)) < replies.length ? 'undecided' : decided
        expect((await voting(replies)).kind).toBe(count(failure) === replies.length ? 'failed' : kind)
      }),
      { numRuns: 50 },
    )
  })

  it('can be read in another way', async () => {
    const options = { readVerdict: (text: string) => (text === 'ja' ? 'yes' : undefined) } as const
    expect((await voting(['ja'], options)).kind).toBe('right')
    expect((await voting(['xyz'], { decode: (ids) => (ids.length === 3 ? yes : no) })).kind).toBe('right')
  })
})

describe('the prompt', () => {
  it('holds the problem, the gold answer and the answer, each fenced with one word', async () => {
    const { ask, sampler } = judge({ reply: () => yes })
    await ask(question)
    const [seen] = prompts(sampler)
    const word = /<answer ([a-z]{12})>\n0\.5\n<\/answer \1>/.exec(seen)?.[1]
    expect(word).toBeDefined()
    expect(seen).toContain(`<problem ${word}>\nWhat is half of 1?\n</problem ${word}>`)
    expect(seen).toContain(`<reference ${word}>\n1/2\n</reference ${word}>`)
  })

  it('asks whether the answer is right when there is no gold answer', async () => {
    const { ask, sampler } = judge({ reply: () => no })
    expect((await ask({ problem: 'p', answer: 'a' })).kind).toBe('wrong')
    expect(prompts(sampler)[0]).not.toContain('reference')
  })

  it('passes the settings of the samples on', async () => {
    const { ask, sampler } = judge({ reply: () => yes }, { votes: 3, maxTokens: 7, temperature: 0.3 })
    await ask(question)
    expect(sampler.requests).toMatchObject([{ n: 3, maxTokens: 7, temperature: 0.3 }])
  })

  it('can be a template of your own, encoded in your own way', async () => {
    const { ask, sampler } = judge(
      { reply: () => yes },
      {
        prompt: ({ word, answer }) => answer.replaceAll(word, 'W'),
        encode: (text) => Int32Array.from(`<user>${text}`, (c) => c.charCodeAt(0)),
      },
    )
    await ask(question)
    expect(prompts(sampler)[0]).toBe('<user><answer W>\n0.5\n</answer W>')
  })
})

describe('questions that are not asked', () => {
  it.each([
    ['an empty answer', { ...question, answer: ' \n' }, 'wrong'],
    ['an answer over its limit', { ...question, answer: 'x'.repeat(2001) }, 'undecided'],
    ['a problem over its limit', { ...question, problem: 'x'.repeat(20_001) }, 'failed'],
    ['a gold answer over its limit', { ...question, gold: 'x'.repeat(2001) }, 'failed'],
    ['no question at all', undefined as unknown as typeof question, 'failed'],
  ] as const)('%s', async (_, asked, kind) => {
    const { ask, sampler } = judge({ reply: () => yes })
    expect(await ask(asked)).toMatchObject({ kind, score: 0 })
    expect(sampler.requests).toEqual([])
  })

  it('a prompt that fills the context', async () => {
    const verdict = await judge({ reply: () => yes, contextLimit: 100 }).ask(question)
    expect(verdict).toMatchObject({ kind: 'failed', reason: expect.stringContaining('leaves no room') })
  })
})

describe('failures', () => {
  const broken = (part: object) => ({ ...scriptedSampler({ reply: () => yes }), ...part })

  it.each([
    [
      'a sampler that throws at once',
      {
        sampler: broken({
          sample: () => {
            throw new Error('gone')
          },
        }),
      },
    ],
    [
      'a sampler that rejects',
      {
        sampler: broken({
          sample: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('gone')) }) }),
        }),
      },
    ],
    [
      'a template that throws',
      {
        prompt: () => {
          throw new Error('gone')
        },
      },
    ],
    [
      'an encoder that throws',
      {
        encode: () => {
          throw new Error('gone')
        },
      },
    ],
    [
      'a reader that throws',
      {
        readVerdict: () => {
          throw new Error('gone')
        },
      },
    ],
  ] as const)('%s is a failed verdict', async (_, options) => {
    const sampler = scriptedSampler({ reply: () => yes })
    const verdict = await judgeVerifier({ sampler, ...(options as Partial<JudgeOptions>) })(question)
    expect(verdict).toMatchObject({ kind: 'failed', score: 0, reason: expect.stringContaining('gone') })
  })

  it('of samples name the first reason', async () => {
    expect((await voting([failure, { stop: 'timeout' }])).reason).toContain('out of memory')
  })

  it('keep the votes that came before a sampler broke off', async () => {
    const reply = (_: string, index: number) => {
      if (index === 2) throw new Error('gone')
      return yes
    }
    const verdict = await judge({ reply }, { votes: 4 }).ask(question)
    expect(verdict).toMatchObject({ kind: 'right', parts: { votes: 4, yes: 2, failed: 2 } })
  })

  it.each([
    { votes: 0 },
    { votes: 1.5 },
    { maxTokens: 0 },
    { temperature: -1 },
    { threshold: 0.4 },
    { votes: 2, minDecisive: 3 },
    { soft: { yes, no } },
  ])('of settings are thrown when the judge is made: %j', (options) => {
    expect(() => judge({}, options)).toThrow(expect.objectContaining({ code: 'config/bad-judge' }))
  })
})

describe('the same seed', () => {
  /** A reply that depends on the seed and the index alone. */
  const reply = (_: string, index: number, { seed }: { seed: number }) => ((seed >>> index) % 2 ? yes : no)
  const questions = Array.from({ length: 20 }, (_, i) => ({ ...question, answer: `${i}` }))

  it('gives the same verdicts, in any order, alone or all at once', async () => {
    const options = { votes: 5, seed: 3 }
    const once = judge({ reply }, options)
    const alone = []
    for (const one of questions) alone.push(await once.ask(one))
    const other = judge({ reply, isReversed: true }, options)
    const together = await Promise.all([...questions].reverse().map(other.ask))
    expect(together.reverse()).toEqual(alone)
    expect(new Set(alone.map(({ score }) => score)).size).toBeGreaterThan(2)
  })

  it('is another one for another question or seed', async () => {
    const seeds = async (seed: number) => {
      const { ask, sampler } = judge({ reply }, { seed })
      await Promise.all(questions.map(ask))
      return sampler.requests.map((request) => request.seed)
    }
    const [one, same, other] = [await seeds(1), await seeds(1), await seeds(2)]
    expect(same).toEqual(one)
    expect(new Set([...one, ...other]).size).toBe(40)
  })
})

describe('an abort', () => {
  it('before a question asks nothing', async () => {
    const { ask, sampler } = judge({ reply: () => yes }, { signal: AbortSignal.abort() })
    expect(await ask(question)).toMatchObject({ kind: 'failed', reason: 'aborted' })
    expect(sampler.requests).toEqual([])
  })

  it.each([{}, { soft: { yes, no } }])(
    'ends a question under way, even when the sampler does not heed it: %j',
    async (options) => {
      const controller = new AbortController()
      const sampler = scriptedSampler({
        can: ['top-k'],
        reply: (_, index) => (index === 0 && !('soft' in options) ? yes : new Promise<string>(() => {})),
      })
      const votes = 'soft' in options ? 1 : 3
      const pending = judgeVerifier({ sampler, votes, signal: controller.signal, ...options })(question)
      await new Promise((resolve) => setImmediate(resolve))
      controller.abort()
      expect(await pending).toEqual({ kind: 'failed', score: 0, reason: 'aborted' })
      expect(sampler.requests[0].signal).toBe(controller.signal)
    },
  )
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinySampler } from '../../../engine/__fixtures__/tiny-model.ts'
import { chainArithmetic } from '../../../tasks/index.ts'
import { tokenizerConfig, tokenizerFromJson, trainBpe } from '../../../text/index.ts'
import { body, playgroundOver } from '../__fixtures__/playground.ts'
import { digitModel, digits, eventsOf, jsonOf, SampleFolder, scripted } from '../__fixtures__/sample-run.ts'
import type { SampleEvent, SampleRequestBody } from '../api.ts'
import type { DeskOptions } from './sample-desk.ts'

const folder = new SampleFolder()
const QUESTIONS = '{"question":"1+1","answer":"2"}\n{"question":"2+2","answer":"4"}\n'

beforeAll(async () => {
  await folder.add('plain')
  await folder.add('a/chain', { checkpoints: [0, 5], config: { levels: [2, 3], config: { knobs: { modulus: 7 } } } })
  await folder.add('odd', { checkpoints: [1], task: 'of-another-program' })
  const path = join(folder.root, 'rows.jsonl')
  writeFileSync(path, QUESTIONS)
  await folder.add('rows', { checkpoints: [1], task: 'questions', config: { data: { path } } })
})
afterAll(() => folder.remove())

const playground = (options?: DeskOptions) => playgroundOver(folder, options)

type Token = Extract<SampleEvent, { kind: 'token' }>
type End = Extract<SampleEvent, { kind: 'end' }>
const tokensOf = (events: readonly SampleEvent[], sample = 0): Token[] =>
  events.filter((event): event is Token => event.kind === 'token' && event.sample === sample)
const endsOf = (events: readonly SampleEvent[]): End[] => events.filter((event): event is End => event.kind === 'end')
const textOf = (events: readonly SampleEvent[], sample = 0): string =>
  tokensOf(events, sample)
    .map(({ text }) => text)
    .join('')

describe('GET /api/models', () => {
  it('names the runs that have a checkpoint, with its steps and their task', async () => {
    expect((await playground().get('/api/models')).body).toEqual({
      models: [
        { run: 'a/chain', checkpoints: [0, 5], task: 'chain-arithmetic' },
        { run: 'odd', checkpoints: [1], task: 'of-another-program' },
        { run: 'rows', checkpoints: [1], task: 'questions' },
      ],
    })
  })
})

describe('POST /api/sample with a model of a checkpoint', () => {
  const real = playground()
  afterAll(() => real.desk.close())

  it('streams what the sampler draws: tokens that add up to its text, their log-probabilities, an end for each sample', async () => {
    const events = await real.events()
    expect(events[0]).toEqual({ kind: 'prompt', text: '1+2=' })
    const sampler = tinySampler(digitModel(5))
    const request = { context: digits.encode('1+2='), n: 2, maxTokens: 12, temperature: 1, seed: 3 }
    for await (const { index, sample } of sampler.sample([request])) {
      const tokens = tokensOf(events, index)
      expect(tokens.map(({ id }) => id)).toEqual([...sample.ids])
      expect(textOf(events, index)).toBe(sample.text)
      tokens.forEach(({ logprob }, t) => {
        expect(logprob).toBeCloseTo(sample.logprobs[t], 4)
      })
      expect(endsOf(events).find((end) => end.sample === index)?.stop).toBe(sample.stop)
    }
    await sampler.dispose()
    expect(endsOf(events)).toHaveLength(2)
  })

  it('has the token itself on top of the likely ones when greedy, and the likely ones in order', async () => {
    const events = await real.events({ temperature: 0, samples: 1 })
    const tokens = tokensOf(events)
    expect(tokens.length).toBeGreaterThan(0)
    for (const { id, logprob, top } of tokens) {
      expect(top[0]).toEqual({ text: digits.token(id), logprob })
      expect(top).toHaveLength(8)
      const sorted = top.map((one) => one.logprob).sort((a, b) => b - a)
      expect(top.map((one) => one.logprob)).toEqual(sorted)
    }
  })

  it('asks the problem of the run by seed and number, with its knobs and levels, and at another level where one is named', async () => {
    const ask = async (problem: SampleRequestBody['problem']) => (await real.events({ problem, samples: 1 }))[0]
    const expected = chainArithmetic.problem('test', 2_000_001, { modulus: 7, level: 3 })
    expect(await ask({ seed: 2, index: 1 })).toEqual({
      kind: 'prompt',
      text: expected.prompt,
      answer: expected.answer,
    })
    const longer = chainArithmetic.problem('test', 2_000_001, { modulus: 7, level: 5 })
    expect(await ask({ seed: 2, index: 1, level: 5 })).toMatchObject({ text: longer.prompt })
  })

  it('tells what goes wrong in the stream', async () => {
    const message = async (change: Partial<SampleRequestBody>) => {
      const events = await real.events(change)
      expect(events.at(-1)?.kind).toBe('error')
      return (events.at(-1) as { message: string }).message
    }
    expect(await message({ problem: { text: 'what?' } })).toContain('"w"')
    expect(await message({ problem: { text: '1'.repeat(200) } })).toBe(
      'The prompt has 200 tokens, and the model reads 128 at most.',
    )
    expect(await message({ problem: { seed: 0, index: 0, level: 99 } })).toContain('no level 99')
    expect(await message({ run: 'odd', checkpoint: 1, problem: { seed: 0, index: 0 } })).toContain(
      'no task "of-another',
    )
    expect(await message({ run: 'rows', checkpoint: 1, problem: { seed: 0, index: 2 } })).toContain('no row 2')
  })

  it('goes on after an error, and keeps one model', async () => {
    await real.events({ problem: { text: 'what?' } })
    expect(endsOf(await real.events({ checkpoint: 0 }))).toHaveLength(2)
    expect(real.desk.length).toBe(0)
    expect(real.desk.hasModel).toBe(true)
  })
})

describe('POST /api/sample says whether samples are right', () => {
  const ends = async (texts: readonly string[], change: Partial<SampleRequestBody>) => {
    const events = await playground({ load: async () => scripted(texts) }).events({ samples: texts.length, ...change })
    return endsOf(events).map(({ stop, verdict, reason }) => [stop, verdict, reason] as const)
  }

  it('by the verifier of the run, with its reason', async () => {
    const problem = chainArithmetic.problem('test', 0, { modulus: 7, level: 2 })
    const wrong = String((Number(problem.answer) + 1) % 7)
    const answers = await ends([chainArithmetic.solve(problem), `#${wrong}`, ''], { problem: { seed: 0, index: 0 } })
    expect(answers).toEqual([
      ['eos', 'right', `${problem.answer} is the value of the chain`],
      ['eos', 'wrong', `${wrong} is not the value of the chain, ${problem.answer}`],
      ['eos', 'wrong', 'no final answer: nothing after a "#"'],
    ])
  })

  it('as mathematics where only an answer was given, and not at all without one', async () => {
    const texts = ['1+2=3;#3', '3', '#4']
    const judged = await ends(texts, { problem: { text: '1+2=', answer: '3' } })
    expect(judged.map(([, verdict]) => verdict)).toEqual(['right', 'right', 'wrong'])
    expect(judged[2][2]).toContain('(compared as mathematics)')
    for (const answer of [undefined, '', ' ']) {
      const [[, verdict, reason]] = await ends(['3'], {
        problem: { text: '1+2=', ...(answer !== undefined && { answer }) },
      })
      expect([verdict, reason]).toEqual([null, 'no answer was given to judge it by'])
    }
  })

  it('by the verifier of a task of questions, for typed ones and for rows of its file', async () => {
    const typed = { run: 'rows', checkpoint: 1, problem: { text: '1+2', answer: '3' } }
    const [right, wrong] = await ends(['3', '4'], typed)
    expect([right[1], wrong[1]]).toEqual(['right', 'wrong'])
    expect(right[2]).not.toContain('compared as mathematics')
    const asked = playground({ load: async () => scripted(['4'], wide) })
    const row = await asked.events({ run: 'rows', checkpoint: 1, samples: 1, problem: { seed: 0, index: 1 } })
    expect(row[0]).toMatchObject({ kind: 'prompt', answer: '4', text: expect.stringMatching(/^2\+2\nPlease reason/) })
    expect(endsOf(row)[0].verdict).toBe('right')
  })

  it('for a run whose task is not known here', async () => {
    const [[, verdict]] = await ends(['3'], { run: 'odd', checkpoint: 1, problem: { text: '1+2=', answer: '3' } })
    expect(verdict).toBe('right')
  })
})

/** Bytes as tokens: characters beyond ASCII are several. */
const wide = tokenizerFromJson(trainBpe([''], { vocabSize: 259 }), tokenizerConfig())

describe('POST /api/sample with characters of several tokens', () => {
  it('adds up to the text, each character with the token that completes it', async () => {
    const text = 'a€😀b'
    const { events } = playground({ load: async () => scripted([text], wide) })
    const tokens = tokensOf(await events({ problem: { text: 'q' }, samples: 1 }))
    expect(tokens.map((token) => token.text)).toEqual(['a', '', '', '€', '', '', '', '😀', 'b', ''])
  })

  it('ends the text with what is no whole character', async () => {
    // Two bytes of three, and the first of another character for the end.
    const cut = wide.encode('a€').slice(0, 3)
    const broken = { ...wide, encode: (text: string) => (text === 'cut' ? cut : wide.encode(text)), eos: cut[1] }
    const { events } = playground({ load: async () => scripted(['cut'], broken) })
    const text = textOf(await events({ problem: { text: 'q' }, samples: 1 }))
    expect(text).toBe('a\uFFFD\uFFFD')
  })
})

describe('hostile bodies', () => {
  const { post, logged, get } = playground({ load: async () => scripted(['1']) })

  it.each<[string, unknown, number, string]>([
    ['another run', { ...body, run: 'nothing' }, 404, 'no-such-run'],
    ['a run above the folder', { ...body, run: '../a/chain' }, 404, 'no-such-run'],
    ['another checkpoint', { ...body, checkpoint: 3 }, 404, 'store/no-checkpoint'],
    ['a run without a checkpoint', { ...body, run: 'plain' }, 404, 'store/no-checkpoint'],
    ['a checkpoint that is a path', { ...body, checkpoint: '../../x' }, 400, 'invalid_value'],
    ['too many samples', { ...body, samples: 17 }, 400, 'invalid_value'],
    ['no samples', { ...body, samples: 0 }, 400, 'invalid_value'],
    ['too many tokens', { ...body, maxTokens: 4097 }, 400, 'invalid_value'],
    ['a negative temperature', { ...body, temperature: -1 }, 400, 'invalid_value'],
    ['a seed that is no number', { ...body, seed: '1' }, 400, 'invalid_value'],
    ['a problem without text or number', { ...body, problem: {} }, 400, 'invalid_value'],
    ['an empty text', { ...body, problem: { text: '' } }, 400, 'invalid_value'],
    ['a text that is too long', { ...body, problem: { text: '1'.repeat(20_001) } }, 400, 'invalid_value'],
    [
      'an answer that is too long',
      { ...body, problem: { text: '1', answer: '1'.repeat(20_001) } },
      400,
      'invalid_value',
    ],
    ['a negative number', { ...body, problem: { seed: 0, index: -1 } }, 400, 'invalid_value'],
    ['a huge body', { ...body, more: 'x'.repeat(300_001) }, 413, 'request_too_large'],
    ['no JSON', '{"run":', 400, 'invalid_json'],
    ['a list', '[]', 400, 'invalid_json'],
    ['depth', '['.repeat(100_000), 400, 'invalid_json'],
  ])('%s is refused', async (_, sent, status, code) => {
    expect(await jsonOf(await post(sent))).toMatchObject({ status, body: { error: { code } } })
  })

  it('of pages elsewhere are refused by their type', async () => {
    expect((await post(body, { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  })

  it('leave no one in line and nothing in the log', async () => {
    expect(logged).toEqual([])
    expect((await get('/api/models')).status).toBe(200)
    const reply = await post({ ...body, problem: { text: '1'.repeat(990), answer: '\\boxed{'.repeat(2000) } })
    expect(endsOf(eventsOf(await reply.text()))[0].verdict).toBe('undecided')
  })
})

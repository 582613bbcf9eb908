// Rewards through requests to the app, with the real verifier and with one that misbehaves.
import { afterAll, describe, expect, it } from 'vitest'
import { chainArithmetic } from '../../tasks/index.ts'
import { createApp } from '../http/app.ts'
import { Traffic } from '../http/traffic.ts'
import { type RewardOptions, rewardRoutes } from './routes.ts'

/** An answer that was JSON. */
interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where that is not there.
  readonly body: any
}

const groups: ReturnType<typeof rewardRoutes>[] = []
afterAll(() => Promise.all(groups.map((group) => group.close?.())))

function serve(options: Partial<RewardOptions> = {}, apiKey?: string) {
  const routes = rewardRoutes({ task: chainArithmetic, threads: 2, timeoutMs: 5000, waiting: 100, ...options })
  groups.push(routes)
  const logged: string[] = []
  const app = createApp({ groups: [routes], traffic: new Traffic(), log: (line) => logged.push(line), apiKey })
  return {
    logged,
    async post(path: string, body: unknown, init: RequestInit = {}): Promise<Answer> {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const headers = { 'content-type': 'application/json' }
      const reply = await app.request(path, { method: 'POST', body: text, headers, ...init })
      return { status: reply.status, body: await reply.json() }
    },
    get: async (path: string) => (await app.request(path)).json(),
  }
}

const problems = Array.from({ length: 3 }, (_, i) => chainArithmetic.problem('train', i, { level: 2 }))
const right = problems.map((problem) => chainArithmetic.solve(problem))
/** Threads take long to load: one server for all that need the real verifier. */
const server = serve({ problems, knobs: { level: 3 }, threads: 1 })
const odd = (options: Partial<RewardOptions> = {}) =>
  serve({ entry: new URL('./__fixtures__/odd-thread.ts', import.meta.url), ...options })
const [one] = problems

describe('POST /reward', () => {
  it('verifies completions, of problems by id, as objects and as text', async () => {
    const { status, body } = await server.post('/reward', {
      problems: [one.id, problems[1], JSON.stringify(problems[2]), one.id],
      completions: [right[0], right[1], right[2], '#x'],
    })
    expect(status).toBe(200)
    expect(body.scores).toEqual([1, 1, 1, 0])
    expect(body.verdicts).toEqual(['right', 'right', 'right', 'wrong'])
    expect(body.reasons[3]).not.toBe('')
  })

  it('knows the problems that the task makes with the same knobs', async () => {
    const made = chainArithmetic.problem('test', 5, { level: 3 })
    const ask = (id: string) => server.post('/reward', { problems: [id], completions: [chainArithmetic.solve(made)] })
    expect((await ask(made.id)).body.scores).toEqual([1])
    const other = chainArithmetic.problem('test', 5, { level: 4 })
    expect(await ask(other.id)).toMatchObject({
      status: 400,
      body: { error: { code: 'unknown_problem', param: 'problems.0' } },
    })
  })

  it('reads the last turn of a conversation', async () => {
    const turns = [
      { role: 'assistant', content: '#x' },
      { role: 'assistant', content: right[0] },
    ]
    const { body } = await server.post('/reward', { problems: [one.id], completions: [turns] })
    expect(body.scores).toEqual([1])
  })

  it.each<[string, unknown, number, string]>([
    ['no problem of that id', { problems: ['nothing'], completions: ['a'] }, 400, 'unknown_problem'],
    [
      'a problem of another task',
      { problems: [{ ...one, task: 'countdown' }], completions: ['a'] },
      400,
      'unknown_problem',
    ],
    ['half a problem', { problems: ['{"id":"a"'], completions: ['a'] }, 400, 'unknown_problem'],
    [
      'a problem without a prompt',
      { problems: [{ id: 'a', task: 'chain-arithmetic' }], completions: ['a'] },
      400,
      'unknown_problem',
    ],
    ['numbers that differ', { problems: [one.id], completions: [] }, 400, 'invalid_value'],
    ['completions that are none', { problems: [one.id], completions: [3] }, 400, 'invalid_value'],
    ['no completions', { problems: [one.id] }, 400, 'invalid_value'],
    ['broken JSON', '{', 400, 'invalid_json'],
  ])('refuses %s', async (_, body, status, code) => {
    expect(await server.post('/reward', body)).toMatchObject({ status, body: { error: { code } } })
  })

  it('gives no score for a completion that is too long, and scores the others', async () => {
    const completions = ['x'.repeat(400_001), right[0]]
    const { body } = await server.post('/reward', { problems: [one.id, one.id], completions })
    expect(body).toMatchObject({ scores: [null, 1], verdicts: ['failed', 'right'] })
  })

  it('gives no score where the problem is none of the task', async () => {
    const { status, body } = await server.post('/reward', {
      problems: [{ ...one, meta: { operands: null } }],
      completions: ['#3'],
    })
    expect(status).toBe(200)
    expect([0, null]).toContain(body.scores[0])
  })

  it('limits bodies, and says what it verifies', async () => {
    const small = serve({ maxBodyBytes: 100 })
    expect(await small.post('/reward', { problems: ['a'.repeat(200)], completions: ['a'] })).toMatchObject({
      status: 413,
    })
    expect(await small.get('/reward')).toMatchObject({ task: 'chain-arithmetic', taken: 0 })
  })

  it('asks for its key', async () => {
    const locked = serve({ problems }, 'secret')
    const ask = { problems: [], completions: [] }
    expect(await locked.post('/reward', ask)).toMatchObject({ status: 401 })
    const headers = { 'content-type': 'application/json', authorization: 'Bearer secret' }
    expect(await locked.post('/reward', ask, { headers })).toMatchObject({ status: 200, body: { scores: [] } })
  })
})

describe("other systems' shapes", () => {
  it("are TRL's: columns in, floats out", async () => {
    const completions = [[{ role: 'assistant', content: right[0] }], '#x']
    const prompts = ['a', 'b']
    const text = problems.map((problem) => JSON.stringify(problem))
    const asked = { prompts, completions, answer: ['1', '2'], problem: text.slice(0, 2) }
    expect((await server.post('/trl', asked)).body).toEqual([1, 0])
    expect((await server.post('/trl', { prompts, completions, id: [one.id, one.id] })).body).toEqual([1, 0])
    expect((await server.post('/trl', { prompts, completions })).status).toBe(400)
  })

  it("are verl's: one completion in, one score out", async () => {
    const asked = { data_source: 'chain-arithmetic', solution_str: right[1], ground_truth: '1' }
    const extra_info = { index: 1, problem: JSON.stringify(problems[1]) }
    expect((await server.post('/verl', { ...asked, extra_info })).body).toMatchObject({ score: 1, verdict: 'right' })
    expect((await server.post('/verl', { ...asked, extra_info: { id: problems[1].id } })).body).toMatchObject({
      score: 1,
    })
    expect((await server.post('/verl', asked)).body.error.param).toBe('extra_info')
  })
})

describe('a verifier that misbehaves', () => {
  it('costs the completion its score, and no other', async () => {
    const server = odd({ timeoutMs: 400 })
    const problem = { ...one, answer: 'yes' }
    const completions = ['yes', 'hang', 'no', 'die', 'throw', 'undecided', 'yes']
    const { body } = await server.post('/reward', { problems: completions.map(() => problem), completions })
    expect(body.scores).toEqual([1, null, 0.25, null, null, null, 1])
    expect(body.verdicts).toEqual(['right', 'failed', 'wrong', 'failed', 'failed', 'undecided', 'right'])
    expect(body.reasons[1]).toBe('the verifier took longer than 400 ms')
    expect(body.reasons[3]).toContain('ended by itself')
    expect(body.reasons[4]).toBe('the verifier failed: odd problem')
  })

  it('that never starts is told for every completion', async () => {
    const server = odd({ entry: new URL('./__fixtures__/no-such-thread.ts', import.meta.url), threads: 1 })
    const { body } = await server.post('/reward', { problems: [one, one], completions: ['a', 'b'] })
    expect(body.verdicts).toEqual(['failed', 'failed'])
    expect(body.reasons[0]).toContain('no-such-thread')
  })
})

describe('a crowd', () => {
  it('is refused beyond the queue, with a time to come again', async () => {
    const server = odd({ threads: 1, waiting: 2 })
    const ask = (count: number) =>
      server.post('/reward', { problems: Array(count).fill(one), completions: Array(count).fill('wait') })
    const replies = await Promise.all([ask(2), ask(2), ask(1)])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 429])
    expect((await ask(4)).status).toBe(400)
    expect((await ask(3)).status).toBe(200)
  })

  it('that leaves is not verified any more', async () => {
    const server = odd({ threads: 1 })
    const leave = new AbortController()
    const body = { problems: Array(50).fill(one), completions: Array(50).fill('wait') }
    const left = server.post('/reward', body, { signal: leave.signal })
    setTimeout(() => leave.abort(), 300)
    const { body: given } = await left
    expect(given.reasons.at(-1)).toBe('the request was left')
    expect(given.scores.at(-1)).toBeNull()
  })
})

// Problems of evaluations side by side, through the app.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ShownFolder } from '../__fixtures__/shown-folder.ts'
import { stepsToShow } from './eval-problems.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())
const app = folder.open()

const verdicts = { r: 'right', w: 'wrong', '?': 'undecided', '!': 'failed' } as const
/** Samples of problems: `{p: 'rw'}`. */
const samples = (judged: Readonly<Record<string, string>>): object[] =>
  Object.entries(judged).flatMap(([problem, letters]) =>
    [...letters].map((letter, i) => ({
      problem,
      prompt: `${problem}?`,
      answer: '7',
      completion: `${problem}${i}${letter}`,
      verdict: verdicts[letter as keyof typeof verdicts],
      reason: '',
      stop: 'eos',
    })),
  )
const evaluations = {
  'sums@0': samples({ up: 'wwr', down: 'rr', same: 'ww', odd: '??', late: '??' }),
  'sums@10': samples({ up: 'rrw', down: 'rw', same: 'ww', odd: 'w?', late: 'rr' }),
  'other%2Ftask@5': samples({ x: 'r' }),
}
const dir = folder.add('r', {
  samples: evaluations,
  results: Object.fromEntries(Object.keys(evaluations).map((name) => [name, { n: 1, k: {} }])),
})
const problems = async (query: string) => (await app.get(`/api/eval-problems?run=r&task=sums${query}`)).body
const names = async (query: string): Promise<string[]> =>
  (await problems(query)).problems.map(({ problem }: { problem: string }) => problem)

describe('GET /api/eval-problems', () => {
  it('puts the samples of each step side by side', async () => {
    const body = await problems('&limit=1')
    expect(body).toMatchObject({ steps: [0, 10], total: 5 })
    expect(body.problems).toHaveLength(1)
    expect(body.problems[0]).toMatchObject({ problem: 'up', prompt: 'up?', answer: '7' })
    expect(body.problems[0].samples[1][0]).toEqual({ completion: 'up0r', verdict: 'right', reason: '', stop: 'eos' })
    expect(body.problems[0].samples.map((row: unknown[]) => row.length)).toEqual([3, 3])
  })

  it.each([
    ['all', ['up', 'down', 'same', 'odd', 'late']],
    ['gained', ['up']],
    ['lost', ['down']],
    ['mixed', ['up', 'down']],
    ['undecided', ['odd', 'late']],
  ])('keeps %s', async (filter, expected) => {
    expect(await names(`&filter=${filter}`)).toEqual(expected)
  })

  it('finds texts, and takes the steps that were asked for', async () => {
    expect(await names('&search=DOWN1W')).toEqual(['down'])
    expect((await problems('&steps=10')).steps).toEqual([10])
    expect((await problems('&steps=10,0,10')).steps).toEqual([0, 10])
    expect((await app.get('/api/eval-problems?run=r&task=other/task')).body).toMatchObject({ steps: [5], total: 1 })
  })

  it('keeps a problem that was asked twice apart', async () => {
    writeFileSync(
      join(dir, 'evals', 'sums@10.samples.jsonl'),
      [...samples({ up: 'r' }), ...samples({ same: 'w' }), ...samples({ up: 'w' })]
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    )
    expect(await names('&steps=10')).toEqual(['up', 'same', 'up#2'])
  })

  it.each([
    ['task=sums&steps=3', 404, 'no-such-evaluation'],
    ['task=none', 404, 'no-such-evaluation'],
    ['task=../sums', 404, 'no-such-evaluation'],
    ['task=sums&steps=x', 400, 'invalid_value'],
    ['task=sums&steps=1,2,3,4,5,6,7,8,9,10,11,12,13', 400, 'invalid_value'],
    ['task=sums&filter=best', 400, 'invalid_value'],
    ['', 400, 'invalid_value'],
  ])('refuses %j', async (query, status, code) => {
    expect(await app.get(`/api/eval-problems?run=r&${query}`)).toMatchObject({ status, body: { error: { code } } })
  })

  it.each([
    ['{"problem":"p"}\n', 'bad-sample'],
    ['x\n', 'store/bad-line'],
  ])('says what is wrong with %j', async (text, code) => {
    writeFileSync(join(dir, 'evals', 'other%2Ftask@5.samples.jsonl'), text)
    const reply = await app.get('/api/eval-problems?run=r&task=other/task')
    expect(reply).toMatchObject({ status: 422, body: { error: { code } } })
  })
})

describe('the steps that are shown', () => {
  it('are some from the first to the last when none are named', () => {
    const there = Array.from({ length: 11 }, (_, i) => i * 10)
    expect(stepsToShow(there, undefined)).toEqual([0, 20, 40, 60, 80, 100])
    expect(stepsToShow([3, 4], undefined)).toEqual([3, 4])
  })
})

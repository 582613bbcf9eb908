// Rollouts through the app: groups, filters, searching, paging, and files that are no rollouts.
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { RolloutRow } from '../../../contracts/run.ts'
import { ShownFolder } from '../__fixtures__/shown-folder.ts'
import { RolloutFiles } from './rollout-rows.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())
const app = folder.open()

const rollout = (problem: string, index: number, more: Partial<RolloutRow> = {}): RolloutRow => ({
  problem,
  index,
  prompt: `${problem}?`,
  completion: `answer ${index}`,
  answer: '7',
  status: 'scored',
  verdict: 'wrong',
  reward: 0,
  parts: { verdict: 0 },
  advantage: 0,
  stop: 'eos',
  tokens: 3,
  ...more,
})
const right = { verdict: 'right', reward: 1, advantage: 2 } as const
const dir = folder.add('r', {
  rollouts: {
    1: [
      rollout('p', 0, { ...right, ids: [1, 2], logprobs: [-1, -2] }),
      rollout('p', 1, { completion: 'Ünder', advantage: -3 }),
      rollout('q', 0, { stop: 'max' }),
      rollout('q', 1, { status: 'undecided', verdict: 'undecided', reward: undefined }),
      rollout('p', 0, { status: 'failed', verdict: undefined, reward: undefined, stop: 'error' }),
    ],
  },
})
const rollouts = async (query = '') => (await app.get(`/api/rollouts?run=r&step=1${query}`)).body
const kept = async (query: string): Promise<string[]> =>
  (await rollouts(query)).groups.map((group: { problem: string; rollouts: { index: number; isKept: boolean }[] }) => {
    const flags = group.rollouts.filter(({ isKept }) => isKept).map(({ index }) => index)
    return `${group.problem}:${flags.join('')}`
  })

describe('GET /api/rollouts', () => {
  it('gives groups in order; a problem that was drawn twice is two', async () => {
    const { step, total, groups } = await rollouts()
    expect({ step, total }).toEqual({ step: 1, total: 3 })
    expect(groups[0]).toEqual({
      problem: 'p',
      prompt: 'p?',
      answer: '7',
      rewardMean: 0.5,
      rewardStd: 0.5,
      rollouts: [
        {
          index: 0,
          completion: 'answer 0',
          answer: '7',
          status: 'scored',
          ...right,
          parts: { verdict: 0 },
          stop: 'eos',
          tokens: 3,
          hasTokens: true,
          isKept: true,
        },
        expect.objectContaining({ index: 1, hasTokens: false }),
      ],
    })
    expect(groups[2]).toMatchObject({
      problem: 'p',
      rewardMean: null,
      rewardStd: null,
      rollouts: [{ status: 'failed' }],
    })
  })

  it('never gives ids and log-probabilities', async () => {
    expect((await app.get('/api/rollouts?run=r&step=1')).text).not.toMatch(/"ids"|"logprobs"/)
  })

  it.each([
    ['all', ['p:01', 'q:01', 'p:0'], 5],
    ['right', ['p:0'], 1],
    ['wrong', ['p:1', 'q:0'], 2],
    ['truncated', ['q:0'], 1],
    ['undecided', ['q:1'], 1],
    ['failed', ['p:0'], 1],
    ['high-advantage', ['p:1'], 1],
    ['disagreement', ['p:01'], 2],
  ])('keeps %s', async (filter, groups, count) => {
    expect(await kept(`&filter=${filter}`)).toEqual(groups)
    expect((await rollouts()).counts[filter]).toBe(count)
  })

  it('finds texts in prompt, completion and problem, whatever their case', async () => {
    expect(await kept('&search=Q%3F')).toEqual(['q:01'])
    expect(await kept('&search=%C3%BCnder')).toEqual(['p:1'])
    expect(await kept('&search=answer&filter=wrong')).toEqual(['q:0'])
    expect(await kept('&search=.*')).toEqual([])
  })

  it('gives a part', async () => {
    expect(await rollouts('&offset=1&limit=1')).toMatchObject({ total: 3, groups: [{ problem: 'q' }] })
    expect((await rollouts('&offset=9')).groups).toEqual([])
  })

  it.each([
    ['step=2', 404, 'no-such-step'],
    ['step=-1', 400, 'invalid_value'],
    ['step=../1', 400, 'invalid_value'],
    ['step=1&filter=best', 400, 'invalid_value'],
    ['step=1&limit=201', 400, 'invalid_value'],
    ['', 400, 'invalid_value'],
  ])('refuses %j', async (query, status, code) => {
    expect(await app.get(`/api/rollouts?run=r&${query}`)).toMatchObject({ status, body: { error: { code } } })
  })

  it('shows a step again without reading it, until it grows; a torn last line waits', async () => {
    const files = new RolloutFiles()
    const path = join(dir, 'rollouts', 'step-000001.jsonl')
    const first = files.read(dir, 1)
    expect(files.read(dir, 1)).toBe(first)
    appendFileSync(path, JSON.stringify(rollout('z', 0)))
    expect(files.read(dir, 1)).toHaveLength(3)
    appendFileSync(path, '\n')
    expect(files.read(dir, 1)).toHaveLength(4)
  })

  it.each([
    ['{"problem":"p"}\n', 'bad-rollout'],
    ['nothing\n', 'store/bad-line'],
    [`${JSON.stringify({ ...rollout('p', 0), completion: { toString: 1 } })}\n`, 'bad-rollout'],
  ])('says what is wrong with %j', async (text, code) => {
    writeFileSync(join(dir, 'rollouts', 'step-000005.jsonl'), text)
    expect(await app.get('/api/rollouts?run=r&step=5')).toMatchObject({ status: 422, body: { error: { code } } })
  })

  it('leaves out numbers that were not finite', async () => {
    const row = { ...rollout('p', 0), reward: null, advantage: null, parts: { a: null, b: 1 } }
    writeFileSync(join(dir, 'rollouts', 'step-000006.jsonl'), `${JSON.stringify(row)}\n`)
    const [group] = (await app.get('/api/rollouts?run=r&step=6')).body.groups
    expect(group.rollouts[0]).not.toHaveProperty('reward')
    expect(group.rollouts[0]).not.toHaveProperty('advantage')
    expect(group).toMatchObject({ rewardMean: null, rollouts: [{ parts: { b: 1 } }] })
  })
})

import { appendFileSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RolloutRow, Sample } from '../../../contracts/index.ts'
import { collect, tinySampler } from '../../../engine/__fixtures__/tiny-model.ts'
import { tokenizerConfig, tokenizerFromJson, trainBpe } from '../../../text/index.ts'
import { appWith, digitModel, digits, SampleFolder, scripted } from '../__fixtures__/sample-run.ts'
import { SampleDesk } from '../playground/sample-desk.ts'
import { tokenRoutes } from './token-routes.ts'
import { tokenScores } from './token-scores.ts'
import { tokenTexts } from './token-texts.ts'

const folder = new SampleFolder()
const desk = new SampleDesk()
const { get, app } = appWith((routes) => tokenRoutes(routes, folder.world, desk))
const PROMPT = '1+2='
const context = digits.encode(PROMPT)
let drawn: Sample

const row = (index: number, more: Partial<RolloutRow>): RolloutRow => ({
  problem: 'p/1',
  index,
  prompt: PROMPT,
  completion: '',
  status: 'scored',
  parts: {},
  stop: 'eos',
  tokens: 0,
  ...more,
})

beforeAll(async () => {
  // What the model of checkpoint 2 draws, as a run records it.
  const sampler = tinySampler(digitModel(2))
  const request = { context, maxTokens: 20, seed: 4, want: [`top-${digits.size}` as const] }
  ;[[drawn]] = await collect(sampler, [request])
  await sampler.dispose()
  const full = { ids: [...drawn.ids], logprobs: [...drawn.logprobs], advantage: -0.5 }
  const rollouts = {
    2: [
      row(0, {}),
      row(1, full),
      row(2, { ids: [3, digits.eos] }),
      row(3, { ids: [3, 4000] }),
      row(4, { ids: [3], logprobs: [Number.NEGATIVE_INFINITY] }),
      row(5, { ids: Array(130).fill(3) }),
    ],
  }
  await folder.add('r', { checkpoints: [1, 2], rollouts })
  await folder.add('bare', { rollouts })
  await folder.add('based', { rollouts, config: { model: join(folder.root, 'r', 'checkpoints', 'step-000001') } })
})
afterAll(async () => {
  await desk.close()
  folder.remove()
})

const tokens = (query: Record<string, string | number>) => {
  const asked = new URLSearchParams({ run: 'r', step: '2', problem: 'p/1', index: '1' })
  for (const [key, value] of Object.entries(query)) asked.set(key, String(value))
  return get(`/api/rollout-tokens?${asked}`)
}

describe('GET /api/rollout-tokens', () => {
  it('gives ids, texts, log-probabilities and the advantage as they were recorded', async () => {
    const { status, body } = await tokens({})
    expect(status).toBe(200)
    expect(body).toEqual({
      texts: Array.from(drawn.ids, (id) => digits.token(id)),
      ids: [...drawn.ids],
      logprobs: [...drawn.logprobs],
      entropies: null,
      ratios: null,
      advantage: -0.5,
    })
  })

  it('names special tokens, and knows no log-probabilities or advantage where none were recorded', async () => {
    expect((await tokens({ index: 2 })).body).toMatchObject({
      texts: [digits.token(3), '<eos>'],
      logprobs: null,
      advantage: null,
    })
  })

  it('has ratios of one and the entropies of the whole distribution under the weights that drew the tokens', async () => {
    const { body } = await tokens({ checkpoint: 2 })
    expect(body.ratios).toHaveLength(drawn.ids.length)
    for (const ratio of body.ratios) expect(ratio).toBeCloseTo(1, 3)
    drawn.top!.forEach(({ logprobs }, t) => {
      const entropy = -logprobs.reduce((sum, logprob) => sum + Math.exp(logprob) * logprob, 0)
      expect(body.entropies[t]).toBeCloseTo(entropy, 3)
    })
  })

  it('has the ratios of the probabilities under another checkpoint', async () => {
    const sampler = tinySampler(digitModel(1))
    const [scored] = await sampler.score([{ context, ids: drawn.ids }])
    await sampler.dispose()
    const { body } = await tokens({ checkpoint: 1 })
    body.ratios.forEach((ratio: number, t: number) => {
      expect(ratio / (Math.exp(scored.logprobs[t]) / Math.exp(drawn.logprobs[t]))).toBeCloseTo(1, 3)
    })
    expect(Math.max(...body.ratios.map((ratio: number) => Math.abs(ratio - 1)))).toBeGreaterThan(0.1)
  })

  it('has entropies and no ratios where no log-probabilities were recorded, and finite ratios to what was impossible', async () => {
    const { body } = await tokens({ index: 2, checkpoint: 2 })
    expect([body.entropies.length, body.ratios]).toEqual([2, null])
    const impossible = (await tokens({ index: 4, checkpoint: 2 })).body
    expect(impossible.logprobs).toEqual([-9999])
    expect(impossible.ratios[0]).toBeGreaterThan(1e300)
  })

  it('reads the tokenizer of the base model where there is no checkpoint', async () => {
    expect((await tokens({ run: 'based', index: 2 })).body.texts).toEqual([digits.token(3), '<eos>'])
    const none = await tokens({ run: 'bare' })
    expect([none.status, none.body.error.code]).toEqual([404, 'render/no-tokenizer'])
  })

  it.each<[string, Record<string, string | number>, number, string, RegExp]>([
    ['a rollout without tokens', { index: 0 }, 404, 'no-tokens', /rollout\.recordEvery/],
    ['a step without rollouts', { step: 3 }, 404, 'no-such-rollout', /steps 2\. Record .*rollout\.recordEvery=1/],
    ['another problem', { problem: 'p/2' }, 404, 'no-such-rollout', /no rollout 1 of that problem/],
    ['another number', { index: 9 }, 404, 'no-such-rollout', /no rollout 9/],
    ['another run', { run: 'x' }, 404, 'no-such-run', /no run "x"/],
    ['another checkpoint', { checkpoint: 7 }, 404, 'store/no-checkpoint', /steps 1, 2/],
    ['tokens of another tokenizer', { index: 3 }, 422, 'other-tokenizer', /token 4000/],
    ['a rollout that the model cannot read', { index: 5, checkpoint: 1 }, 422, 'rollout-too-long', /134 tokens/],
    ['a step that is no number', { step: '1e3' }, 400, 'invalid_value', /step: expected a whole number/],
    ['a negative number', { index: -1 }, 400, 'invalid_value', /index/],
    ['a checkpoint that is a path', { checkpoint: '../1' }, 400, 'invalid_value', /checkpoint/],
  ])('refuses %s and says why', async (_, query, status, code, message) => {
    const { status: given, body } = await tokens(query)
    expect([given, body.error.code]).toEqual([status, code])
    expect(body.error.message).toMatch(message)
    expect(desk.length).toBe(0)
  })

  it('says which line of a damaged log cannot be read', async () => {
    const dir = await folder.add('damaged', { checkpoints: [1], rollouts: { 2: [row(0, {})] } })
    appendFileSync(join(dir, 'rollouts', 'step-000002.jsonl'), 'oops\n')
    const { status, body } = await tokens({ run: 'damaged' })
    expect([status, body.error.code]).toEqual([422, 'store/bad-line'])
    expect(body.error.message).toContain('step-000002.jsonl:2:')
  })

  it('does not score with a damaged checkpoint', async () => {
    const dir = join(folder.root, 'broken')
    cpSync(join(folder.root, 'r'), dir, { recursive: true })
    rmSync(join(dir, 'checkpoints', 'step-000002', 'config.json'))
    const { status, body } = await tokens({ run: 'broken', checkpoint: 2 })
    expect([status, body.error.code]).toEqual([422, 'store/damaged-checkpoint'])
  })

  it('waits in the line of those who sample', async () => {
    const place = desk.join(new AbortController().signal)
    const controller = new AbortController()
    const query = 'run=r&step=2&problem=p/1&index=1&checkpoint=2'
    const waiting = app.request(`/api/rollout-tokens?${query}`, { signal: controller.signal })
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(desk.length).toBe(2)
    place.leave()
    expect((await waiting).status).toBe(200)
  })
})

describe('tokenScores', () => {
  it('is the same in parts of any size', async () => {
    const sampler = tinySampler(digitModel(2))
    const { signal } = new AbortController()
    const whole = await tokenScores(sampler, context, drawn.ids, signal)
    const single = await tokenScores(sampler, context, drawn.ids, signal, 1)
    await sampler.dispose()
    expect(single.logprobs).toHaveLength(drawn.ids.length)
    single.logprobs.forEach((logprob, t) => {
      expect(logprob).toBeCloseTo(whole.logprobs[t], 4)
      expect(single.entropies![t]).toBeCloseTo(whole.entropies![t], 4)
    })
  })

  it('ends when whoever asked has left', async () => {
    const { sampler } = scripted([])
    await expect(tokenScores(sampler, context, drawn.ids, AbortSignal.abort())).rejects.toThrow('stopping')
  })
})

describe('tokenTexts', () => {
  it('shows a character with the token that completes it', () => {
    const bytes = tokenizerFromJson(trainBpe([''], { vocabSize: 259 }), tokenizerConfig())
    const ids = Int32Array.of(...bytes.encode('a€b'), bytes.eos)
    expect(tokenTexts(bytes, bytes.encode('q'), ids)).toEqual(['a', '', '', '€', 'b', '<eos>'])
  })
})

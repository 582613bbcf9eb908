// evaluate() with a sampler that has its completions written down.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Problem, Sample, Sampler, Task, Verdict } from '../contracts/index.ts'
import { evaluate } from './evaluate.ts'
import { estimateMeasure } from './problem-scores.ts'

const problems: Problem[] = ['p', 'q'].map((id) => ({
  id,
  task: 'toy',
  split: 'test',
  prompt: `${id}?`,
  answer: '1',
  meta: {},
}))

const kinds: Readonly<Record<string, Verdict['kind']>> = { '1': 'right', '?': 'undecided' }

const task: Task = {
  id: 'toy',
  summary: '',
  levels: [],
  knobs: z.object({}),
  alphabet: '',
  styles: [],
  chance: () => 0,
  problem: () => problems[0],
  solve: () => '1',
  verify: (_problem, text) => ({ kind: kinds[text] ?? 'wrong', score: 0, reason: text }),
  traces: () => [],
}

/** Delivers these completions, the last first: `-` is a sample that failed. */
function sayer(texts: readonly string[]): Sampler {
  const sampleOf = (text: string): Sample => ({
    ids: new Int32Array(3),
    text,
    stop: text === '-' ? 'error' : text === '9' ? 'max' : 'eos',
    logprobs: new Float32Array(3),
  })
  return {
    id: 'sayer',
    can: new Set(),
    vocab: { size: 1, eos: 0, pad: 0, encode: () => new Int32Array(1), decode: () => '', token: () => '' },
    contextLimit: 100,
    async *sample(requests) {
      for (let request = requests.length - 1; request >= 0; request--) {
        for (let index = texts[request].length - 1; index >= 0; index--) {
          yield { request, index, sample: sampleOf(texts[request][index]) }
        }
      }
    },
    score: async () => [],
    dispose: async () => {},
  }
}

const run = (texts: readonly string[], changes: Partial<Parameters<typeof evaluate>[0]> = {}) =>
  evaluate({
    sampler: sayer(texts),
    task,
    problems,
    samples: texts[0].length,
    k: [1],
    maxTokens: 8,
    temperature: 1,
    seedOf: () => 1,
    encode: () => new Int32Array(1),
    ...changes,
  })

describe('evaluate', () => {
  it('estimates over problems, samples in their own order whatever comes first', async () => {
    const found = await run(['11292', '22221'], { k: [1, 2] })
    expect(found.k['1'].value).toBeCloseTo((2 / 5 + 1 / 5) / 2, 12)
    // 1 - C(3,2)/C(5,2) and 1 - C(4,2)/C(5,2).
    expect(found.k['2'].value).toBeCloseTo((0.7 + 0.4) / 2, 12)
    expect(found.samples.map(({ completion }) => completion).join('')).toBe('1129222221')
    expect(found).toMatchObject({ n: 2, truncated: 1, tokens: 30, undecided: 0, failed: 0 })
    expect(found.samples[0]).toMatchObject({ problem: 'p', prompt: 'p?', answer: '1', verdict: 'right', tokens: 3 })
    expect(found.samples[0]).not.toHaveProperty('class')
  })

  it('leaves out what was not decided, and counts it', async () => {
    const found = await run(['1?-2', '2222'])
    expect(found).toMatchObject({ undecided: 1, failed: 1 })
    expect(found.k['1'].value).toBeCloseTo((1 / 2 + 0) / 2, 12)
  })

  it('writes down the classes that it is told, which votes go by', async () => {
    const found = await run(['112', '223'], {
      classesOf: (problem, completions) =>
        completions.map((text) => (text === '3' ? undefined : `${problem.id}${text}`)),
    })
    // Two of three say 1, and it is right; two of three say 2, and it is wrong.
    expect(estimateMeasure(found.samples, 2, { kind: 'maj', k: 3 }).value).toBe(0.5)
    expect(found.samples.map((row) => row.class)).toEqual(['p1', 'p1', 'p2', 'q2', 'q2', undefined])
  })

  it('is honest where nothing is right', async () => {
    const { low, high } = (await run(['222', '222'])).k['1']
    expect(low).toBe(0)
    expect(high).toBeGreaterThan(0.5)
  })
})

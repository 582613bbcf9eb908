// Probabilities by hand: log-probabilities are given by the script.
import { describe, expect, it } from 'vitest'
import type { Sample } from '../../contracts/index.ts'
import { scriptedSampler } from './__fixtures__/scripted-sampler.ts'
import { judgeVerifier } from './judge-verifier.ts'

const question = { problem: 'p', gold: 'g', answer: 'a' }
const digits = { yes: '1', no: '0' }
const marks = { yes: '[[YES]]', no: '[[NO]]' }

describe('a soft judge that can score', () => {
  /** Every character of a reply has this log-probability, other than the first letter of the verdict. */
  const scoring = (yes: number, no: number, rest = 0) =>
    scriptedSampler({
      can: ['score', 'top-k'],
      logprob: (_, token) => (token === '1' || token === 'Y' ? yes : token === '0' || token === 'N' ? no : rest),
    })

  it.each([
    [Math.log(0.6), Math.log(0.2), 'right', 0.75],
    [Math.log(0.1), Math.log(0.4), 'wrong', 0.2],
    [Math.log(0.3), Math.log(0.3), 'undecided', 0.5],
    [-800, -2, 'wrong', 0],
    [-2, Number.NEGATIVE_INFINITY, 'right', 1],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 'undecided', 0],
  ])('turns log-probabilities %f and %f into %s', async (yes, no, kind, score) => {
    const verdict = await judgeVerifier({ sampler: scoring(yes, no), soft: digits })(question)
    expect(verdict.kind).toBe(kind)
    expect(verdict.score).toBeCloseTo(score, 6)
  })

  it('compares whole replies, whose lengths differ', async () => {
    // [[YES]] has 7 characters and [[NO]] 6: besides Y and N, 6 and 5 of log 1/2 each.
    const sampler = scoring(Math.log(0.6), Math.log(0.2), Math.log(0.5))
    const { score } = await judgeVerifier({ sampler, soft: marks })(question)
    expect(score).toBeCloseTo((0.6 * 0.5) / (0.6 * 0.5 + 0.2), 6)
  })

  it('needs its threshold on either side, and counts one vote', async () => {
    const ask = judgeVerifier({ sampler: scoring(Math.log(0.6), Math.log(0.2)), soft: digits, threshold: 0.8 })
    const verdict = await ask(question)
    expect(verdict.kind).toBe('undecided')
    expect(verdict.parts).toEqual({ votes: 1, yes: 1, no: 0, abstained: 0, failed: 0 })
  })

  it('fails when the sampler does', async () => {
    const sampler = { ...scoring(0, 0), score: async () => [] }
    expect(await judgeVerifier({ sampler, soft: digits })(question)).toMatchObject({ kind: 'failed', score: 0 })
  })
})

describe('a soft judge that sees likely tokens', () => {
  const seeing = (tokens: Readonly<Record<string, number>>, seen: string[] = []) =>
    scriptedSampler({
      can: ['top-k'],
      reply: (prompt): Partial<Sample> => {
        seen.push(prompt)
        const ids = Int32Array.from(Object.keys(tokens), (token) => token.charCodeAt(0))
        const logprobs = Float32Array.from(Object.values(tokens), Math.log)
        return { text: 'x', stop: 'max', top: [{ ids, logprobs }] }
      },
    })

  it.each([
    [{ Y: 0.6, N: 0.2, x: 0.1 }, 'right', 0.75],
    [{ x: 0.5, N: 0.4, Y: 0.1 }, 'wrong', 0.2],
    // A reply that is not among them has the smallest probability.
    [{ N: 0.9, x: 0.1 }, 'wrong', 0.1],
    [{ x: 0.9, z: 0.1 }, 'undecided', 0],
  ] as const)('turns %j into %s', async (tokens, kind, score) => {
    const verdict = await judgeVerifier({ sampler: seeing(tokens), soft: marks })(question)
    expect(verdict.kind).toBe(kind)
    expect(verdict.score).toBeCloseTo(score, 6)
  })

  it('forces what both replies begin with, and asks for one token', async () => {
    const seen: string[] = []
    const sampler = seeing({ Y: 1 }, seen)
    await judgeVerifier({ sampler, soft: marks })(question)
    expect(seen[0].endsWith('[[NO]] or [[YES]].\n[[')).toBe(true)
    expect(sampler.requests).toMatchObject([{ maxTokens: 1, temperature: 0, want: ['top-20'] }])
  })

  it('fails when a reply begins with the other one, and when no token is returned', async () => {
    const twins = await judgeVerifier({ sampler: seeing({ Y: 1 }), soft: { yes: 'no!', no: 'no' } })(question)
    expect(twins).toMatchObject({ kind: 'failed', reason: expect.stringContaining('begins with') })
    const blind = scriptedSampler({ can: ['top-k'], reply: () => ({ stop: 'error', error: 'gone' }) })
    expect(await judgeVerifier({ sampler: blind, soft: marks })(question)).toMatchObject({
      kind: 'failed',
      reason: 'gone',
    })
  })
})

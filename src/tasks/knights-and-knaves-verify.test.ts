import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import type { Problem } from '../contracts/index.ts'
import { knightsAndKnaves } from './knights-and-knaves.ts'
import { verifyKnightsAndKnaves } from './knights-and-knaves-verify.ts'

// A says "B is not a knight", B says "A is a knight and C a knave", C says "if A is a knight, so am I".
// If A were a knave, B would be a knight and A a knight. So A is a knight, B a knave; B's claim must fail, so C is a
// knight, whose statement is then true.
const problem: Problem = {
  id: 'by-hand',
  task: 'knights-and-knaves',
  split: 'train',
  prompt: 'A:~B;B:A&c;C:A>C?',
  answer: 'KNK',
  meta: { statements: ['~B', 'A&c', 'A>C'] },
}
const gold = 'ABC:A~B1-!AbC:A~B0+;bA1&c0-;CA1>C1+;#KNK'

function verify(completion: string, of = problem) {
  return verifyKnightsAndKnaves(of, completion)
}

describe('the answer', () => {
  it('is what follows the last #, with or without a search', () => {
    for (const text of ['#KNK', gold, '#KNK\n', '# KNK ', '#KKK#KNK', 'AbC:A~B1+;#KNK']) {
      expect(verify(text), text).toMatchObject({ kind: 'right', score: 1, parts: { form: 1 } })
    }
  })

  it('is a letter K or N for each person and nothing else', () => {
    const misshapen = [
      ...['', 'KNK', '#', '#KN', '#KNKK', '#knk', '#K N K', '#KNK;', '#KNK#', '#KNK it is', '#AbC', '#101', '#ＫＮＫ'],
      ...[gold.replace('#', ''), 'AbC:A~B0+;bA1&c0-;CA1>C1+;'],
    ]
    for (const text of misshapen) {
      expect(verify(text), text).toMatchObject({ kind: 'wrong', score: 0, parts: { form: 0 } })
    }
    expect(verify('#KN').reason).toBe('the final answer "KN" is not 3 letters K or N, one for each person')
  })

  it('is wrong when someone cannot have said what they say, and the reason names them', () => {
    expect(verify('#KKK')).toMatchObject({ kind: 'wrong', score: 0, parts: { form: 1 } })
    expect(verify('#KKK').reason).toBe('KKK makes A a knight who says "~B", which is false')
    expect(verify('#NNK').reason).toBe('NNK makes A a knave who says "~B", which is true')
    expect(verify('#KNN').reason).toBe('KNN makes B a knave who says "A&c", which is true')
  })

  it('is right for one assignment alone', () => {
    const letters = ['K', 'N']
    const all = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => `#${a}${b}${c}`)))
    expect(all.filter((text) => verify(text).kind === 'right')).toEqual(['#KNK'])
  })

  it('cannot be judged when the problem holds no statements with exactly one solution', () => {
    const metas: readonly Problem['meta'][] = [
      {},
      { statements: 'A' },
      { statements: ['A'] },
      { statements: ['A', 'A'] },
      { statements: ['b', 'A'] },
      { statements: ['~B', 'A&d', 'A>C'] },
      { statements: Array.from({ length: 9 }, () => 'A') },
    ]
    for (const meta of metas) expect(verify('#KNK', { ...problem, meta }).kind, JSON.stringify(meta)).toBe('failed')
  })

  it('never makes it throw, and is right exactly when the text ends in # and the solution', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...'#KN;!:AbC~B10+- \n', '\ud800'), maxLength: 40 })
    const completions = fc.oneof(
      nearly,
      fc.string(),
      nearly.map((text) => `${text}#KNK`),
    )
    fc.assert(
      fc.property(completions, (completion) => {
        const isRight = completion.includes('#') && completion.split('#').at(-1)?.trim() === 'KNK'
        const verdict = verify(completion)
        expect(verdict.kind).toBe(isRight ? 'right' : 'wrong')
        for (const score of verdict.steps ?? []) expect([0, 1]).toContain(score)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the steps', () => {
  it('score 1 each when all is right, in any order of the assignments', () => {
    expect(verify(gold).steps).toEqual([1, 1, 1, 1])
    expect(verify('abc:a~B0+!aBC:a~B1-;BA0&c0-!#KNK').steps).toEqual([1, 1, 1])
  })

  it.each([
    ['a wrong value of a claim', 'AbC:A~B1+;bA1&c0-;', [0, 1]],
    ['a wrong truth', 'AbC:A~B0-!', [0]],
    ['a wrong mark', 'AbC:A~B0+!', [0]],
    ['a contradiction that is missed', 'ABC:A~B1-;BA1&c0-!', [0, 1]],
    ['a speaker of the wrong kind', 'AbC:A~B0+;BA1&c0-;', [1, 0]],
    ['another statement', 'AbC:AA1+;', [0]],
    ['a statement left out', 'AbC:A~B0+;CA1>C1+;', [1, 0]],
    ['one statement too many', 'AbC:A~B0+;bA1&c0-;CA1>C1+;CA1>C1+;', [1, 1, 1, 0]],
    ['a test that goes on after a contradiction', 'ABC:A~B1-!BA1&c0-!', [1, 0]],
    ['an assignment that is not one', 'ACb:A~B0+;bA1&c0-;', [0, 0]],
    ['an assignment that is too short', 'Ab:A~B0+;', [0]],
    ['an assignment alone', 'AbC:', [0]],
    ['a step without its end', 'AbC:A~B0+;bA1&', [1, 0]],
    ['prose', 'let me see;', [0]],
  ])('score 0 for %s', (_what, text, scores) => {
    expect(verify(`${text}#KNK`)).toMatchObject({ kind: 'right', steps: scores })
    expect(verify(text).steps).toEqual(scores)
  })

  it('are none in a bare answer', () => {
    expect(verify('#KNK').steps).toBeUndefined()
    expect(verify('').steps).toBeUndefined()
  })

  it('of a wrong search hold a wrong value where the contradiction was missed, mostly one', () => {
    let slips = 0
    for (let i = 0; i < 100; i++) {
      const made = knightsAndKnaves.problem('train', i, { level: 3 + (i % 3) })
      const [trace] = knightsAndKnaves.traces(made, 'search-wrong', stream('test', i))
      const verdict = verify(trace.text, made)
      expect(verdict).toMatchObject({ kind: 'wrong', parts: { form: 1 } })
      expect(verdict.steps).toHaveLength(trace.steps?.length ?? 0)
      const wrong = verdict.steps?.filter((score) => score === 0).length ?? 0
      expect(wrong).toBeGreaterThan(0)
      expect(trace.steps?.at(-1)).toMatch(/;$/)
      slips += wrong
    }
    expect(slips).toBeLessThan(120)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cosineLengthReward,
  logicRlFormatReward,
  logicRlReward,
  readThinkAnswer,
  repetitionPenalty,
  softOverlong,
  thinkAnswerReward,
} from './format-checks.ts'

const good = '<think>\n1+1\n</think>\n<answer>\n2\n</answer>'

describe('readThinkAnswer', () => {
  it('gives what stands inside the tags', () => {
    expect(readThinkAnswer(` ${good}\n`)).toEqual({ thinking: '1+1', answer: '2' })
    expect(readThinkAnswer('<think></think><answer></answer>')).toEqual({ thinking: '', answer: '' })
  })

  it.each([
    ['', 'empty'],
    ['<answer>2</answer>', 'no thinking'],
    ['<think>1</think><answer>2', 'not closed'],
    ['<answer>2</answer><think>1</think>', 'the other order'],
    ['<think>1<answer></think>2</answer>', 'crossed tags'],
    [`${good} so it is 2`, 'text after'],
    [`Well ${good}`, 'text before'],
    ['<think>1</think> so <answer>2</answer>', 'text between'],
    [`${good}${good}`, 'twice'],
    ['<think>1</think></think><answer>2</answer>', 'a tag twice'],
    ['<Think>1</Think><answer>2</answer>', 'another case'],
  ])('refuses %j (%s)', (text) => {
    expect(readThinkAnswer(text)).toBeUndefined()
    expect(thinkAnswerReward(text)).toBe(0)
  })

  it('gives 1 for the right form', () => {
    expect(thinkAnswerReward(good)).toBe(1)
  })

  it('is total on any text', () => {
    const parts = fc.array(fc.constantFrom('<think>', '</think>', '<answer>', '</answer>', 'x', ' '), { maxLength: 6 })
    const shape = /^\s*<think>[x ]*<\/think>\s*<answer>[x ]*<\/answer>\s*$/
    fc.assert(
      fc.property(parts, (list) => {
        const text = list.join('')
        expect(thinkAnswerReward(text)).toBe(shape.test(text) ? 1 : 0)
      }),
    )
  })
})

describe('logicRlReward', () => {
  it('wants the four tags once each and in order, whatever is around them', () => {
    expect(logicRlFormatReward(`Well ${good} done`)).toBe(1)
    expect(logicRlFormatReward('<think>1</think> so <answer>2</answer>')).toBe(1)
    expect(logicRlFormatReward('<think>1<answer></think>2</answer>')).toBe(-1)
    expect(logicRlFormatReward(good + good)).toBe(-1)
  })

  it('adds up to the published values', () => {
    expect(logicRlReward(good, 'right')).toBe(3)
    expect(logicRlReward(good, 'wrong')).toBe(-0.5)
    expect(logicRlReward(good, 'unparsable')).toBe(-1)
    for (const answer of ['right', 'wrong', 'unparsable'] as const) expect(logicRlReward('2', answer)).toBe(-3)
  })
})

describe('cosineLengthReward', () => {
  it('runs from 1 to 0.5 for a right answer and from -1 to -0.5 for a wrong one', () => {
    const at = [0, 50, 100, 150]
    const rounded = (isRight: boolean) =>
      at.map((length) => Number(cosineLengthReward(isRight, length, 100).toFixed(12)))
    expect(rounded(true)).toEqual([1, 0.75, 0.5, 0.5])
    expect(rounded(false)).toEqual([-1, -0.75, -0.5, -0.5])
  })

  it('takes other bounds', () => {
    expect(cosineLengthReward(true, 0, 100, { right: [0, 2] })).toBe(2)
    expect(cosineLengthReward(true, 5, 0)).toBe(0.5)
  })
})

describe('repetitionPenalty', () => {
  it('is the share of repeated n-grams', () => {
    // `a b c a b c`: abc bca cab abc, so 3 different of 4.
    expect(repetitionPenalty('a b c A B c')).toBe(-0.25)
    expect(repetitionPenalty('a a a a a', { ngram: 1, maxPenalty: -0.5 })).toBe(-0.4)
    expect(repetitionPenalty('a b c d e')).toBe(0)
  })

  it('is 0 for a text that holds no n-gram', () => {
    for (const text of ['', '  ', 'a', 'a a']) expect(repetitionPenalty(text)).toBe(0)
  })

  it('tells n-grams apart whose words join to the same text', () => {
    expect(repetitionPenalty('ab c a bc', { ngram: 2 })).toBe(0)
    expect(repetitionPenalty('1 23 12 3', { ngram: 2 })).toBe(0)
  })

  it('takes a long text in its stride', () => {
    const penalty = repetitionPenalty('a '.repeat(500_000))
    expect(penalty).toBeLessThan(-0.999)
    expect(penalty).toBeGreaterThan(-1)
  })
})

describe('softOverlong', () => {
  it('falls from 0 to -1 over the cache', () => {
    expect([0, 80, 85, 90, 100, 200].map((length) => softOverlong(length, 100, 20))).toEqual([
      0, 0, -0.25, -0.5, -1, -1,
    ])
    expect(softOverlong(100, 100, 0)).toBe(0)
    expect(softOverlong(101, 100, 0)).toBe(-1)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import type { Problem, Verdict } from '../contracts/index.ts'
import { chainArithmetic } from './chain-arithmetic.ts'

const problem: Problem = {
  id: 'by-hand',
  task: 'chain-arithmetic',
  split: 'train',
  prompt: '3+4*2-1=',
  meta: { start: 3, operators: '+*-', operands: [4, 2, 1], modulus: 10 },
}

function verify(completion: string, of = problem): Verdict {
  return chainArithmetic.verify(of, completion) as Verdict
}

describe('chain-arithmetic problems', () => {
  it('evaluates strictly left to right, modulo 10', () => {
    expect(chainArithmetic.solve(problem)).toBe('3+4=7;7*2=4;4-1=3;#3')
  })

  it('shows a modulus other than 10 in the prompt', () => {
    const other = chainArithmetic.problem('train', 0, { modulus: 7, operations: 2 })
    expect(other.prompt).toMatch(/^[0-6][-+*][0-6][-+*][0-6]%7=$/)
  })

  it('has as many operations as its level, which `level` or `operations` sets alike', () => {
    const byLevel = chainArithmetic.problem('test', 5, { level: 3 })
    expect(byLevel.level).toBe(3)
    expect(byLevel.meta.operands).toHaveLength(3)
    expect(chainArithmetic.problem('test', 5, { operations: 3 })).toEqual(byLevel)
    expect(chainArithmetic.problem('train', 0).level).toBe(6)
  })

  it('answers what a naive evaluation of its prompt gives', () => {
    for (let i = 0; i < 200; i++) {
      const made = chainArithmetic.problem('train', i, { modulus: 13, operations: 5 })
      const [start, ...rest] = (made.prompt as string).replace('%13=', '').match(/[-+*]?\d+/g) ?? []
      const value = rest.reduce((sum, part) => {
        const operand = Number(part.slice(1))
        return part[0] === '+' ? sum + operand : part[0] === '-' ? sum - operand : sum * operand
      }, Number(start))
      expect(made.answer).toBe(String(((value % 13) + 13) % 13))
    }
  })

  it('keeps splits apart even where problems are few', () => {
    const prompts = (split: 'train' | 'test' | 'validation') =>
      new Set(Array.from({ length: 400 }, (_, i) => chainArithmetic.problem(split, i, { level: 1 }).prompt))
    const [train, validation, test] = [prompts('train'), prompts('validation'), prompts('test')]
    expect(train.size).toBeGreaterThan(150)
    expect(test.size).toBeGreaterThan(5)
    for (const prompt of [...validation, ...test]) expect(train.has(prompt)).toBe(false)
    for (const prompt of test) expect(validation.has(prompt)).toBe(false)
  })

  it('says so when the knobs leave a split without problems', () => {
    const tiny = { operations: 1, modulus: 2, operators: '+' }
    const made = (['train', 'validation', 'test'] as const).map((split) => {
      try {
        return chainArithmetic.problem(split, 0, tiny).split
      } catch (error) {
        return (error as { code: string }).code
      }
    })
    // Four problems cannot fill all three splits here.
    expect(made).toContain('data/no-problem')
    expect(made).toContain('train')
  })

  it('refuses unknown and impossible knobs by name', () => {
    expect(() => chainArithmetic.problem('train', 0, { operation: 3 })).toThrow(
      expect.objectContaining({ code: 'config/unknown-key', hint: expect.stringContaining('"operations"') }),
    )
    expect(() => chainArithmetic.problem('train', 0, { modulus: 1 })).toThrow(/Knob "modulus".*cannot be 1/)
    expect(() => chainArithmetic.problem('train', 0, { operators: '/' })).toThrow(/Knob "operators"/)
  })
})

describe('chain-arithmetic verifier', () => {
  it('accepts the value after the last #, with or without steps', () => {
    for (const text of ['#3', '3+4=7;7*2=4;4-1=3;#3', '#3\n', ' # 3 ', '#9;#3']) expect(verify(text).kind).toBe('right')
  })

  it('accepts nothing else', () => {
    const texts = [
      '3',
      '#',
      '#4',
      '#13',
      '#03',
      '#+3',
      '#-7',
      '#3.0',
      '#3e0',
      '#3;',
      '#3#',
      '#3 3',
      '#3=',
      '#33',
      '##',
      '#３',
    ]
    for (const text of [...texts, '3+4=7;7*2=4;4-1=3', '#3 is it', '#4 #', '#'.repeat(9), '']) {
      expect(verify(text), text).toMatchObject({ kind: 'wrong', score: 0 })
    }
  })

  it('lets right steps not save a wrong answer, nor wrong steps spoil a right one', () => {
    expect(verify('3+4=7;7*2=4;4-1=3;#4')).toMatchObject({ kind: 'wrong', steps: [1, 1, 1], parts: { form: 1 } })
    expect(verify('3+4=8;#3')).toMatchObject({ kind: 'right', steps: [0] })
  })

  it('scores each step by its arithmetic and by what it builds on', () => {
    expect(verify('3+4=7;7*2=5;5-1=4;#4').steps).toEqual([1, 0, 1])
    expect(verify('3+4=7;8*2=6;6-1=5;#5').steps).toEqual([1, 0, 1])
    expect(verify('3+4=7;7-1=6;#6').steps).toEqual([1, 0])
    expect(verify('3+4=7;what;7*2=4;#4').steps).toEqual([1, 0, 0])
    expect(verify('3+4=7;7*2=4;4-1=3;3+0=3;#3').steps).toEqual([1, 1, 1, 0])
    expect(verify('3+4=17;#3').steps).toEqual([0])
    expect(verify('#3').steps).toBeUndefined()
  })

  it('fails, and calls nothing wrong, when the problem holds no chain', () => {
    for (const meta of [{}, { ...problem.meta, operators: '+' }, { ...problem.meta, modulus: 0 }]) {
      expect(verify('#3', { ...problem, meta }).kind).toBe('failed')
    }
  })

  it('never throws, and is right exactly when the text ends in # and the value', () => {
    const text = fc.string({ unit: fc.constantFrom(...'#;=3+4 \n7', '\ud800'), maxLength: 30 })
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (completion) => {
        const isRight = completion.includes('#') && completion.split('#').at(-1)?.trim() === '3'
        expect(verify(completion).kind).toBe(isRight ? 'right' : 'wrong')
      }),
      { numRuns: 500 },
    )
  })
})

describe('chain-arithmetic traces', () => {
  it('makes one wrong step and carries it on to a wrong answer', () => {
    for (let i = 0; i < 100; i++) {
      const made = chainArithmetic.problem('train', i, { level: 4 })
      const [trace] = chainArithmetic.traces(made, 'chain-wrong', stream('test', i))
      const verdict = verify(trace.text, made)
      expect(verdict.kind).toBe('wrong')
      expect(verdict.steps?.filter((score) => score === 0)).toHaveLength(1)
    }
  })
})

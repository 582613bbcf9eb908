import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Statement } from './knights-and-knaves-statement.ts'
import { atomsOf, isTrue } from './knights-and-knaves-statement.ts'
import { readStatement, showStatement, workOut } from './knights-and-knaves-text.ts'

const people = 4
const statements = fc.letrec<{ statement: Statement; is: Statement; not: Statement; two: Statement; more: Statement }>(
  (tie) => ({
    statement: fc.oneof({ depthSize: 'small' }, tie('is'), tie('not'), tie('two'), tie('more')),
    is: fc.record({ kind: fc.constant('is' as const), person: fc.nat(people - 1), knight: fc.boolean() }),
    not: fc.record({ kind: fc.constant('not' as const), of: tie('statement') }),
    two: fc.record({
      kind: fc.constantFrom('if', 'iff'),
      parts: fc.array(tie('statement'), { minLength: 2, maxLength: 2 }),
    }),
    more: fc.record({
      kind: fc.constantFrom('and', 'or'),
      parts: fc.array(tie('statement'), { minLength: 2, maxLength: 3 }),
    }),
  }),
).statement
const kinds = fc.array(fc.boolean(), { minLength: people, maxLength: people })

function read(text: string): Statement {
  return readStatement(text, people) as Statement
}

describe('the text of a statement', () => {
  it.each([
    ['C', { kind: 'is', person: 2, knight: true }],
    ['~a', { kind: 'not', of: { kind: 'is', person: 0, knight: false } }],
    ['A>b', { kind: 'if', parts: [read('A'), read('b')] }],
    ['A=~b', { kind: 'iff', parts: [read('A'), read('~b')] }],
    ['A&b&C', { kind: 'and', parts: [read('A'), read('b'), read('C')] }],
    ['(A&b)&C', { kind: 'and', parts: [read('A&b'), read('C')] }],
    ['~(A|b)', { kind: 'not', of: read('A|b') }],
  ])('%s reads as it should and is shown the same', (text, statement) => {
    expect(readStatement(text, people)).toEqual(statement)
    expect(showStatement(statement as Statement)).toBe(text)
  })

  it('reads back as the same statement', () => {
    fc.assert(
      fc.property(statements, (statement) => {
        expect(read(showStatement(statement))).toEqual(statement)
      }),
    )
  })

  it.each([
    ...[
      '',
      'E',
      'e',
      'Z',
      '~',
      'A&',
      '&A',
      'AB',
      'A&b|C',
      'A>b>C',
      'A=b=C',
      '(A',
      'A)',
      '()',
      'A b',
      'A ',
      '1',
      'constructor',
    ],
    ...['A'.repeat(2000), '('.repeat(900), '~'.repeat(900)],
  ])('refuses %j', (text) => {
    expect(readStatement(text, people)).toBeUndefined()
  })

  it('is read without ever throwing, whatever it is', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...'ABab~&|>=()', '\ud800'), maxLength: 30 })
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string()), (text) => {
        const statement = readStatement(text, people)
        // Superfluous parentheses are read, but not shown.
        if (statement !== undefined) expect(read(showStatement(statement))).toEqual(statement)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the value of a statement', () => {
  it.each([
    // A and C are knights, B is a knave.
    ['B', false],
    ['b', true],
    ['~b', false],
    ['A&B', false],
    ['A&b&C', true],
    ['B|c', false],
    ['B|C', true],
    ['A>B', false],
    ['B>A', true],
    ['B>c', true],
    ['B=c', true],
    ['A=B', false],
    ['~(A&B)', true],
  ])('%s is %j', (text, value) => {
    expect(isTrue(read(text), [true, false, true, true])).toBe(value)
  })

  it('is worked out with the values of its parts', () => {
    const under = [true, false, true, true]
    expect(workOut(read('B'), under)).toEqual({ text: 'B0', value: false })
    expect(workOut(read('~b'), under)).toEqual({ text: '~b1', value: false })
    expect(workOut(read('~(A&b)|~C'), under)).toEqual({ text: '~(A1&b1)1|~C1', value: false })
    expect(workOut(read('A=b'), under, 1)).toEqual({ text: 'A1=b0', value: false })
  })

  it('is the same worked out or not, and a slip changes one claim', () => {
    fc.assert(
      fc.property(statements, kinds, fc.nat(3), (statement, under, slip) => {
        const { text, value } = workOut(statement, under)
        expect(value).toBe(isTrue(statement, under))
        expect(text.replace(/[01]/g, '')).toBe(showStatement(statement))
        const claims = (worked: string) => [...worked.matchAll(/[A-Da-d]([01])/g)].map((match) => match[1])
        const slipped = claims(workOut(statement, under, slip).text)
        const differing = claims(text).filter((claim, i) => claim !== slipped[i])
        expect(differing).toHaveLength(slip < atomsOf(statement).length ? 1 : 0)
      }),
    )
  })
})

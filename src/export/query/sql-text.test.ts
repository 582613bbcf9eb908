// What is quoted stays text, and what is asked is a question.
import { describe, expect, it } from 'vitest'
import { identifier, isQuestion, literal, literals } from './sql-text.ts'

describe('quoting', () => {
  it('doubles the marks of its kind, and has no zero byte', () => {
    expect(literal('it\'s \\ "x"\0')).toBe(`'it''s \\ "x"'`)
    expect(identifier('a"b\'c\0')).toBe(`"a""b'c"`)
    expect(literals(["a'", 'b'])).toBe("['a''', 'b']")
  })
})

describe('isQuestion', () => {
  it.each([
    'select 1',
    ' \n SELECT 1',
    'with a as (select 1) from a',
    'from metrics',
    'values (1)',
    '(select 1)',
    'describe metrics',
    'summarize metrics',
    'show tables',
    '-- why\nselect 1',
    '/* why */ /* */select 1',
    'select',
  ])('takes %j', (sql) => expect(isQuestion(sql)).toBe(true))

  it.each([
    '',
    '   ',
    'selected 1',
    "copy (select 1) to 'x'",
    'export database x',
    'explain analyze select 1',
    'pragma version',
    "attach 'x'",
    "load 'x'",
    'set x = 1',
    'create table t(x int)',
    '/* select',
    '-- select',
    "/* a */ copy (select 1) to 'x'",
    'call x()',
    'fromage',
  ])('refuses %j', (sql) => expect(isQuestion(sql)).toBe(false))

  it('takes no time over many comments', () => {
    expect(isQuestion(`${'/**/ '.repeat(100_000)}select 1`)).toBe(true)
    expect(isQuestion(`${' '.repeat(1_000_000)}x`)).toBe(false)
  })
})

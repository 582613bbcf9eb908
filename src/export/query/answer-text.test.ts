// An answer in every format, with cells that would like to be more than a cell.
import { describe, expect, it } from 'vitest'
import { answerText, visible } from './answer-text.ts'

const answer = {
  columns: ['step', 'reward/mean', 'text'],
  rows: [
    [1, 0.5, 'plain'],
    [20, null, 'a|b\n"c",\u001b[31m'],
    [3, 1, ['x', { y: null }]],
  ],
  isCut: false,
} as const

describe('answerText', () => {
  it('is a table with numbers at the right, for people', () => {
    expect(answerText(answer, 'text')).toBe(
      [
        'step  reward/mean  text',
        '   1          0.5  plain',
        '  20               a|b\\n"c",\\u{1b}[31m',
        '   3            1  ["x",{"y":null}]',
        '',
      ].join('\n'),
    )
  })

  it('is CSV, quoted where it must be', () => {
    expect(answerText(answer, 'csv')).toBe(
      'step,reward/mean,text\r\n1,0.5,plain\r\n20,,"a|b\n""c"",\u001b[31m"\r\n3,1,"[""x"",{""y"":null}]"\r\n',
    )
    expect(answerText({ columns: ['a', 'b'], rows: [['', null]], isCut: false }, 'csv')).toBe('a,b\r\n"",\r\n')
  })

  it('is an object a line as JSON, also with a column named __proto__', () => {
    expect(answerText(answer, 'json').split('\n')[0]).toBe('{"step":1,"reward/mean":0.5,"text":"plain"}')
    const odd = { columns: ['__proto__'], rows: [[Number.NaN]], isCut: false }
    expect(answerText(odd, 'json')).toBe('{"__proto__":null}\n')
  })

  it('is a table in markdown that no cell breaks out of', () => {
    expect(answerText(answer, 'markdown').split('\n').slice(0, 4)).toEqual([
      '| step | reward/mean | text |',
      '| ---: | ---: | --- |',
      '| 1 | 0.5 | plain |',
      '| 20 |  | a&#124;b&#92;n"c",&#92;u{1b}&#91;31m |',
    ])
  })

  it('has its head without rows, and cuts long cells for people only', () => {
    expect(answerText({ columns: ['a'], rows: [], isCut: false }, 'text')).toBe('a\n')
    const long = { columns: ['a'], rows: [['x'.repeat(100)]], isCut: false }
    expect(answerText(long, 'text')).toBe(`a\n${'x'.repeat(77)}...\n`)
    expect(answerText(long, 'csv')).toContain('x'.repeat(100))
  })
})

describe('visible', () => {
  it('shows what moves the cursor or turns the writing', () => {
    expect(visible('\u001b]0;x\u0007\u202e\u200b\t')).toBe('\\u{1b}]0;x\\u{7}\\u{202e}\\u{200b}\\t')
  })
})

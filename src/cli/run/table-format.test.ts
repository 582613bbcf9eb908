import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sparkline } from './sparkline.ts'
import { readTableFormat, renderTable } from './table-format.ts'

const table = {
  head: ['run', 'value [95 %]'],
  rows: [['a|b_1', '0.5']],
  records: [{ run: 'a,"b"\n', value: 0.123456789, p: null }],
}

describe('renderTable', () => {
  it('writes plain text and Markdown, where a bar in a cell is no border', () => {
    expect(renderTable(table, 'text')).toBe('run    value [95 %]\na|b_1  0.5\n')
    expect(renderTable(table, 'markdown')).toBe('| run | value [95 %] |\n| --- | --- |\n| a\\|b_1 | 0.5 |\n')
  })

  it('writes CSV with whole numbers, quoted where needed, and nothing for null', () => {
    expect(renderTable(table, 'csv')).toBe('run,value,p\n"a,""b""\n",0.123456789,\n')
  })

  it('gives a spreadsheet no formulas', () => {
    const records = [{ a: '=1+1', b: '-x', c: -0.5, d: '@y', e: 'z' }]
    expect(renderTable({ ...table, records }, 'csv')).toBe("a,b,c,d,e\n'=1+1,'-x,-0.5,'@y,z\n")
  })

  it('writes LaTeX in which no sign of a name does anything', () => {
    const latex = renderTable({ ...table, rows: [['a_b&c%$#{}~^\\', '1']] }, 'latex')
    expect(latex).toContain('a\\_b\\&c\\%\\$\\#\\{\\}\\textasciitilde{}\\textasciicircum{}\\textbackslash{} & 1 \\\\')
    expect(latex).toContain('\\begin{tabular}{lr}')
  })

  it('has one line a row in Markdown, whatever the cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), (row) => {
        const lines = renderTable({ ...table, rows: [row] }, 'markdown')
          .trimEnd()
          .split('\n')
        expect(lines).toHaveLength(3)
      }),
    )
  })

  it('knows its names', () => {
    expect(readTableFormat('latex')).toBe('latex')
    expect(() => readTableFormat('markdow')).toThrow(expect.objectContaining({ hint: 'Did you mean "markdown"?' }))
  })
})

describe('sparkline', () => {
  it('has one sign a value between the ends of its scale', () => {
    expect(sparkline([0, 0.5, 1], { low: 0, high: 1 })).toBe('▁▅█')
    expect(sparkline([0.3, 0.3], { low: 0.3, high: 0.3 })).toBe('▅▅')
    expect(sparkline([0, Number.NaN, 1], { low: 0, high: 1 })).toBe('▁ █')
    expect(sparkline([], { low: 0, high: 1 })).toBe('')
  })

  it('is never longer than asked and keeps both ends', () => {
    const values = Array.from({ length: 500 }, (_, i) => i)
    const line = sparkline(values, { low: 0, high: 499, width: 10 })
    expect([...line]).toHaveLength(10)
    expect([line.at(0), line.at(-1)]).toEqual(['▁', '█'])
  })
})

// One table in several formats: plain text, Markdown, LaTeX (booktabs) for readers, CSV for programs. Readers get rounded
// numbers with intervals in one cell; CSV gets every number whole, in a column of its own.
import { oneOf } from '../options.ts'
import { textTable } from './text-table.ts'

/** A table for readers and the same facts as records for programs. */
export interface FormattedTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Of equal keys, in the order of columns. */
  readonly records: readonly Readonly<Record<string, string | number | null>>[]
}

/** What `--format` may be. */
export const tableFormats = ['text', 'markdown', 'csv', 'json', 'latex'] as const

/** One of {@link tableFormats}. */
export type TableFormat = (typeof tableFormats)[number]

/** Reader of `--format`. */
export const readTableFormat = oneOf('format', tableFormats)

/** The table's lines, with a last line break. JSON is the caller's own. */
export function renderTable(table: FormattedTable, format: Exclude<TableFormat, 'json'>): string {
  return `${renderers[format](table)}\n`
}

const renderers: Readonly<Record<Exclude<TableFormat, 'json'>, (table: FormattedTable) => string>> = {
  text: ({ head, rows }) => textTable(head, rows),
  markdown: ({ head, rows }) =>
    [head, head.map(() => '---'), ...rows.map((row) => row.map(forMarkdown))]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
  csv: ({ records }) => {
    const keys = Object.keys(records[0] ?? {})
    const lines = records.map((record) => keys.map((key) => String(record[key] ?? '')))
    return [keys, ...lines].map((cells) => cells.map(forCsv).join(',')).join('\n')
  },
  latex: ({ head, rows }) =>
    [
      `\\begin{tabular}{l${'r'.repeat(Math.max(0, head.length - 1))}}`,
      '\\toprule',
      latexRow(head),
      '\\midrule',
      ...rows.map(latexRow),
      '\\bottomrule',
      '\\end{tabular}',
    ].join('\n'),
}

const latexRow = (cells: readonly string[]): string => `${cells.map(forLatex).join(' & ')} \\\\`

const forMarkdown = (cell: string): string => cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ')

// RFC 4180. A name that a spreadsheet would take for a formula is given a quote before it.
function forCsv(cell: string): string {
  const isFormula = /^[=+@\t\r]/.test(cell) || (cell.startsWith('-') && Number.isNaN(Number(cell)))
  const text = isFormula ? `'${cell}` : cell
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const latexSigns: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

const forLatex = (cell: string): string =>
  cell.replace(/[\\~^&%$#_{}]/g, (sign) => latexSigns[sign] ?? `\\${sign}`).replaceAll('\n', ' ')

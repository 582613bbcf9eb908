// An answer as text: for people, for documents, for spreadsheets, for programs. Values come from logs and may hold anything:
// what people look at has no control characters, so that no row can move the cursor or write a second row.
import type { Cell, QueryAnswer } from './answer.ts'

/** How an answer can be written. */
export const answerFormats = ['text', 'csv', 'json', 'markdown'] as const

/** One of {@link answerFormats}. */
export type AnswerFormat = (typeof answerFormats)[number]

/** Longest cell of a table of plain text. */
const maxTextCell = 80

/** The answer, with a last line break; nothing for JSON without rows. */
export function answerText(answer: QueryAnswer, format: AnswerFormat): string {
  switch (format) {
    case 'text':
      return textTable(answer)
    case 'csv':
      return csv(answer)
    case 'json':
      return jsonLines(answer)
    case 'markdown':
      return markdown(answer)
    default:
      return format satisfies never
  }
}

function textTable({ columns, rows }: QueryAnswer): string {
  const short = (text: string): string => {
    const characters = [...visible(text)]
    return characters.length <= maxTextCell
      ? characters.join('')
      : `${characters.slice(0, maxTextCell - 3).join('')}...`
  }
  const lines = [columns.map(short), ...rows.map((row) => row.map((cell) => short(plain(cell))))]
  const widths = columns.map((_, i) => lines.reduce((most, line) => Math.max(most, [...line[i]].length), 0))
  const isNumeric = columns.map((_, i) => rows.some((row) => row[i] !== null) && rows.every((row) => isNumber(row[i])))
  const padded = (text: string, i: number): string => {
    const space = ' '.repeat(widths[i] - [...text].length)
    return isNumeric[i] ? space + text : text + space
  }
  return lines.map((line) => `${line.map(padded).join('  ').trimEnd()}\n`).join('')
}

const isNumber = (cell: Cell): boolean => cell === null || typeof cell === 'number'

function markdown({ columns, rows }: QueryAnswer): string {
  const escaped = (text: string): string =>
    visible(text).replace(/[\\`*_[\]<>|#~&]/g, (character) => `&#${character.charCodeAt(0)};`)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const rule = columns.map((_, i) => (rows.length > 0 && rows.every((row) => isNumber(row[i])) ? '---:' : '---'))
  return [
    line(columns.map(escaped)),
    line(rule),
    ...rows.map((row) => line(row.map((cell) => escaped(plain(cell))))),
  ].join('')
}

// RFC 4180. Nothing is an empty field, and empty text is a quoted one.
function csv({ columns, rows }: QueryAnswer): string {
  const field = (text: string): string =>
    text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  const cell = (value: Cell): string => (value === null ? '' : field(plain(value)))
  return [columns.map(field), ...rows.map((row) => row.map(cell))].map((line) => `${line.join(',')}\r\n`).join('')
}

// An object a line. A number that JSON does not have becomes null.
function jsonLines({ columns, rows }: QueryAnswer): string {
  return rows.map((row) => `${JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]])))}\n`).join('')
}

function plain(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}

/** Text without control characters, invisible marks and marks that turn the direction of writing. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character]
    return named ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}

// Rows of pairs as JSONL: read from a file or standard input, checked, and written back with their verdicts. A row is
// kept as the text it was, so that no field of it changes.
import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { GradusError, messageOf } from '../../base/error.ts'
import type { MathPair } from '../../verify/math/pool/messages.ts'
import type { MathVerdict } from '../../verify/math/verify-math.ts'

/** A row that holds a pair. */
export interface PairRow {
  readonly text: string
  readonly pair: MathPair
}

/** A line of a file, numbered from 1. */
export interface NumberedLine {
  readonly line: number
  readonly text: string
}

/** Lines that are not empty. @throws `data/not-found`, `data/unreadable` */
export async function* pairLines(path: string): AsyncGenerator<NumberedLine> {
  const decoder = new StringDecoder('utf8')
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 })
  let rest = ''
  let line = 0
  try {
    for await (const bytes of stream) {
      const parts = (rest + decoder.write(bytes as Buffer)).split('\n')
      rest = parts.pop() ?? ''
      for (const text of parts) {
        line++
        if (text.trim() !== '') yield { line, text: line === 1 ? text.replace(/^\uFEFF/, '') : text }
      }
    }
  } catch (cause) {
    const isMissing = typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT'
    throw new GradusError(
      isMissing ? 'data/not-found' : 'data/unreadable',
      `cannot read ${path}: ${messageOf(cause)}`,
      {
        hint: 'Check the path given with --file.',
        cause,
      },
    )
  }
  if (rest.trim() !== '') yield { line: line + 1, text: rest }
}

/** Reads a row. @throws `data/bad-row` with file and line */
export function readPairRow(path: string, { line, text }: NumberedLine): PairRow {
  const bad = (what: string, cause?: unknown): GradusError =>
    new GradusError('data/bad-row', `${path === '-' ? 'standard input' : path}:${line}: ${what}`, {
      hint: 'Each line is one JSON object with "gold" and "pred" (or "completion").',
      cause,
    })
  let row: unknown
  try {
    row = JSON.parse(text)
  } catch (cause) {
    throw bad(`not JSON: ${messageOf(cause)}`, cause)
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw bad('not a JSON object')
  const { gold, pred, completion } = row as Readonly<Record<string, unknown>>
  const golds = Array.isArray(gold) ? gold.map(answerText) : answerText(gold)
  if (golds === undefined || (Array.isArray(golds) && (golds.length === 0 || golds.includes(undefined))))
    throw bad(`"gold" cannot be ${shown(gold)}: expected a text, a number or a list of them`)
  const given = pred === undefined ? completion : pred
  if (given === undefined) throw bad('it has neither "pred" nor "completion"')
  // What a program could not extract is often null.
  const prediction = given === null ? '' : answerText(given)
  if (prediction === undefined)
    throw bad(`"${pred === undefined ? 'completion' : 'pred'}" cannot be ${shown(given)}: expected a text`)
  return { text: text.trim(), pair: { gold: golds as string | readonly string[], prediction } }
}

/** A row with its verdict, as a line without its break. */
export function rowWithVerdict({ text }: PairRow, { equal, reason }: MathVerdict): string {
  const added = JSON.stringify({ equal, reason })
  const row = JSON.parse(text) as Readonly<Record<string, unknown>>
  if (Object.hasOwn(row, 'equal') || Object.hasOwn(row, 'reason')) return JSON.stringify({ ...row, equal, reason })
  return `${text.slice(0, -1)},${added.slice(1)}`
}

/** A number beyond 2^53 has lost digits when JSON is read: it has to be written as a text. */
function answerText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  const isExact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value))
  return isExact ? String(value) : undefined
}

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'missing'

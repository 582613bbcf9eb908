// `1 + 2 + \cdots + 100`: the sum of an arithmetic progression of whole numbers, all of whose written terms agree. Two terms
// that could as well begin a geometric one are left as they are.
import type { Answer } from '../answer.ts'
import { expressionAnswer } from './answer-reading.ts'
import { integer } from './build-expression.ts'
import type { Token } from './token.ts'

const mostTerms = 12

/** The sum that `[from, to)` is; undefined when it is none. */
export function readProgression(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const count = (to - from + 1) / 2
  if (to - from < 7 || tokens[to - 3].kind !== 'dots' || !Number.isInteger(count) || count > mostTerms) return undefined
  const terms: bigint[] = []
  for (let at = from; at < to; at++) {
    const { kind, text } = tokens[at]
    const isSign = (at - from) % 2 === 1
    if (isSign ? text !== '+' : at !== to - 3 && (kind !== 'number' || !/^\d{1,12}$/.test(text))) return undefined
    if (!isSign && at !== to - 3) terms.push(BigInt(text))
  }
  const last = terms[terms.length - 1]
  const written = terms.slice(0, -1)
  const step = written[1] - written[0]
  const isEven = written.every((term, i) => i === 0 || term - written[i - 1] === step)
  const hasPlace = step > 0n && last > written[written.length - 1] && (last - written[0]) % step === 0n
  if (!isEven || !hasPlace || (written.length === 2 && step > 1n && isGeometric(written, last))) return undefined
  return expressionAnswer(integer(((written[0] + last) * ((last - written[0]) / step + 1n)) / 2n))
}

function isGeometric([first, second]: readonly bigint[], last: bigint): boolean {
  if (first === 0n || second % first !== 0n) return false
  const ratio = second / first
  let term = second
  while (term < last && ratio > 1n) term *= ratio
  return term === last
}

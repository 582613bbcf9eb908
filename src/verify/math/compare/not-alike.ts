// The verdict on two answers of kinds that never stand for each other.
import type { Answer, Comparison } from '../answer.ts'
import { different } from './verdict.ts'

export function notAlike(a: Answer, b: Answer): Comparison {
  return different(`${nameOfKind(b)} is not ${nameOfKind(a)}`)
}

function nameOfKind({ kind }: Answer): string {
  return `${kind === 'interval' || kind === 'expression' ? 'an' : 'a'} ${kind.replaceAll('-', ' ')}`
}

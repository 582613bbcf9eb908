// The verdict on two answers of kinds that never stand for each other, in words for a person. Of a text against
// mathematics it says which side could not be read.
import type { Answer, Comparison } from '../answer.ts'
import { different } from './verdict.ts'

const names: Readonly<Record<Answer['kind'], string>> = {
  expression: 'a number or formula',
  tuple: 'a tuple',
  list: 'a list',
  set: 'a set',
  interval: 'an interval',
  'set-operation': 'an operation on sets',
  'named-set': 'a set of numbers',
  'set-builder': 'a set with a condition',
  relation: 'an equation or inequality',
  chain: 'a chain of equations or inequalities',
  matrix: 'a matrix',
  choice: 'a choice',
  ratio: 'a ratio',
  text: 'words',
}

/** `a` is of the gold answer, `b` of the prediction. */
export function notAlike(a: Answer, b: Answer): Comparison {
  if (a.kind === b.kind) return different(`${names[a.kind]} of another form`)
  if (b.kind === 'text')
    return different(`the prediction could not be read as mathematics; expected is ${names[a.kind]}`)
  if (a.kind === 'text') return different(`the gold answer could not be read as mathematics; given is ${names[b.kind]}`)
  return different(`one is ${names[a.kind]}, the other ${names[b.kind]}`)
}

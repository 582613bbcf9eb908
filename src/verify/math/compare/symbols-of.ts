// The variables of an answer, wherever they stand in it.
import type { Answer } from '../answer.ts'
import { expressionsIn } from './answer-parts.ts'
import { contentsOf } from './expression-shape.ts'

export function symbolsOf(answer: Answer): ReadonlySet<string> {
  return contentsOf(...expressionsIn(answer)).symbols
}

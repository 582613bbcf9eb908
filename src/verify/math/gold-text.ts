// A gold answer as text: what a data set gives is a bare answer, a solution that ends in `#### 18`, or one with a box.
// It is trusted, so nothing is guessed from its prose.
import { findBoxes } from './extract/boxes.ts'
import { withoutDollars } from './extract/extract-answer.ts'
import { lastBoxes } from './extract/last-boxes.ts'

/** The answer in a gold text. */
export function goldAnswerText(gold: string): string {
  const boxed = lastBoxes(gold, findBoxes(gold), true)
  if (boxed !== undefined) return withoutDollars(boxed.contents.join(', '))
  const at = gold.lastIndexOf('####')
  const text = at < 0 ? gold.trim() : gold.slice(at + 4).trim()
  return withoutDollars(text)
}

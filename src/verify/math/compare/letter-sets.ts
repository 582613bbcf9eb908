// Unions, intersections and differences of sets that are only letters, `A \cup (B \cap C)`: the same when they hold the
// same elements whichever of the letters hold them.
import type { Answer } from '../answer.ts'

const mostLetters = 6

/** Undefined when either is made of anything else. */
export function areSameLetterSets(a: Answer, b: Answer): boolean | undefined {
  const letters = [...new Set([...(lettersIn(a) ?? ['']), ...(lettersIn(b) ?? [''])])]
  if (letters.includes('') || letters.length > mostLetters) return undefined
  for (let row = 0; row < 2 ** letters.length; row++) {
    const held = new Set(letters.filter((_, i) => (row >> i) & 1))
    if (holds(a, held) !== holds(b, held)) return false
  }
  return true
}

function letterOf(answer: Answer): string | undefined {
  if (answer.kind === 'choice') return answer.letter
  return answer.kind === 'expression' && answer.expression.kind === 'symbol' ? answer.expression.name : undefined
}

function lettersIn(answer: Answer): readonly string[] | undefined {
  if (answer.kind !== 'set-operation') {
    const letter = letterOf(answer)
    return letter === undefined ? undefined : [letter]
  }
  const parts = answer.parts.map(lettersIn)
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? [])
}

function holds(answer: Answer, held: ReadonlySet<string>): boolean {
  if (answer.kind !== 'set-operation') return held.has(letterOf(answer) ?? '')
  const [first, ...rest] = answer.parts.map((part) => holds(part, held))
  if (answer.operator === 'union') return first || rest.includes(true)
  if (answer.operator === 'intersection') return first && !rest.includes(false)
  return first && !rest.includes(true)
}

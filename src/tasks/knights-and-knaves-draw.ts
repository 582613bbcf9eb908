// Draws statements as the generator of the public rows does (docs/decisions/2026-11-21-knights-and-knaves.md): a claim, a
// negation and each of the four operations are equally likely until the depth is used up. It does not look for solutions.
import type { Rng } from '../base/rng.ts'
import type { Statement } from './knights-and-knaves-statement.ts'
import { showStatement } from './knights-and-knaves-text.ts'

/** How large statements may be. */
export interface StatementLimits {
  readonly people: number
  /** 1: a claim about one person; each negation or operation around it adds 1. */
  readonly depth: number
  /** Most parts of an `and` or `or`. */
  readonly width: number
}

const forms = ['is', 'not', 'and', 'or', 'if', 'iff'] as const

/** One statement for each person. */
export function drawStatements(limits: StatementLimits, rng: Rng): readonly Statement[] {
  return Array.from({ length: limits.people }, (_, speaker) => drawStatement(speaker, limits, rng))
}

function drawStatement(speaker: number, limits: StatementLimits, rng: Rng): Statement {
  const form = limits.depth <= 1 ? 'is' : rng.pick(forms)
  const inner = { ...limits, depth: limits.depth - 1 }
  switch (form) {
    case 'is':
      return drawClaim(speaker, limits.people, rng)
    case 'not':
      return { kind: 'not', of: drawStatement(speaker, inner, rng) }
    case 'and':
    case 'or':
      return { kind: form, parts: drawParts(2 + rng.int(limits.width - 1), speaker, inner, rng) }
    default:
      return { kind: form, parts: drawParts(2, speaker, inner, rng) }
  }
}

/** Nobody can say "I am a knave", so it is never a claim, not even inside an operation. */
function drawClaim(speaker: number, people: number, rng: Rng): Statement {
  for (;;) {
    const [knight, person] = [rng.int(2) === 0, rng.int(people)]
    if (knight || person !== speaker) return { kind: 'is', person, knight }
  }
}

/** Parts of which no two are equal; two people alone have three claims, so three parts can always be found. */
function drawParts(count: number, speaker: number, limits: StatementLimits, rng: Rng): readonly Statement[] {
  const parts = new Map<string, Statement>()
  while (parts.size < count) {
    const part = drawStatement(speaker, limits, rng)
    const text = showStatement(part)
    if (!parts.has(text)) parts.set(text, part)
  }
  return [...parts.values()]
}

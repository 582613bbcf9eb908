// Sequences of list-fn: eight forms, each with its integers taken from the first terms, so that every form has at most one
// candidate for a given sequence. It does not know prompts.
import type { Rng } from '../../base/rng.ts'

/** A form with its integers: what it says of term `i` from those before it, for `i` from `needs` on. */
export interface SequenceRule {
  readonly name: string
  readonly needs: number
  next(terms: readonly number[], i: number): number
}

type Terms = readonly number[]

const whole = (...numbers: readonly number[]): boolean => numbers.every(Number.isSafeInteger)

/** Every form's candidate for these terms (at least four), in the order in which they are tried. */
export function sequenceRules(terms: Terms): readonly SequenceRule[] {
  const [t0, t1, t2, t3] = terms
  const [d, e] = [t1 - t0, t2 - t1]
  const rules: SequenceRule[] = [
    { name: `add ${d}`, needs: 2, next: (t, i) => t[i - 1] + d },
    { name: `mul ${t1 / t0}`, needs: 2, next: (t, i) => (t[i - 1] * t1) / t0 },
    { name: `alt ${d} ${e}`, needs: 3, next: (t, i) => t[i - 1] + (i % 2 === 1 ? d : e) },
    { name: `lin ${e / d} ${t1 - (e / d) * t0}`, needs: 3, next: (t, i) => (e / d) * t[i - 1] + t1 - (e / d) * t0 },
    { name: `quad ${e - d}`, needs: 3, next: (t, i) => 2 * t[i - 1] - t[i - 2] + e - d },
    { name: `fib ${t2 - t1 - t0}`, needs: 3, next: (t, i) => t[i - 1] + t[i - 2] + t2 - t1 - t0 },
    { name: `two ${t2 - t0} ${t3 - t1}`, needs: 4, next: (t, i) => t[i - 2] + (i % 2 === 0 ? t2 - t0 : t3 - t1) },
  ]
  // p and q of t2=p*t1+q*t0 and t3=p*t2+q*t1.
  const determinant = t1 * t1 - t0 * t2
  const [p, q] = [(t2 * t1 - t0 * t3) / determinant, (t1 * t3 - t2 * t2) / determinant]
  rules.push({ name: `mix ${p} ${q}`, needs: 4, next: (t, i) => p * t[i - 1] + q * t[i - 2] })
  const integers = [[d], [t1 / t0], [d, e], [e / d], [e - d], [t2 - t1 - t0], [t2 - t0, t3 - t1], [p, q]]
  return rules.filter((_, i) => whole(...integers[i]))
}

/** Whether the form says every term that it does not need. */
export function fitsSequence({ needs, next }: SequenceRule, terms: Terms): boolean {
  return terms.every((term, i) => i < needs || next(terms, i) === term)
}

/** The terms and one more, by a form of this complexity (1 to 5). */
export function drawSequence(complexity: number, length: number, rng: Rng): readonly number[] {
  const start = rng.int(31)
  const step = (size: number): number => (rng.int(2) === 0 ? 1 + rng.int(size) : -1 - rng.int(size))
  const [a, b, c] = [step(9), step(9), step(4)]
  const small = 1 + rng.int(20)
  switch (complexity) {
    case 1: {
      const by = step(20)
      return extend([rng.int(100)], length, (t, i) => t[i - 1] + by)
    }
    case 2: {
      const factor = 2 + rng.int(3)
      if (rng.int(3) === 0) return extend([1 + rng.int(99)], length, (t, i) => t[i - 1] * factor)
      return extend([start], length, (t, i) => t[i - 1] + (i % 2 === 1 ? a : b))
    }
    case 3: {
      const factor = 2 + rng.int(2)
      if (rng.int(3) === 0) return extend([small], length, (t, i) => factor * t[i - 1] + a)
      return extend([start, start + b], length, (t, i) => 2 * t[i - 1] - t[i - 2] + c)
    }
    case 4: {
      const constant = rng.int(7) - 3
      if (rng.int(2) === 0) return extend([small, 1 + rng.int(20)], length, (t, i) => t[i - 1] + t[i - 2] + constant)
      return extend([start, rng.int(31)], length, (t, i) => t[i - 2] + (i % 2 === 0 ? a : b))
    }
    default: {
      const [p, q] = [step(3), step(3)]
      return extend([small, 1 + rng.int(20)], length, (t, i) => p * t[i - 1] + q * t[i - 2])
    }
  }
}

function extend(first: Terms, length: number, next: (terms: Terms, i: number) => number): Terms {
  const terms = [...first]
  while (terms.length < length) terms.push(next(terms, terms.length))
  return terms
}

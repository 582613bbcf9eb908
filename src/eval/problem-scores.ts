// From the samples of an evaluation to one number a problem, and from those to an estimate. Undecided and failed samples
// are left out of a problem's number; a problem with fewer than k decided samples has none.

import { GradusError } from '../base/error.ts'
import type { Json } from '../base/json.ts'
import type { EvalSampleRow } from '../contracts/index.ts'
import { clusteredWilson } from './clustered-wilson.ts'
import type { Estimate } from './intervals.ts'
import { majAtK } from './maj-at-k.ts'
import { meanAtK } from './mean-at-k.ts'
import { passAtK } from './pass-at-k.ts'

/** What is measured of a problem's samples. */
export interface ProblemMeasure {
  readonly kind: 'pass' | 'maj' | 'mean'
  readonly k: number
}

/** A sample as far as scores need it. */
export interface JudgedSample extends Pick<EvalSampleRow, 'verdict'> {
  /** Class of its answer, for votes: a text; anything else when it gave none. */
  readonly class?: Json
}

/** `pass@8`. */
export const measureName = ({ kind, k }: ProblemMeasure): string => `${kind}@${k}`

/** Reads `pass@8`; undefined for anything else. */
export function readMeasure(text: string): ProblemMeasure | undefined {
  const match = /^(pass|maj|mean)@([1-9][0-9]{0,6})$/.exec(text)
  return match === null ? undefined : { kind: match[1] as ProblemMeasure['kind'], k: Number(match[2]) }
}

/** The number of one problem, or undefined where its decided samples are too few. */
export function problemScore(samples: readonly JudgedSample[], { kind, k }: ProblemMeasure): number | undefined {
  const decided = samples.filter(({ verdict }) => verdict === 'right' || verdict === 'wrong')
  const right = decided.filter(({ verdict }) => verdict === 'right').length
  switch (kind) {
    case 'pass':
      return decided.length < k ? undefined : passAtK(decided.length, right, k)
    case 'mean':
      // Of all samples there are: k is how many were drawn.
      return decided.length === 0 || samples.length !== k ? undefined : meanAtK(decided.length, right)
    case 'maj':
      if (decided.length < k) return undefined
      return majAtK(
        decided.map((sample) => ({
          answer: typeof sample.class === 'string' ? sample.class : undefined,
          right: sample.verdict === 'right',
        })),
        k,
      )
    default:
      throw new GradusError('usage/bad-measure', `${String(kind satisfies never)} is not a measure`)
  }
}

/**
 * The mean over problems, with a 95 % interval that counts problems and not samples: {@link clusteredWilson}, which is
 * Wilson's own for one sample of each. Without any problem it is everything.
 */
export function estimateScores(scores: readonly number[]): Estimate {
  return scores.length === 0 ? { value: 0, low: 0, high: 1, n: 0 } : clusteredWilson(scores)
}

/** A measure over the samples of an evaluation, which lie problem by problem, as many of each. */
export function estimateMeasure(samples: readonly JudgedSample[], problems: number, measure: ProblemMeasure): Estimate {
  const each = samples.length / problems
  const scores = Array.from({ length: problems }, (_, p) =>
    problemScore(samples.slice(p * each, (p + 1) * each), measure),
  )
  return estimateScores(scores.flatMap((score) => score ?? []))
}

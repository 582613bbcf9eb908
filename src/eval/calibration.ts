// Calibration of confidences: does what is claimed with 0.8 come true 8 times in 10? A reliability table, the expected
// calibration error over it (Guo et al. 2017, 1706.04599, eq. 3; Naeini et al. 2015), and the Brier score (Brier 1950).
// It does not know where a confidence comes from: a vote's share, a verifier's score, a mean probability.
import { GradusError } from '../base/error.ts'
import { bootstrapMean, type Estimate, wilsonInterval } from './intervals.ts'

/** One answer: how sure the system was of it, in [0, 1], and whether it was right. */
export interface ConfidentAnswer {
  readonly confidence: number
  readonly right: boolean
}

/** How to cut confidences into bins. */
export interface CalibrationOptions {
  /** Default 10. */
  readonly bins?: number
  /** `width`: bins of equal width (the usual one); `count`: of equal numbers of answers. Default `width`. */
  readonly by?: 'width' | 'count'
  /** Of the Brier score's bootstrap; default 0. */
  readonly seed?: number
}

/** A bin of the reliability table; empty ones are left out. */
export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  readonly n: number
  /** Mean of the confidences. */
  readonly confidence: number
  /** Share of right answers, with Wilson's interval. */
  readonly accuracy: Estimate
}

/** What confidences are worth. */
export interface Calibration {
  readonly n: number
  /** Sum over bins of n_b / n * |accuracy_b - confidence_b|. It is above 0 by chance even for a calibrated system. */
  readonly ece: number
  /** The largest |accuracy_b - confidence_b|. */
  readonly mce: number
  /** Mean of (confidence - right)^2, with a bootstrap interval. */
  readonly brier: Estimate
  readonly bins: readonly ReliabilityBin[]
}

/** Calibration of answers. @throws `data/no-values`, `usage/bad-count` */
export function calibration(answers: readonly ConfidentAnswer[], options: CalibrationOptions = {}): Calibration {
  const { bins: count = 10, by = 'width', seed = 0 } = options
  if (!Number.isInteger(count) || count < 1) {
    throw new GradusError('usage/bad-count', `${count} bins cannot be made.`, { hint: 'Use 10.' })
  }
  const n = answers.length
  const bad = answers.find(({ confidence }) => !(confidence >= 0 && confidence <= 1))
  if (n === 0 || bad !== undefined) {
    const what = bad === undefined ? 'There are no answers' : `${bad.confidence} is not a confidence`
    throw new GradusError('data/no-values', `${what}: nothing can be calibrated.`, {
      hint: 'Give each answer a confidence in [0, 1].',
    })
  }
  const parts = by === 'width' ? byWidth(answers, count) : byCount(answers, count)
  const bins = parts.filter(({ answers: inside }) => inside.length > 0).map(binOf)
  const gaps = bins.map((bin) => Math.abs(bin.accuracy.value - bin.confidence))
  return {
    n,
    ece: bins.reduce((sum, bin, i) => sum + (bin.n / n) * gaps[i], 0),
    mce: Math.max(...gaps),
    brier: bootstrapMean(
      answers.map(({ confidence, right }) => (confidence - (right ? 1 : 0)) ** 2),
      { seed },
    ),
    bins,
  }
}

interface Part {
  readonly from: number
  readonly to: number
  readonly answers: readonly ConfidentAnswer[]
}

/** Bins (i/m, (i+1)/m], the first with 0. */
function byWidth(answers: readonly ConfidentAnswer[], count: number): readonly Part[] {
  const parts = Array.from({ length: count }, (_, i) => ({
    from: i / count,
    to: (i + 1) / count,
    answers: [] as ConfidentAnswer[],
  }))
  for (const answer of answers) {
    // Above the bin's lower end, as its ends are written: 0.3 * 10 is 3 and a bit in floating point, and 0.3 is in (0.2, 0.3].
    let place = Math.min(count - 1, Math.max(0, Math.ceil(answer.confidence * count) - 1))
    if (place > 0 && answer.confidence <= parts[place].from) place--
    parts[place].answers.push(answer)
  }
  return parts
}

/** Bins of as equal numbers as can be; equal confidences may fall into two. */
function byCount(answers: readonly ConfidentAnswer[], count: number): readonly Part[] {
  const sorted = [...answers].sort((a, b) => a.confidence - b.confidence)
  return Array.from({ length: count }, (_, i) => {
    const inside = sorted.slice(Math.round((i * sorted.length) / count), Math.round(((i + 1) * sorted.length) / count))
    return { from: inside[0]?.confidence ?? 0, to: inside.at(-1)?.confidence ?? 0, answers: inside }
  })
}

function binOf({ from, to, answers }: Part): ReliabilityBin {
  const n = answers.length
  const confidence = answers.reduce((sum, answer) => sum + answer.confidence, 0) / n
  return { from, to, n, confidence, accuracy: wilsonInterval(answers.filter(({ right }) => right).length, n) }
}

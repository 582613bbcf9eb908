// maj@k: how often the most frequent answer among k samples is right, exactly, as the mean over all subsets of k of the
// n samples. Tied answers count as a fair draw between them. Samples without an answer take a place but do not vote.
// It does not decide which answers are the same: the caller gives each sample its answer class.
import { GradusError } from '../base/error.ts'

// Binomials of up to this many samples stay below the largest double.
const maxSamples = 1000

/** One sample's vote. */
export interface Vote {
  /** Answer class; undefined when the sample gave no answer. */
  readonly answer: string | undefined
  readonly right: boolean
}

interface AnswerClass {
  readonly count: number
  /** Share of its samples judged right; 0 or 1 unless the verifier contradicts itself. */
  readonly rightShare: number
}

/**
 * Expected score of a majority vote over `k` of the samples, drawn without replacement; 0 when nobody votes.
 *
 * @throws `usage/bad-count` unless 1 <= k <= number of votes <= 1000.
 */
export function majAtK(votes: readonly Vote[], k: number): number {
  const n = votes.length
  if (!Number.isInteger(k) || k < 1 || k > n || n > maxSamples) {
    throw new GradusError('usage/bad-count', `maj@${k} cannot be estimated from ${n} samples.`, {
      hint: `k must be from 1 to the number of samples, which may be at most ${maxSamples}.`,
    })
  }
  const classes = classify(votes)
  const blanks = n - classes.reduce((sum, { count }) => sum + count, 0)
  let ways = 0
  for (const [at, winner] of classes.entries()) {
    if (winner.rightShare === 0) continue
    const others = classes.filter((_, i) => i !== at).map(({ count }) => count)
    for (let top = 1; top <= Math.min(k, winner.count); top++) {
      const rest = waysToLose(others, blanks, top, k - top)
      ways += winner.rightShare * binomial(winner.count, top) * rest
    }
  }
  return Math.min(1, ways / binomial(n, k))
}

function classify(votes: readonly Vote[]): readonly AnswerClass[] {
  const seen = new Map<string, { count: number; right: number }>()
  for (const { answer, right } of votes) {
    if (answer === undefined) continue
    const tally = seen.get(answer) ?? { count: 0, right: 0 }
    seen.set(answer, { count: tally.count + 1, right: tally.right + (right ? 1 : 0) })
  }
  return [...seen.values()].map(({ count, right }) => ({ count, rightShare: right / count }))
}

/**
 * In how many ways the other classes and the blanks fill `places` with no class above `top` votes, each way weighted
 * by 1 / (1 + number of classes that reach `top`).
 */
function waysToLose(others: readonly number[], blanks: number, top: number, places: number): number {
  const maxTies = Math.floor(places / top)
  // ways[ties][picked]
  let ways = Array.from({ length: maxTies + 1 }, () => new Float64Array(places + 1))
  ways[0][0] = 1
  for (const count of others) {
    const next = Array.from({ length: maxTies + 1 }, () => new Float64Array(places + 1))
    for (let votes = 0; votes <= Math.min(top, count, places); votes++) {
      const chosen = binomial(count, votes)
      const tie = votes === top ? 1 : 0
      for (let ties = 0; ties + tie <= maxTies; ties++) {
        for (let picked = 0; picked + votes <= places; picked++) {
          next[ties + tie][picked + votes] += chosen * ways[ties][picked]
        }
      }
    }
    ways = next
  }
  let sum = 0
  for (const [ties, row] of ways.entries()) {
    for (const [picked, count] of row.entries()) sum += (count * binomial(blanks, places - picked)) / (1 + ties)
  }
  return sum
}

function binomial(n: number, k: number): number {
  if (k < 0 || k > n) return 0
  let product = 1
  for (let i = 1; i <= Math.min(k, n - k); i++) product = (product * (n - Math.min(k, n - k) + i)) / i
  return product
}

// Votes to a verdict. Abstentions and failed samples are votes for nothing: they are counted, they can make a verdict
// undecided, and they never count as wrong.
import type { Verdict } from '../../contracts/index.ts'

/** How votes went. In the soft mode there is one vote with a share of yes. */
export interface Tally {
  readonly votes: number
  readonly yes: number
  readonly no: number
  readonly abstained: number
  readonly failed: number
  /** Soft mode: the model's p(yes). */
  readonly probability?: number
  /** Why the first failed sample failed. */
  readonly error?: string
}

/** What a verdict takes. */
export interface Majority {
  /** Share of the decisive votes that the larger side needs; a tie is undecided whatever this is. */
  readonly threshold: number
  /** Decisive votes without which nothing is decided. */
  readonly minDecisive: number
}

/** `score` is the share of yes among the decisive votes, or p(yes); 0 when there is none. */
export function verdictOf(tally: Tally, { threshold, minDecisive }: Majority): Verdict {
  const { votes, yes, no, abstained, failed, probability, error } = tally
  const decisive = yes + no
  const score = probability ?? (decisive === 0 ? 0 : yes / decisive)
  const parts = { votes, yes, no, abstained, failed }
  const say = (kind: Verdict['kind'], reason: string): Verdict => ({ kind, score, reason, parts })
  if (failed === votes) return say('failed', `no sample of the judge came through: ${error ?? 'unknown reason'}`)
  if (decisive < minDecisive)
    return say('undecided', `${decisive} of ${votes} votes decisive (${abstained} abstained), ${minDecisive} needed`)
  const count = probability === undefined ? `${yes} yes, ${no} no` : `p(yes) = ${probability.toFixed(3)}`
  const against = probability === undefined ? no / decisive : 1 - probability
  if (score === against) return say('undecided', `the judge is split: ${count}`)
  if (Math.max(score, against) < threshold)
    return say('undecided', `the judge is not sure enough: ${count}, threshold ${threshold}`)
  return say(score > against ? 'right' : 'wrong', `judge: ${count}`)
}

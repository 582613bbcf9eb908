// A lab in sentences, for a reader who was not there: what was compared, and what came out. Nothing is concluded that the
// numbers beside it do not say.
import { formatCount } from '../../lib/format.ts'
import { share, signed } from '../compare/verdict.ts'
import type { ClaimOutcome, LabResults, LabRow } from './lab-results.ts'

/** The recipes' own arms on the chosen testbed, the best first. */
export function rankingOf({ rows, testbed }: Pick<LabResults, 'rows' | 'testbed'>): readonly LabRow[] {
  return rows
    .filter((row) => row.isOwn && row.testbed === testbed)
    .toSorted((a, b) => (b.pass1?.value ?? -1) - (a.pass1?.value ?? -1))
}

/** How many claims came out how, those that occur. */
export function countOutcomes(claims: LabResults['claims']): readonly { outcome: ClaimOutcome; count: number }[] {
  const order: readonly ClaimOutcome[] = ['held', 'not held', 'inconclusive', 'not checked']
  return order
    .map((outcome) => ({ outcome, count: claims.filter((claim) => claim.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
}

/** What was compared, in one or two sentences. */
export function whatWasCompared(results: LabResults): string {
  const { seeds, testbeds, testbed } = results
  const ranking = rankingOf(results)
  const bed = testbeds.find(({ id }) => id === testbed)
  const measured = ranking.find(({ problems }) => problems !== null)
  const budget =
    bed === undefined
      ? ''
      : `, each for about ${formatCount(bed.tokens)} trained tokens or ${counted(bed.steps, 'step')}`
  const trained = `${counted(ranking.length, 'recipe')} trained the same starting model on ${bed?.task ?? testbed}${budget}, with ${counted(seeds.length, 'seed')}.`
  if (measured === undefined) return trained
  return `${trained} Every run was then asked ${measured.problems} problems that none was trained on, ${counted(measured.samples ?? 0, 'time')} each.`
}

/** What came out, in one or two sentences. */
export function whatCameOut(results: LabResults): string {
  const done = rankingOf(results).filter(({ pass1 }) => pass1 !== null)
  const start = results.testbeds.find(({ id }) => id === results.testbed)?.start?.['1']
  const [best] = done
  const last = done.at(-1)
  if (best?.pass1 == null || last?.pass1 == null) return 'No run is finished yet.'
  const from = start === undefined ? '' : `From pass@1 ${share(start.value)} at the start, `
  const reached =
    done.length === 1
      ? `${best.recipe} reached ${share(best.pass1.value)}`
      : `${from === '' ? 'R' : 'r'}ecipes reached between ${share(last.pass1.value)} (${last.recipe}) and ${share(best.pass1.value)} (${best.recipe})`
  const [above, below] = [
    done.filter(({ overStart }) => overStart !== null && overStart.low > 0).length,
    done.filter(({ overStart }) => overStart !== null && overStart.high < 0).length,
  ]
  const open = done.length - above - below
  const counts: readonly (readonly [number, string])[] = [
    [above, 'above the start'],
    [below, 'below the start'],
    [open, 'not told apart from the start'],
  ]
  const standing = counts.flatMap(([count, where]) => {
    if (count === 0) return []
    return [done.length === 1 ? where : count === done.length ? `all ${where}` : `${count} ${where}`]
  })
  return `${from}${reached}: ${standing.join(', ')}.`
}

/** How a row stands to the start and its baseline: "+0.347 over the start [...]". */
export function rowWords({ overStart, overBaseline, baseline }: LabRow): readonly string[] {
  const span = ({ value, low, high }: { value: number; low: number; high: number }): string =>
    `${signed(value)} [${signed(low)}, ${signed(high)}]`
  return [
    ...(overStart === null ? [] : [`${span(overStart)} over the start`]),
    ...(overBaseline === null || baseline === null ? [] : [`${span(overBaseline)} over ${baseline}`]),
  ]
}

/** Whether a run ended long before its budget of tokens: its row is not one at an equal budget. */
export function isCutShort({ cost }: LabRow, tokens: number | undefined): boolean {
  return cost !== null && tokens !== undefined && cost.trainedTokens < 0.8 * tokens
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

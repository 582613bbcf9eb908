// The first paragraphs of a lab's page: what was compared, what came out, and how far it can be trusted, in plain words.
import { formatCount, formatEstimate } from '../../store/index.ts'
import { rowName } from '../report-tables.ts'
import type { LabResults } from '../results.ts'
import type { LabRow } from '../rows.ts'
import { otherBudget } from './budget.ts'

/** The paragraphs. */
export function leadOf(results: LabResults): readonly string[] {
  const { testbed: id, rows, testbeds, seeds } = results
  const [{ summary, tokens, steps }] = testbeds
  const own = rows.filter((row) => row.isOwn && row.testbed === id)
  const measured = own.find((row) => row.problems !== null)
  const asked =
    measured === undefined
      ? ''
      : ` Then each was asked the same ${measured.problems} problems that none had seen, ${measured.samples} samples of each.`
  return [
    `${count(own.length, 'recipe')} for training a small language model ${own.length === 1 ? 'was' : 'were'} tried on the testbed ${id}: ${lowerFirst(summary)} ` +
      `All started from this one base model and were trained on about ${formatCount(tokens)} tokens, or for ${steps} steps if those ended first, ` +
      `${seeds.length === 1 ? 'with one seed' : `once with each of ${seeds.length} seeds`}.${asked} pass@1 is the share of samples that were right.`,
    outcome(results, own),
    ...claimsLine(results),
    missingLine(results),
  ]
}

function outcome(results: LabResults, own: readonly LabRow[]): string {
  const start = results.testbeds[0].start?.['1']
  const ranked = own.filter((row) => row.pass1 !== null && otherBudget(results, row) === undefined)
  const elsewhere = own.filter((row) => row.pass1 !== null && otherBudget(results, row) !== undefined)
  const base = start === undefined ? '' : `The base model has a pass@1 of ${formatEstimate(start)}. `
  const aside =
    elsewhere.length === 0
      ? ''
      : ` Not ranked, since not trained on that many tokens: ${elsewhere.map(withTokens).join('; ')}.`
  const [best, next] = ranked
  if (best?.pass1 == null)
    return `${base}No recipe has finished at this budget${elsewhere.length === 0 ? ' yet' : ''}.${aside}`
  const name = `${rowName(best)}, with ${formatEstimate(best.pass1)}`
  if (next?.pass1 == null)
    return `${base}${ranked.length === 1 ? 'One recipe ended at this budget: ' : ''}${name}.${aside}`
  const above = ranked.filter(({ overStart }) => overStart !== null && overStart.low > 0).length
  const below = ranked.filter(({ overStart }) => overStart !== null && overStart.high < 0).length
  const rival = `${rowName(next)}, with ${formatEstimate(next.pass1)}`
  const lead =
    best.pass1.low > next.pass1.high
      ? `well ahead of the next, ${rival}: their intervals do not touch`
      : `but the next, ${rival}, may be as good: their intervals overlap`
  return (
    `${base}Of ${ranked.length} recipes at this budget, ${above} ended surely above the base model` +
    `${below === 0 ? '' : `, ${below} surely below it`}. The highest is ${name}, ${lead}.${aside}`
  )
}

const withTokens = (row: LabRow): string => {
  const score = row.pass1 === null ? '' : `, with ${formatEstimate(row.pass1)}`
  return `${rowName(row)}${score}${row.cost === null ? '' : ` after ${formatCount(row.cost.trainedTokens)}`}`
}

function claimsLine({ claims }: LabResults): readonly string[] {
  if (claims.length === 0) return []
  const of = (outcome: string): number => claims.filter((claim) => claim.outcome === outcome).length
  const parts = [
    `${of('held')} held`,
    `${of('not held')} did not hold`,
    `${of('inconclusive')} stayed open`,
    ...(of('not checked') === 0 ? [] : [`${of('not checked')} could not be checked`]),
  ]
  return [
    `${count(claims.length, 'claim')} that papers make ${claims.length === 1 ? 'was' : 'were'} checked on these runs: ${parts.join(', ')}.`,
  ]
}

function missingLine({ rows, missing }: LabResults): string {
  const all = rows.reduce((sum, { seeds }) => sum + seeds.length, missing)
  return missing === 0
    ? `All ${all} runs are finished.`
    : `${missing} of ${all} runs are not finished, so what is said here may change; they are listed under Missing.`
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

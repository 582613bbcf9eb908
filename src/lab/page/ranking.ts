// The tables of a lab's page: recipes at the equal budget first and ranked, then those at another budget, then the arms that
// only claims asked for, then other testbeds. Costs stand beside scores.
import { formatCount, formatEstimate, formatNumber, type ReportSection, type SummaryRow } from '../../store/index.ts'
import { rowName } from '../report-tables.ts'
import type { LabResults, TestbedResult } from '../results.ts'
import type { LabRow } from '../rows.ts'
import { otherBudget } from './budget.ts'

/** A section for each kind of row that is there. */
export function rankingSections(results: LabResults): readonly ReportSection[] {
  const { testbed: chosen, rows, testbeds } = results
  const here = rows.filter((row) => row.testbed === chosen)
  const own = here.filter((row) => row.isOwn)
  const [first] = testbeds
  const ranked = own.filter((row) => otherBudget(results, row) === undefined)
  const others = own.filter((row) => otherBudget(results, row) !== undefined)
  return [
    ...section('Ranking', ranked, {
      testbed: first,
      results,
      isRanked: true,
      text:
        `Recipes that were trained on about ${formatCount(first.tokens)} tokens, the highest pass@1 first. Two whose intervals overlap may be in the other order; ` +
        'what a recipe adds is told best by its difference from its baseline, which is paired.',
    }),
    ...section('At another budget', others, {
      testbed: first,
      results,
      text: `These were trained on more or fewer than about ${formatCount(first.tokens)} tokens, so they are not ranked.`,
    }),
    ...section(
      'Arms of claims',
      here.filter((row) => !row.isOwn),
      {
        testbed: first,
        results,
        text: 'Run only because a claim needs them: recipes with other settings, or recipes that others are compared with.',
      },
    ),
    ...testbeds.slice(1).flatMap((testbed) =>
      section(
        `On ${testbed.id}`,
        rows.filter((row) => row.testbed === testbed.id),
        {
          testbed,
          results,
          text:
            `Another testbed, which claims ask for. ${testbed.summary} ${formatCount(testbed.tokens)} trained tokens or ${testbed.steps} steps a run. ` +
            `Base model: ${startInShort(testbed)}.`,
        },
      ),
    ),
  ]
}

/** pass@1 and the largest k of a base model. */
function startInShort({ start }: TestbedResult): string {
  const known = Object.entries(start ?? {})
  const shown = known.length > 2 ? [known[0], known[known.length - 1]] : known
  return shown.length === 0 ? 'not known yet' : shown.map(([k, one]) => `pass@${k} ${formatEstimate(one)}`).join(', ')
}

interface TableOptions {
  readonly testbed: TestbedResult
  readonly results: LabResults
  readonly isRanked?: boolean
}

function section(
  title: string,
  rows: readonly LabRow[],
  { text, ...options }: TableOptions & { readonly text: string },
): readonly ReportSection[] {
  return rows.length === 0 ? [] : [{ title, text: [text], table: tableOf(rows, options) }]
}

const none = '–'

function tableOf(
  rows: readonly LabRow[],
  { testbed, results, isRanked = false }: TableOptions,
): NonNullable<ReportSection['table']> {
  const start = testbed.start?.['1']
  const ks = [...new Set(rows.flatMap(({ largestK }) => largestK?.k ?? []))].filter((k) => k > 1).sort((a, b) => a - b)
  return {
    measures: [
      { name: 'pass@1', none: 'no run finished' },
      { name: 'over the base', isSigned: true, none },
      { name: 'over its baseline', isSigned: true, none },
      ...ks.map((k) => ({ name: `pass@${k}`, none })),
    ],
    extra: ['baseline', 'trained', 'sampled', 'steps'],
    isPlain: true,
    ...(start !== undefined && {
      mark: { value: start.value, label: 'base model' },
      caption: `Dots and bars: pass@1 with its 95 % interval. Dashed line: the base model, ${formatNumber(start.value)}.`,
    }),
    rows: rows.map((row, i): SummaryRow => {
      const { pass1, overStart, overBaseline, largestK, cost, baseline, seeds } = row
      const budget = otherBudget(results, row)
      return {
        name: isRanked && pass1 !== null ? `${i + 1}. ${rowName(row)}` : rowName(row),
        estimates: [
          pass1 ?? undefined,
          overStart ?? undefined,
          overBaseline ?? undefined,
          ...ks.map((k) => (largestK?.k === k ? largestK.pass : undefined)),
        ],
        seeds,
        ...(cost !== null && { seconds: cost.seconds }),
        extra: [
          overBaseline === null ? none : (baseline ?? none),
          ...(cost === null
            ? [none, none, none]
            : [formatCount(cost.trainedTokens), formatCount(cost.sampledTokens), formatCount(cost.steps)]),
        ],
        note: noteOf(row, budget),
      }
    }),
  }
}

function noteOf({ missing, withoutVerdict }: LabRow, budget: string | undefined): string | undefined {
  const parts = [
    ...(budget === undefined ? [] : [budget]),
    ...(missing.length === 0 ? [] : [`seeds missing: ${missing.map(({ seed }) => seed).join(', ')}`]),
    ...(withoutVerdict === 0 ? [] : [`${withoutVerdict} samples without a verdict`]),
  ]
  return parts.length === 0 ? undefined : parts.join('; ')
}

// The claims of a lab's page: what a paper says should be seen, what came of it, and the numbers, with arms called by their
// recipes rather than by the claim's own short names.
import type { FactCell, ReportSection } from '../../store/index.ts'
import type { ClaimResult } from '../check-claims.ts'
import { rowName } from '../report-tables.ts'
import type { LabResults } from '../results.ts'

/** One section, or none where no claim was asked for. */
export function claimsSection(results: LabResults): readonly ReportSection[] {
  const { claims, testbed } = results
  if (claims.length === 0) return []
  return [
    {
      title: 'Claims',
      text: [
        'What each recipe says should be seen, checked on the runs above. A claim can fail: it holds only when its number lies on the claimed side ' +
          'with its whole interval.',
      ],
      facts: {
        head: ['recipe', 'claim', 'outcome', 'evidence'],
        rows: claims.map((claim) => [
          claim.testbed === testbed ? claim.recipe : { text: claim.recipe, note: `on ${claim.testbed}` },
          claim.statement,
          { text: claim.outcome, tone: tones[claim.outcome] },
          { text: evidenceLines(claim, results), note: readings[claim.outcome] },
        ]),
      },
    },
  ]
}

const tones: Readonly<Record<ClaimResult['outcome'], FactCell['tone']>> = {
  held: 'good',
  'not held': 'bad',
  inconclusive: 'open',
  'not checked': 'open',
}

const readings: Readonly<Record<ClaimResult['outcome'], string | undefined>> = {
  held: 'Every interval lies wholly where the claim says.',
  'not held': 'An interval lies wholly where the claim says it does not.',
  inconclusive: 'An interval reaches over the line, so these runs say neither yes nor no.',
  'not checked': undefined,
}

/** A line for each number. */
export function evidenceLines({ evidence, arms }: ClaimResult, { rows }: LabResults): readonly string[] {
  const named = Object.entries(arms).map(([own, arm]) => {
    const row = rows.find((one) => one.arm === arm)
    return [own, row === undefined ? own : rowName(row)] as const
  })
  return evidence.split('; ').map((part) => {
    const spoken = named.reduce((text, [own, name]) => text.replaceAll(`(${own})`, `(${name})`), part)
    // An interval stays on its line.
    return spoken
      .replaceAll(' of the start (', ' of the base model (')
      .replace(/\[(-?[0-9.]+), (-?[0-9.]+)\]/g, '[$1,\u00a0$2]')
  })
}

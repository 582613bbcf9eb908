// The recipes of a lab by pass@1, each with its interval, over the starting model and over its baseline.
import type { RunSummary } from '../../../../src/serve/dashboard/api.ts'
import { formatCount } from '../../lib/format.ts'
import { ForestPlot } from '../compare/forest-plot.tsx'
import { share } from '../compare/verdict.ts'
import type { LabResults } from './lab-results.ts'
import { isCutShort, rankingOf, rowWords } from './lab-summary.ts'
import { RunLinks } from './run-links.tsx'

/** What is shown of the rows of a lab. */
export interface RowsProps {
  readonly results: LabResults
  readonly lab: string
  readonly runs: readonly RunSummary[]
}

/** The ranking. */
export function Ranking({ results, lab, runs }: RowsProps) {
  const ranking = rankingOf(results)
  const bed = results.testbeds.find(({ id }) => id === results.testbed)
  const start = bed?.start?.['1']
  return (
    <section class="lab-ranking" aria-labelledby="lab-ranking">
      <h2 id="lab-ranking">Ranking by pass@1 at an equal budget</h2>
      <p class="lab-note">
        Intervals are over seeds and problems. Two that overlap may still differ: what is known of a pair stands in its
        difference. A recipe that did not use up the budget says so.
      </p>
      <ForestPlot
        title="pass@1 at the end, with 95 % intervals"
        line={start && { at: start.value, low: start.low, high: start.high, label: `start ${share(start.value)}` }}
        format={(value, digits) => value.toFixed(digits)}
        rows={ranking.map((row) => ({
          key: row.recipe,
          label: (
            <>
              <strong>{row.recipe}</strong> <RunLinks row={row} lab={lab} runs={runs} />
            </>
          ),
          span: row.pass1,
          text: (
            <>
              <p>
                {row.pass1 === null
                  ? 'no run is finished'
                  : `${share(row.pass1.value)} [${share(row.pass1.low)}, ${share(row.pass1.high)}]`}
              </p>
              {rowWords(row).map((words) => (
                <p key={words} class="muted">
                  {words}
                </p>
              ))}
              {isCutShort(row, bed?.tokens) && (
                <p class="lab-short">
                  ended at its last step, with {formatCount(row.cost?.trainedTokens ?? 0)} of{' '}
                  {formatCount(bed?.tokens ?? 0)} tokens
                </p>
              )}
            </>
          ),
        }))}
      />
    </section>
  )
}

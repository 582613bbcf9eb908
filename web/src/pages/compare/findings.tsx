// What came out, in words: a forest plot of the differences for each metric, a verdict for each run, and the notes that a
// reader must know. Nothing is said that the interval does not.

import type { CompareAnswerRow } from '../../../../src/serve/dashboard/api.ts'
import { ForestPlot } from './forest-plot.tsx'
import { mergeNotes } from './merge-notes.ts'
import { RunMark } from './run-mark.tsx'
import type { Compared } from './use-comparisons.ts'
import { pValue, sentenceOf, standingOf } from './verdict.ts'
import { StandingMark } from './verdict-table.tsx'

interface FindingsProps {
  /** Those with an answer. */
  readonly all: readonly Compared[]
  readonly names: ReadonlyMap<string, string>
  /** In the order in which they were chosen: gives each its sign. */
  readonly runs: readonly string[]
}

/** Verdicts and notes. */
export function Findings({ all, names, runs }: FindingsProps) {
  const notes = mergeNotes(
    all.flatMap(({ data }) => data?.notes ?? []),
    names,
  )
  return (
    <section aria-labelledby="compare-findings">
      <h2 id="compare-findings">What came out</h2>
      {notes.length > 0 && (
        <div class="compare-notes">
          <h3>What a reader must know</h3>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="compare-forests">
        {all.map(({ metric, data }) => {
          if (data === undefined) return null
          const name = names.get(data.baseline) ?? data.baseline
          const others = data.rows.filter(({ run }) => run !== data.baseline)
          return (
            <ForestPlot
              key={metric}
              title={`${metric}: difference from ${name}`}
              line={{ at: 0, label: 'no difference' }}
              sides={['worse', 'better']}
              format={(value, digits) => (value === 0 ? '0' : signedTick(value, digits))}
              rows={others.map((row) => ({
                key: row.run,
                label: (
                  <>
                    <RunMark place={Math.max(0, runs.indexOf(row.run))} /> {names.get(row.run) ?? row.run}
                  </>
                ),
                span: spanOf(row),
                tone: toneOf(row, data.baseline),
                text: <Finding row={row} baseline={data.baseline} name={name} />,
              }))}
            />
          )
        })}
      </div>
    </section>
  )
}

function Finding({
  row,
  baseline,
  name,
}: {
  readonly row: CompareAnswerRow
  readonly baseline: string
  readonly name: string
}) {
  const { p, p_adjusted } = row
  const isCorrected = p_adjusted !== null && p_adjusted !== p
  return (
    <>
      <p class="compare-numbers">
        <StandingMark standing={standingOf(row, baseline)} />
        {p !== null && (
          <span class="muted">
            p {pValue(p)}
            {isCorrected && `, corrected ${pValue(p_adjusted)}`}
          </span>
        )}
      </p>
      <p>{capital(sentenceOf(row, { baseline, name }))}</p>
    </>
  )
}

const spanOf = ({ diff, diff_low, diff_high }: CompareAnswerRow) =>
  diff === null || diff_low === null || diff_high === null ? null : { value: diff, low: diff_low, high: diff_high }

function toneOf(row: CompareAnswerRow, baseline: string): 'right' | 'wrong' | 'muted' {
  const standing = standingOf(row, baseline)
  return standing === 'better' ? 'right' : standing === 'worse' ? 'wrong' : 'muted'
}

const signedTick = (value: number, digits: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

// Runs by metrics: each cell has the value, the difference from the baseline with its interval, and what follows from it in a
// word and a shape. Costs stand at the end.
import { Link } from 'wouter-preact'
import type { CompareAnswerRow } from '../../../../src/serve/dashboard/api.ts'
import { formatCount, formatDuration } from '../../lib/format.ts'
import { pageOf } from '../../lib/links.ts'
import { RunMark } from './run-mark.tsx'
import { runOfName } from './short-names.ts'
import type { Compared } from './use-comparisons.ts'
import { pValue, type Standing, share, signed, standingMarks, standingOf } from './verdict.ts'

interface VerdictTableProps {
  readonly runs: readonly string[]
  readonly baseline: string
  readonly names: ReadonlyMap<string, string>
  readonly all: readonly Compared[]
}

/** The table of a comparison. */
export function VerdictTable({ runs, baseline, names, all }: VerdictTableProps) {
  const shown = all.filter(({ data }) => data !== undefined)
  const rowOf = ({ data }: Compared, run: string): CompareAnswerRow | undefined =>
    data?.rows.find((row) => row.run === run)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of the page that scrolls, not a section of its text
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can scroll it
    <div class="scroll compare-scroll" role="region" aria-label="Runs by metrics" tabIndex={0}>
      <table class="compare-table">
        <thead>
          <tr>
            <th scope="col">Run</th>
            {shown.map(({ metric }) => (
              <th key={metric} scope="col">
                {metric}
                <span class="compare-under">value, difference from the baseline [95 %]</span>
              </th>
            ))}
            <th scope="col" class="number">
              n
            </th>
            <th scope="col" class="number">
              Tokens
            </th>
            <th scope="col" class="number">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run, i) => {
            const rows = shown.map((one) => rowOf(one, run))
            const any = rows.find((row) => row !== undefined)
            const counts = [...new Set(rows.flatMap((row) => (row === undefined ? [] : [row.n])))]
            return (
              <tr key={run}>
                <th scope="row">
                  <RunMark place={i} />
                  <Link href={pageOf('/run', { run: runOfName(run) })} title={run}>
                    {names.get(run) ?? run}
                  </Link>
                </th>
                {rows.map((row, at) => (
                  <td key={shown[at].metric}>{row === undefined ? '–' : <Cell row={row} baseline={baseline} />}</td>
                ))}
                <td class="number">{counts.length === 0 ? '–' : counts.join(' / ')}</td>
                <td class="number">{any?.tokens == null ? '–' : formatCount(any.tokens)}</td>
                <td class="number">{any?.seconds == null ? '–' : formatDuration(any.seconds)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ row, baseline }: { readonly row: CompareAnswerRow; readonly baseline: string }) {
  const { value, low, high, diff, diff_low, diff_high, p, p_adjusted } = row
  const standing = standingOf(row, baseline)
  const isDifference = standing !== 'baseline' && diff !== null && diff_low !== null && diff_high !== null
  const corrected = p_adjusted ?? p
  return (
    <>
      <span class="compare-value">
        {share(value)}{' '}
        <span class="muted">
          [{share(low)}, {share(high)}]
        </span>
      </span>
      {isDifference && (
        <span class="compare-value">
          {signed(diff)}{' '}
          <span class="muted">
            [{signed(diff_low)}, {signed(diff_high)}]
          </span>
        </span>
      )}
      <span class="compare-value">
        <StandingMark standing={standing} />
        {isDifference && corrected !== null && (
          <span class="muted">
            {' '}
            p{p_adjusted !== null && p_adjusted !== p ? ' corrected' : ''} {pValue(corrected)}
          </span>
        )}
      </span>
    </>
  )
}

/** Better, worse, or not told apart: a shape and a word. */
export function StandingMark({ standing }: { readonly standing: Standing }) {
  const { mark, word } = standingMarks[standing]
  return (
    <span class={`compare-standing ${standing}`}>
      <span aria-hidden="true">{mark}</span> {word}
    </span>
  )
}

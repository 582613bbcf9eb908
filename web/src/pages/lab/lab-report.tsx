// A lab from top to bottom: summary, what is missing, claims, ranking, curves, numbers and cost.
import { Link } from 'wouter-preact'
import type { LabAnswer, RunSummary } from '../../../../src/serve/dashboard/api.ts'
import { CopyText } from '../../components/copy-text.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Interval } from '../../components/interval.tsx'
import { LineChart } from '../../components/line-chart.tsx'
import { formatCount, formatDuration } from '../../lib/format.ts'
import { pageOf } from '../../lib/links.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { ForestPlot } from '../compare/forest-plot.tsx'
import { share } from '../compare/verdict.ts'
import { ClaimsMatrix } from './claims-matrix.tsx'
import { type LabResults, type LabRow, resultsOf, rowName } from './lab-results.ts'
import { isCutShort, rankingOf, rowWords, whatCameOut, whatWasCompared } from './lab-summary.ts'
import { runsOfRow } from './row-runs.ts'

/** More bands than these only cover each other. */
const MOST_BANDS = 6
const outcomes = ['all', 'held', 'not held', 'inconclusive', 'not checked'] as const

/** All that a lab found. */
export function LabReport({ answer, runs }: { readonly answer: LabAnswer; readonly runs: readonly RunSummary[] }) {
  const results = resultsOf(answer)
  const [claim, setClaim] = useUrlState<string>('claim', '')
  const [outcome, setOutcome] = useUrlState('outcome', 'all', outcomes)
  const bed = results.testbeds.find(({ id }) => id === results.testbed)
  const baseRun = bed && [...(answer.lab === '.' ? [] : [answer.lab]), bed.dir].join('/')
  return (
    <>
      {bed && <p class="lab-about">{bed.summary}</p>}
      <p class="lab-summary">{whatWasCompared(results)}</p>
      <p class="lab-summary lab-result">{whatCameOut(results)}</p>
      {baseRun && runs.some(({ run }) => run === baseRun) && (
        <p>
          <Link href={pageOf('/run', { run: baseRun })}>The run that made the starting model</Link>
        </p>
      )}
      <Missing results={results} />
      {results.claims.length > 0 && (
        <section aria-labelledby="lab-claims">
          <h2 id="lab-claims">What recipes claim, and what came of it</h2>
          <ClaimsMatrix
            claims={results.claims}
            testbed={results.testbed}
            chosen={claim}
            onChoose={setClaim}
            outcome={outcome}
            onOutcome={setOutcome}
          />
        </section>
      )}
      <Ranking results={results} lab={answer.lab} runs={runs} />
      <Curves curves={answer.curves} results={results} />
      <Numbers results={results} lab={answer.lab} runs={runs} />
    </>
  )
}

function Missing({ results }: { readonly results: LabResults }) {
  const lacking = results.rows.filter(({ missing }) => missing.length > 0)
  const silent = results.rows.filter(({ withoutVerdict }) => withoutVerdict > 0)
  if (lacking.length + silent.length === 0) return <p class="muted">Nothing is missing: all runs are finished.</p>
  return (
    <section class="lab-missing" aria-labelledby="lab-missing">
      <h2 id="lab-missing">What is missing</h2>
      <ul>
        {lacking.map((row) => (
          <li key={`${row.testbed} ${rowName(row)}`}>
            {rowName(row)}
            {row.testbed !== results.testbed && ` on ${row.testbed}`}:{' '}
            {row.missing
              .map(({ seed, standing, why }) => `seed ${seed} ${standing}${why ? ` (${why})` : ''}`)
              .join(', ')}
          </li>
        ))}
        {silent.map((row) => (
          <li key={`${row.testbed} ${rowName(row)}`}>
            {rowName(row)}: {row.withoutVerdict} samples without a verdict, left out
          </li>
        ))}
      </ul>
      {lacking.length > 0 && (
        <p>
          What is finished is not run again: <CopyText text={results.command} label="the command of the lab" />
        </p>
      )}
    </section>
  )
}

interface RowsProps {
  readonly results: LabResults
  readonly lab: string
  readonly runs: readonly RunSummary[]
}

function Ranking({ results, lab, runs }: RowsProps) {
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

function RunLinks({
  row,
  lab,
  runs,
}: {
  readonly row: LabRow
  readonly lab: string
  readonly runs: readonly RunSummary[]
}) {
  const found = runsOfRow(row, { lab, runs })
  if (found.length === 0) return null
  return (
    <span class="lab-runs">
      {found.map(({ run, info }) => (
        <Link
          key={run}
          href={pageOf('/run', { run })}
          aria-label={`${row.recipe}, seed ${info.seeds.join(', ')}: the run`}
        >
          seed {info.seeds.join(', ')}
        </Link>
      ))}
    </span>
  )
}

function Curves({ curves, results }: { readonly curves: LabAnswer['curves']; readonly results: LabResults }) {
  const ranking = rankingOf(results)
  const drawn = ranking.flatMap(({ arm, recipe }) => {
    const points = curves.find((curve) => curve.arm === arm)?.points ?? []
    return points.length > 1 ? [{ recipe, points }] : []
  })
  if (drawn.length === 0) return null
  const isCrowded = drawn.length > MOST_BANDS
  return (
    <section aria-labelledby="lab-curves">
      <h2 id="lab-curves">On the way</h2>
      <LineChart
        title="pass@1"
        xLabel="trained tokens"
        height={320}
        series={drawn.map(({ recipe, points }, i) => ({
          name: recipe,
          x: points.map(({ x }) => x),
          y: points.map(({ value }) => value),
          ...(!isCrowded && { low: points.map(({ low }) => low), high: points.map(({ high }) => high) }),
          color: i % 6,
          dash: Math.floor(i / 6) % 2 === 1,
        }))}
      />
      {isCrowded && <p class="muted">Of more than {MOST_BANDS} curves no intervals are drawn.</p>}
    </section>
  )
}

function Numbers({ results, lab, runs }: RowsProps) {
  const number = (value: number | undefined | null, format: (value: number) => string) =>
    value == null ? <span class="muted">–</span> : format(value)
  return (
    <section aria-labelledby="lab-numbers">
      <h2 id="lab-numbers">Numbers and cost of a run</h2>
      <DataTable
        caption="Every arm, its numbers and what a run of it cost"
        rows={results.rows}
        keyOf={(row) => `${row.testbed} ${rowName(row)}`}
        groupOf={(row) => (row.isOwn ? row.testbed : `${row.testbed}, for claims alone`)}
        columns={[
          {
            key: 'recipe',
            title: 'Recipe',
            isHeader: true,
            sort: (row) => rowName(row),
            cell: (row) => (
              <span class="lab-row-name">
                {rowName(row)} <RunLinks row={row} lab={lab} runs={runs} />
              </span>
            ),
          },
          {
            key: 'pass1',
            title: 'pass@1 [95 %]',
            isBestHigh: true,
            sort: (row) => row.pass1?.value ?? null,
            cell: (row) => <Interval of={row.pass1} />,
          },
          {
            key: 'start',
            title: 'over the start',
            isBestHigh: true,
            sort: (row) => row.overStart?.value ?? null,
            cell: (row) => <Interval of={row.overStart} />,
          },
          {
            key: 'k',
            title: 'largest k',
            cell: (row) =>
              row.largestK === null ? (
                <span class="muted">–</span>
              ) : (
                <>
                  <span class="muted">pass@{row.largestK.k}</span> <Interval of={row.largestK.pass} />
                </>
              ),
          },
          {
            key: 'trained',
            title: 'trained',
            isNumber: true,
            sort: (row) => row.cost?.trainedTokens ?? null,
            cell: (row) => number(row.cost?.trainedTokens, formatCount),
          },
          {
            key: 'sampled',
            title: 'sampled',
            isNumber: true,
            sort: (row) => row.cost?.sampledTokens ?? null,
            cell: (row) => number(row.cost?.sampledTokens, formatCount),
          },
          {
            key: 'steps',
            title: 'steps',
            isNumber: true,
            sort: (row) => row.cost?.steps ?? null,
            cell: (row) => number(row.cost?.steps, formatCount),
          },
          {
            key: 'time',
            title: 'time',
            isNumber: true,
            sort: (row) => row.cost?.seconds ?? null,
            cell: (row) => number(row.cost?.seconds, formatDuration),
          },
          { key: 'seeds', title: 'seeds', isNumber: true, cell: (row) => row.seeds.length },
          {
            key: 'asked',
            title: 'problems × samples',
            isNumber: true,
            cell: (row) => (row.problems === null ? <span class="muted">–</span> : `${row.problems} × ${row.samples}`),
          },
        ]}
      />
    </section>
  )
}

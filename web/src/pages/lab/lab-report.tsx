// A lab from top to bottom: summary, what is missing, claims, ranking, curves, numbers and cost.
import { Link } from 'wouter-preact'
import type { LabAnswer, RunSummary } from '../../../../src/serve/dashboard/api.ts'
import { CopyText } from '../../components/copy-text.tsx'
import { pageOf } from '../../lib/links.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { ClaimsMatrix } from './claims-matrix.tsx'
import { Curves } from './lab-curves.tsx'
import { Numbers } from './lab-numbers.tsx'
import { Ranking } from './lab-ranking.tsx'
import { type LabResults, resultsOf, rowName } from './lab-results.ts'
import { whatCameOut, whatWasCompared } from './lab-summary.ts'

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

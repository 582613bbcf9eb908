// Compares runs: `/compare?runs=a,b&baseline=a&metric=pass@1,pass@8&x=step&unpaired=1&cost=seconds`. What came out stands
// first, in words; then the table, the intervals, the curves, what it cost, and what differs between the configurations.
import { useMemo } from 'preact/hooks'
import type { AxisName, RunsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { LineChart } from '../../components/line-chart.tsx'
import { Loading, Notice } from '../../components/notice.tsx'
import { usePageTitle } from '../../lib/page-title.ts'
import { apiPath } from '../../lib/server.ts'
import { readList, useUrlState } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'
import './compare.css'
import { CostScatter } from './cost-scatter.tsx'
import { Findings } from './findings.tsx'
import { MetricErrors } from './metric-errors.tsx'
import { RunPicker } from './run-picker.tsx'
import { SettingsTable } from './settings-table.tsx'
import { shortNames } from './short-names.ts'
import { type Compared, useComparisons } from './use-comparisons.ts'
import { VerdictTable } from './verdict-table.tsx'

const metrics = ['pass@1', 'pass@8', 'maj@8', 'mean@8'] as const
const axes: readonly { readonly value: AxisName; readonly label: string }[] = [
  { value: 'step', label: 'steps' },
  { value: 'sampled', label: 'tokens sampled' },
  { value: 'trained', label: 'tokens trained on' },
  { value: 'tokens', label: 'tokens, both' },
  { value: 'time', label: 'time' },
]
const axisNames = axes.map(({ value }) => value)
const costs = ['tokens', 'seconds'] as const

/** The page. */
export default function ComparePage() {
  usePageTitle('Compare')
  const [runsText, setRuns] = useUrlState<string>('runs', '')
  const [baselineText, setBaseline] = useUrlState<string>('baseline', '')
  const [metricText, setMetrics] = useUrlState<string>('metric', 'pass@1')
  const [axis, setAxis] = useUrlState('x', 'step', axisNames)
  const [unpaired, setUnpaired] = useUrlState('unpaired', '0', ['0', '1'])
  const [cost, setCost] = useUrlState('cost', 'tokens', costs)
  const known = useServer<RunsAnswer>(apiPath('runs'), '')
  const runs = useMemo(() => [...new Set(readList(runsText))], [runsText])
  const names = useMemo(() => shortNames(runs), [runs])
  const baseline = runs.includes(baselineText) ? baselineText : (runs[0] ?? '')
  const chosenMetrics = useMemo(() => {
    const given = [...new Set(readList(metricText))].slice(0, 8)
    return given.length === 0 ? ['pass@1'] : given
  }, [metricText])
  const { all, again } = useComparisons({
    runs,
    baseline,
    metrics: chosenMetrics,
    axis,
    isUnpaired: unpaired === '1',
  })
  const toggle = (metric: string): void => {
    const next = chosenMetrics.includes(metric)
      ? chosenMetrics.filter((one) => one !== metric)
      : [...chosenMetrics, metric]
    // In the order of the controls, so that a link does not depend on the order of clicks.
    const order = (one: string): number => (metrics as readonly string[]).indexOf(one)
    if (next.length > 0) setMetrics(next.toSorted((a, b) => order(a) - order(b)).join(','))
  }
  return (
    <div class="compare">
      <h1>Compare</h1>
      <RunPicker
        known={known}
        chosen={runs}
        baseline={baseline}
        names={names}
        onChoose={(next) => setRuns(next.join(','))}
        onBaseline={setBaseline}
      />
      {runs.length < 2 ? (
        <Notice title={runs.length === 0 ? 'Choose two runs or more' : 'Choose one more run'}>
          <p>
            They are compared problem by problem with one of them, the baseline, on the problems that both were
            evaluated on. The address keeps what you choose.
          </p>
        </Notice>
      ) : (
        <>
          <div class="controls compare-controls">
            <fieldset class="choice">
              <legend class="choice-label">Metrics</legend>
              <span class="compare-metrics">
                {[...new Set([...metrics, ...chosenMetrics])].map((metric) => (
                  <label key={metric} class="check">
                    <input type="checkbox" checked={chosenMetrics.includes(metric)} onChange={() => toggle(metric)} />
                    {metric}
                  </label>
                ))}
              </span>
            </fieldset>
            <Choice label="Curves over" value={axis} options={axes} onChange={setAxis} />
            <label class="check" title="For runs that were not evaluated on the same problems. Intervals are wider.">
              <input
                type="checkbox"
                checked={unpaired === '1'}
                onChange={(event) => setUnpaired(event.currentTarget.checked ? '1' : '0')}
              />
              Compare unpaired
            </label>
          </div>
          <MetricErrors all={all} isUnpaired={unpaired === '1'} again={again} onUnpaired={() => setUnpaired('1')} />
          <Results runs={runs} names={names} all={all} axis={axis} cost={cost} setCost={setCost} />
        </>
      )}
    </div>
  )
}

interface ResultsProps {
  readonly runs: readonly string[]
  readonly names: ReadonlyMap<string, string>
  readonly all: readonly Compared[]
  readonly axis: AxisName
  readonly cost: (typeof costs)[number]
  readonly setCost: (cost: (typeof costs)[number]) => void
}

function Results({ runs, names, all, axis, cost, setCost }: ResultsProps) {
  const known = all.filter(({ data }) => data !== undefined)
  const [leading] = known
  if (leading?.data === undefined) {
    return all.some(({ error }) => error === undefined) ? <Loading what="Comparing" /> : null
  }
  const { baseline, rows, curves, settings } = leading.data
  const placeOf = (run: string): number => Math.max(0, runs.indexOf(run))
  const nameOf = (run: string): string => names.get(run) ?? run
  const points = rows.flatMap((row) => {
    const spent = row[cost]
    if (spent === null) return []
    const { run, value, low, high } = row
    return [{ run, name: nameOf(run), place: placeOf(run), cost: spent, value, low, high }]
  })
  return (
    <>
      <Findings all={known} names={names} runs={runs} />
      <section aria-labelledby="compare-table">
        <h2 id="compare-table">Numbers</h2>
        <VerdictTable runs={runs} baseline={baseline} names={names} all={all} />
      </section>
      <div class="compare-plots">
        {curves.length > 0 && (
          <section>
            <LineChart
              title={leading.metric}
              xLabel={axes.find(({ value }) => value === axis)?.label ?? axis}
              xKind={axis === 'time' ? 'seconds' : 'number'}
              height={300}
              series={curves.map(({ run, points: at }) => ({
                name: nameOf(run),
                x: at.map(({ x }) => x),
                y: at.map(({ value }) => value),
                low: at.map(({ low }) => low),
                high: at.map(({ high }) => high),
                color: placeOf(run) % 6,
                dash: placeOf(run) >= 6,
              }))}
            />
            {curves.length < runs.length && <p class="muted">Runs with one evaluation have no curve.</p>}
          </section>
        )}
        <section>
          <Choice
            label="Cost"
            look="segments"
            isLabelHidden
            value={cost}
            options={[
              { value: 'tokens', label: 'tokens' },
              { value: 'seconds', label: 'time' },
            ]}
            onChange={setCost}
          />
          <CostScatter title={`${leading.metric} over what it cost`} unit={cost} points={points} />
        </section>
      </div>
      <section aria-labelledby="compare-settings">
        <h2 id="compare-settings">Settings that differ</h2>
        <SettingsTable settings={settings} runs={rows.map(({ run }) => run)} names={names} placeOf={placeOf} />
      </section>
    </>
  )
}

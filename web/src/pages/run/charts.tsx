// All charts of a run, grouped, with what they share above them.
import { useMemo } from 'preact/hooks'
import type { AxisName, RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Notice } from '../../components/notice.tsx'
import type { ChartMarker } from '../../lib/chart-markers.ts'
import { useStableValue } from '../../lib/stable-value.ts'
import { readList, useUrlState } from '../../lib/url-state.ts'
import { AlertBanner } from './alert-banner.tsx'
import { axisMap } from './axis-map.ts'
import { ChartControls } from './chart-controls.tsx'
import { type ChartFacts, groupCharts } from './chart-groups.ts'
import { type Feeds, useFeeds } from './feeds.ts'
import { MetricChart } from './metric-chart.tsx'
import { useCurves } from './use-curves.ts'
import { useViewOptions } from './view-options.ts'

/** More seeds than this are not asked for; the legend says how many there are in the mean. */
const MAX_SEEDS = 20
/** More alerts than this are marked in the chart of their own metric only. */
const MAX_MARKED = 6
const noSiblings: readonly string[] = []

/** The charts of a run. */
export function Charts({ answer }: { answer: RunAnswer }) {
  const { run } = answer
  const view = useViewOptions()
  const metrics = useStableValue(answer.metrics)
  const allSiblings = useStableValue(answer.siblings)
  const alerts = useStableValue(answer.alertRows)
  const checkpoints = useStableValue(answer.checkpoints)
  const groups = useMemo(() => groupCharts(metrics, view.filter), [metrics, view.filter])
  const siblings = useMemo(
    () => (view.hasSeeds ? allSiblings.slice(0, MAX_SEEDS) : noSiblings),
    [view.hasSeeds, allSiblings],
  )
  const [foldedText, setFolded] = useUrlState('fold', '')
  const folded = readList(foldedText)
  const feeds = useFeeds(run, view.axis.value, siblings.length + view.others.length > 0)
  const placeOf = useStepPlaces(run, view.axis.value, feeds, metrics[0]?.name)
  const moments = useMemo(
    () =>
      markersOf(
        [
          ...alerts.map((alert) => ({ ...alert, kind: 'alert' as const, label: `${alert.name}, step ${alert.step}` })),
          ...checkpoints.map((step) => ({
            step,
            metric: '',
            kind: 'checkpoint' as const,
            label: `checkpoint ${step}`,
          })),
        ],
        placeOf,
      ),
    [alerts, checkpoints, placeOf],
  )
  const markersFor = useMemo(() => {
    const isCrowded = alerts.length > MAX_MARKED
    const common = moments.filter(({ kind }) => kind !== 'alert' || !isCrowded)
    return (chart: ChartFacts): readonly ChartMarker[] =>
      isCrowded ? moments.filter(({ kind, metric }) => kind !== 'alert' || metric === chart.name) : common
  }, [moments, alerts])

  return (
    <>
      <ChartControls
        run={run}
        view={view}
        siblings={allSiblings.length}
        errorOf={(other) => feeds.errorOf(other)?.message}
      />
      {/* Below the controls: an alert that comes while one looks moves nothing that one is about to press. */}
      <AlertBanner run={run} alerts={alerts} rolloutSteps={answer.rolloutSteps} />
      {metrics.length === 0 && (
        <Notice title="Nothing is recorded yet">The first step of this run shows here as soon as it is done.</Notice>
      )}
      {metrics.length > 0 && groups.length === 0 && (
        <Notice title={`No metric of this run is called “${view.filter}”`}>
          <button type="button" onClick={() => view.setFilter('')}>
            Show all {metrics.length}
          </button>
        </Notice>
      )}
      {groups.map((group) => (
        <details
          key={group.key}
          class="chart-group"
          open={!folded.includes(group.key)}
          onToggle={(event) => {
            const others = folded.filter((key) => key !== group.key)
            setFolded((event.currentTarget.open ? others : [...others, group.key]).join(','))
          }}
        >
          <summary>
            <h2>{group.title}</h2> <span class="muted">{group.charts.length}</span>
          </summary>
          <div class="chart-grid">
            {group.charts.map((chart) => (
              <MetricChart key={chart.name} {...{ run, chart, feeds, siblings, view }} markers={markersFor(chart)} />
            ))}
          </div>
        </details>
      ))}
    </>
  )
}

interface Moment extends ChartMarker {
  readonly metric: string
}

function markersOf(
  all: readonly { step: number; metric: string; kind: ChartMarker['kind']; label: string }[],
  placeOf: (step: number) => number | undefined,
): readonly Moment[] {
  return all.flatMap(({ step, metric, kind, label }) => {
    const x = placeOf(step)
    return x === undefined ? [] : [{ x, kind, label, metric }]
  })
}

// Where steps lie on the axis: from one metric over steps and over the axis, whose points stand for the same rows.
function useStepPlaces(
  run: string,
  axis: AxisName,
  feeds: Feeds,
  metric: string | undefined,
): (step: number) => number | undefined {
  const isWanted = axis !== 'step' && metric !== undefined
  const wanted = useMemo(() => ({ runs: [run], names: [metric ?? ''], range: null, isWanted }), [run, metric, isWanted])
  const steps = useCurves(useFeeds(run, 'step', false), wanted)(run, metric ?? '')?.x
  const places = useCurves(feeds, wanted)(run, metric ?? '')?.x
  return useMemo(() => (axis === 'step' ? (step) => step : axisMap(steps ?? [], places ?? [])), [axis, steps, places])
}

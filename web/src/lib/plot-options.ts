// How charts look, as options of uPlot: quiet axes, no title or legend of its own, colours asked for at every draw so that
// they follow the theme.
import type uPlot from 'uplot'
import { logRoomFor, ownPlace, roomFor } from './chart-data.ts'
import { currentPalette, faded } from './palette.ts'
import type { PlotSettings, PlotState } from './plot-state.ts'
import { secondSteps, tickLabel } from './ticks.ts'

const FONT = '11px ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
/** Pixels between the ticks of the axes, at least. */
const SPACE = { x: 70, y: 26 }

/** Options for a chart of this state; `state` is read again at every draw. */
export function plotOptions(settings: PlotSettings, state: PlotState, width: number): uPlot.Options {
  const { lines, isLog } = state.plan
  const color = (line: number): string => {
    const { series } = currentPalette()
    return series[settings.colors[lines[line].source] % series.length]
  }
  const isMain = (column: number): boolean => lines[column - 1]?.role === 'main'
  return {
    width,
    height: settings.height,
    padding: [8, 14, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      dataIdx: (_, column, idx) => (column === 0 ? idx : ownPlace(state.plan.lines[column - 1].values, idx)),
      points: {
        size: (_, column) => (isMain(column) ? 7 : 0),
        width: 0,
        fill: (_, column) => (column > 0 ? color(column - 1) : 'transparent'),
        stroke: 'transparent',
      },
      drag: { x: true, y: false, setScale: false, dist: 4 },
      bind: {
        dblclick: () => () => {
          settings.onZoom(null)
          return null
        },
      },
      ...(settings.syncKey === undefined ? {} : { sync: syncOf(settings.syncKey) }),
    },
    scales: {
      x: { time: false, range: (_, min, max) => (state.range === null ? xRange(min, max) : [...state.range]) },
      y: { distr: isLog ? 3 : 1, log: 10, range: (_, min, max) => yRange(min, max, isLog) },
    },
    axes: [xAxis(settings), yAxis(isLog)],
    series: [{}, ...lines.map((line, i) => seriesOf(settings, state, line.role, i, () => color(i)))],
    bands: lines.flatMap((line, i) =>
      line.role === 'high' ? [{ series: [i + 1, i + 2] as [number, number], fill: () => faded(color(i), 0.16) }] : [],
    ),
  }
}

function seriesOf(
  settings: PlotSettings,
  state: PlotState,
  role: 'high' | 'low' | 'raw' | 'main',
  index: number,
  color: () => string,
): uPlot.Series {
  const { source } = state.plan.lines[index]
  if (role !== 'main') {
    return {
      stroke: () => (role === 'raw' ? faded(color(), 0.28) : 'transparent'),
      width: role === 'raw' ? 1 : 0,
      points: { show: false },
    }
  }
  return {
    stroke: color,
    width: 1.6,
    dash: settings.dashes[source] ? [5, 4] : undefined,
    points: {
      show: true,
      size: 5,
      width: 0,
      fill: color,
      stroke: color,
      filter: () => {
        const { lonely, values } = state.plan.lines[index]
        return values.length <= 12 ? values.flatMap((value, i) => (value == null ? [] : [i])) : [...lonely]
      },
    },
  }
}

function xAxis({ xLabel, xKind }: PlotSettings): uPlot.Axis {
  return {
    ...axisLook(),
    size: 24,
    gap: 4,
    space: SPACE.x,
    label: xLabel,
    labelFont: FONT,
    labelSize: 16,
    labelGap: 0,
    incrs: xKind === 'seconds' ? secondSteps : undefined,
    values: (_u, splits, _axis, _space, step) => splits.map((split) => tickLabel(split, step, xKind)),
  }
}

function yAxis(isLog: boolean): uPlot.Axis {
  return {
    ...axisLook(),
    gap: 4,
    space: SPACE.y,
    // Wide enough for what stands there, and never narrower than most need, so that charts keep in line.
    size: (_u, labels) => Math.max(48, 14 + 6.2 * Math.max(0, ...(labels ?? []).map((label) => label?.length ?? 0))),
    values: (_u, splits, _axis, _space, step) =>
      splits.map((split) => (split === null ? '' : tickLabel(split, isLog ? Math.abs(split) : step))),
  }
}

const axisLook = (): uPlot.Axis => ({
  stroke: () => currentPalette().muted,
  font: FONT,
  grid: { stroke: () => faded(currentPalette().rule, 0.7), width: 1 },
  ticks: { stroke: () => currentPalette().rule, width: 1, size: 4 },
})

// Only the cursor is shared this way; what part of the axis is shown is told to all by the component.
const syncOf = (key: string): uPlot.Cursor.Sync => ({
  key,
  scales: ['x', null],
  setSeries: false,
  filters: { pub: isMove, sub: isMove },
})
const isMove = (type: string): boolean => type === 'mousemove' || type === 'mouseleave'

const xRange = (min: number | null, max: number | null): uPlot.Range.MinMax => {
  if (min === null || max === null) return [0, 1]
  return min === max ? [min - 0.5, max + 0.5] : [min, max]
}

const yRange = (min: number | null, max: number | null, isLog: boolean): uPlot.Range.MinMax => {
  if (min === null || max === null) return isLog ? [0.1, 1] : [0, 1]
  return isLog ? logRoomFor(min, max) : roomFor(min, max)
}

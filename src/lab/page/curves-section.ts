// The curves of a lab's page: one small chart for each arm, all on one scale, with its baseline beside it; and where there are
// few recipes, all of them in one.
import type { Chart, Point, ReportSection, Series } from '../../store/index.ts'
import type { ArmCurves, ArmPoint } from '../curves.ts'
import { rowName } from '../report-tables.ts'
import type { LabResults, TestbedResult } from '../results.ts'
import type { LabRow } from '../rows.ts'

/** More curves in one chart cannot be told apart. */
const MOST_TOGETHER = 6

/** A section for each testbed that has a finished run. */
export function curvesSection(results: LabResults, curves: readonly ArmCurves[]): readonly ReportSection[] {
  const byArm = new Map(curves.map((one) => [one.arm, one]))
  return results.testbeds.flatMap((testbed): readonly ReportSection[] => {
    const rows = results.rows.filter(
      (row) => row.testbed === testbed.id && (byArm.get(row.arm)?.evaluation.length ?? 0) > 1,
    )
    if (rows.length === 0) return []
    const own = rows.filter((row) => row.isOwn)
    const together = own.length > 1 && own.length <= MOST_TOGETHER ? [wideChart(own, testbed, byArm)] : []
    return [
      {
        title: testbed.id === results.testbed ? 'Curves' : `Curves on ${testbed.id}`,
        text: testbed.id === results.testbed ? [explanation] : [],
        charts: [...together, ...rows.map((row) => smallChart(row, rows, testbed, byArm))],
      },
    ]
  })
}

const explanation =
  'pass@1 on held-out problems over the tokens trained on, mean over seeds; bands are 95 % intervals. Most labs measure only the ' +
  'two ends, so the line between them is straight. Where a recipe samples while it trains, the share of right samples is drawn ' +
  'too; its band goes from the lowest to the highest seed. The curve of its baseline has the name of that recipe.'

type ByArm = ReadonlyMap<string, ArmCurves>

function wideChart(rows: readonly LabRow[], { tokens }: TestbedResult, byArm: ByArm): Chart {
  return {
    title: 'pass@1 on held-out problems',
    xLabel: 'trained tokens',
    size: 'wide',
    covers: { x: [0, tokens] },
    series: rows.map((row) => ({ name: rowName(row), points: pointsOf(byArm.get(row.arm)?.evaluation ?? []) })),
  }
}

function smallChart(row: LabRow, rows: readonly LabRow[], { tokens }: TestbedResult, byArm: ByArm): Chart {
  const curves = byArm.get(row.arm)
  const baseline = rows.find((other) => other.isOwn && other.recipe === row.baseline)
  const series: readonly Series[] = [
    { name: 'held-out', points: pointsOf(curves?.evaluation ?? []) },
    { name: 'training', points: pointsOf(curves?.training ?? []) },
    ...(baseline === undefined
      ? []
      : [{ name: baseline.recipe, points: pointsOf(byArm.get(baseline.arm)?.evaluation ?? []) }]),
  ]
  return {
    title: rowName(row),
    xLabel: 'trained tokens',
    covers: { x: [0, tokens], y: [0, 1] },
    series: series.filter(({ points }) => points.length > 0),
  }
}

const pointsOf = (points: readonly ArmPoint[]): readonly Point[] =>
  points.map(({ x, value, low, high }) => ({ x, y: value, low, high }))

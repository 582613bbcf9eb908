// pass@1 of the recipes over the tokens that they trained on.
import type { LabAnswer } from '../../../../src/serve/dashboard/api.ts'
import { LineChart } from '../../components/line-chart.tsx'
import type { LabResults } from './lab-results.ts'
import { rankingOf } from './lab-summary.ts'

/** More bands than these only cover each other. */
const MOST_BANDS = 6

interface CurvesProps {
  readonly curves: LabAnswer['curves']
  readonly results: LabResults
}

/** The curves of the recipes' own arms, in the order of the ranking. */
export function Curves({ curves, results }: CurvesProps) {
  const ranking = rankingOf(results)
  const drawn = ranking.flatMap(({ arm, recipe }) => {
    const points = curves.find((curve) => curve.arm === arm)?.points ?? []
    return points.length > 1 ? [{ recipe, points }] : []
  })
  if (drawn.length === 0) return null
  const isCrowded = drawn.length > MOST_BANDS
  return (
    <section class="lab-curves" aria-labelledby="lab-curves">
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

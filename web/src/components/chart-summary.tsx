// What a chart shows, as a table that is read aloud and not seen.
import { type ChartSeries, extremes } from '../lib/chart-data.ts'
import type { ChartMarker } from '../lib/chart-markers.ts'
import { formatNumber } from '../lib/format.ts'

/** First, last, least and greatest value of each curve, and the moments that are marked. */
export function ChartSummary({
  title,
  series,
  markers,
}: {
  title: string
  series: readonly ChartSeries[]
  markers: readonly ChartMarker[]
}) {
  const alerts = markers.filter(({ kind }) => kind === 'alert')
  return (
    <div class="visually-hidden">
      <table>
        <caption>{title} in numbers</caption>
        <thead>
          <tr>
            {['Curve', 'Points', 'First', 'Last', 'Least', 'Greatest'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map((curve) => {
            const found = extremes(curve.y)
            return (
              <tr key={curve.name}>
                <th scope="row">{curve.name}</th>
                <td>{found?.points ?? 0}</td>
                {found === undefined
                  ? null
                  : ([found.first, found.last, found.min, found.max] as const).map((value, i) => (
                      <td key={i}>{formatNumber(value)}</td>
                    ))}
              </tr>
            )
          })}
        </tbody>
      </table>
      {alerts.length > 0 && <p>Alerts: {alerts.map(({ label }) => label).join('; ')}</p>}
    </div>
  )
}

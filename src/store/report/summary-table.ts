// The summary table: estimates with intervals as text, and the first measure drawn on a common scale.
import { type Estimate, formatCount, formatDuration, formatEstimate, formatNumber } from '../format.ts'
import { type Axis, axisOf, placeOn } from './axis.ts'
import type { StyleOf } from './chart.ts'
import { type Html, type HtmlValue, html } from './html.ts'
import type { SummaryRow, SummaryTable } from './report-data.ts'

/** The table, with columns for what at least one row has. */
export function renderSummaryTable(table: SummaryTable, styleOf: StyleOf): Html {
  const columns = optionalColumns.filter((column) => table.rows.some((row) => column.cell(row) !== undefined))
  const first = table.rows.flatMap((row) => row.estimates[0] ?? [])
  const drawn = first.some((e) => e.low !== undefined)
  const axis = axisOf(
    first.flatMap((e) => [e.value, e.low ?? e.value, e.high ?? e.value]),
    { round: true },
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Results"><table class="summary">
${table.caption !== undefined && html`<caption>${table.caption}</caption>`}
<thead><tr><td></td>${table.measures.map((m) => html`<th scope="col" class="number">${m}</th>`)}${
    drawn &&
    html`<th scope="col" class="scale" aria-label="Intervals of ${table.measures[0]}"><span>${formatNumber(axis.min)}</span><span>${formatNumber(axis.max)}</span></th>`
  }${columns.map((c) => html`<th scope="col" class="${c.kind}">${c.title}</th>`)}</tr></thead>
<tbody>${table.rows.map(
    (row) =>
      html`<tr><th scope="row">${row.name}</th>${table.measures.map((_m, i) => renderEstimate(row.estimates[i]))}${
        drawn && html`<td class="scale">${renderInterval(row.estimates[0], axis, styleOf(row.name))}</td>`
      }${columns.map((c) => html`<td class="${c.kind}">${c.cell(row)}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

const optionalColumns: readonly { title: string; kind: string; cell: (row: SummaryRow) => HtmlValue }[] = [
  { title: 'n', kind: 'number', cell: (row) => row.n },
  { title: 'seeds', kind: 'number', cell: (row) => row.seeds?.join(', ') },
  { title: 'tokens', kind: 'number', cell: (row) => (row.tokens === undefined ? undefined : formatCount(row.tokens)) },
  {
    title: 'time',
    kind: 'number',
    cell: (row) => (row.seconds === undefined ? undefined : formatDuration(row.seconds)),
  },
  { title: '', kind: 'note', cell: (row) => row.note },
]

function renderEstimate(estimate: Estimate | undefined): Html {
  if (estimate === undefined) return html`<td class="number none">not measured</td>`
  const interval = formatEstimate(estimate).slice(formatNumber(estimate.value).length)
  return html`<td class="number"><b>${formatNumber(estimate.value)}</b><span class="interval">${interval}</span></td>`
}

function renderInterval(estimate: Estimate | undefined, axis: Axis, style: number): Html | undefined {
  if (estimate === undefined) return undefined
  const { value, low = value, high = value } = estimate
  const at = (v: number): string => (placeOn(axis, v) * 100).toFixed(2)
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><line class="grid" x1="0" x2="100" y1="5" y2="5"/><path class="whisker s${style}" d="M${at(low)} 5H${at(high)}"/><path class="dot big s${style}" d="M${at(value)} 5h0"/></svg>`
}

// The summary table: estimates with intervals as text, and the first measure drawn on a common scale.
import { type Estimate, formatCount, formatDuration, formatEstimate, formatNumber } from '../format.ts'
import { type Axis, axisOf, placeOn } from './axis.ts'
import type { StyleOf } from './chart.ts'
import { type Html, type HtmlValue, html } from './html.ts'
import type { MeasureColumn, SummaryRow, SummaryTable } from './report-data.ts'

/** The table, with columns for what at least one row has. */
export function renderSummaryTable(table: SummaryTable, styleOf: StyleOf): Html {
  const { mark, extra = [], isPlain = false, rows } = table
  const measures = table.measures.map((one): MeasureColumn => (typeof one === 'string' ? { name: one } : one))
  const columns = [...optionalColumns, ...extra.map(extraColumn), noteColumn].filter((column) =>
    rows.some((row) => column.cell(row) !== undefined),
  )
  const first = rows.flatMap((row) => row.estimates[0] ?? [])
  const drawn = first.some((e) => e.low !== undefined)
  const axis = axisOf(
    [...first.flatMap((e) => [e.value, e.low ?? e.value, e.high ?? e.value]), ...(mark ? [mark.value] : [])],
    { round: true },
  )
  const styleOfRow = (row: SummaryRow): number => (isPlain ? 0 : styleOf(row.name))
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Results"><table class="summary">
${table.caption !== undefined && html`<caption><span>${table.caption}</span></caption>`}
<thead><tr><td></td>${measures.map(
    ({ name }, i) =>
      html`<th scope="col" class="number">${name}</th>${
        i === 0 &&
        drawn &&
        html`<th scope="col" class="scale" aria-label="Intervals of ${name}"><span>${formatNumber(axis.min)}</span><span>${formatNumber(axis.max)}</span></th>`
      }`,
  )}${columns.map((c) => html`<th scope="col" class="${c.kind}">${c.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${row.name}</th>${measures.map(
        (measure, i) =>
          html`${renderEstimate(row.estimates[i], measure)}${
            i === 0 &&
            drawn &&
            html`<td class="scale">${renderInterval(row.estimates[0], { axis, style: styleOfRow(row), mark })}</td>`
          }`,
      )}${columns.map((c) => html`<td class="${c.kind}">${c.cell(row)}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

interface Column {
  readonly title: string
  readonly kind: string
  readonly cell: (row: SummaryRow) => HtmlValue
}

const optionalColumns: readonly Column[] = [
  { title: 'n', kind: 'number', cell: (row) => row.n },
  { title: 'seeds', kind: 'number', cell: (row) => row.seeds?.join(', ') },
  { title: 'tokens', kind: 'number', cell: (row) => (row.tokens === undefined ? undefined : formatCount(row.tokens)) },
  {
    title: 'time',
    kind: 'number',
    cell: (row) => (row.seconds === undefined ? undefined : formatDuration(row.seconds)),
  },
]

const noteColumn: Column = { title: '', kind: 'note', cell: (row) => row.note }

const extraColumn = (title: string, i: number): Column => ({ title, kind: 'text', cell: (row) => row.extra?.[i] })

function renderEstimate(estimate: Estimate | undefined, { isSigned, none = 'not measured' }: MeasureColumn): Html {
  if (estimate === undefined) return html`<td class="number none">${none}</td>`
  const interval = formatEstimate(estimate).slice(formatNumber(estimate.value).length)
  const sign = isSigned && estimate.value > 0 ? '+' : ''
  return html`<td class="number"><b>${sign}${formatNumber(estimate.value)}</b><span class="interval">${interval}</span></td>`
}

function renderInterval(
  estimate: Estimate | undefined,
  { axis, style, mark }: { readonly axis: Axis; readonly style: number; readonly mark: SummaryTable['mark'] },
): Html | undefined {
  if (estimate === undefined) return undefined
  const { value, low = value, high = value } = estimate
  const at = (v: number): string => (placeOn(axis, v) * 100).toFixed(2)
  const line =
    mark !== undefined &&
    html`<path class="mark" d="M${at(mark.value)} -5V15"><title>${mark.label}: ${formatNumber(mark.value)}</title></path>`
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><line class="grid" x1="0" x2="100" y1="5" y2="5"/>${line}<path class="whisker s${style}" d="M${at(low)} 5H${at(high)}"/><path class="dot big s${style}" d="M${at(value)} 5h0"/></svg>`
}

// A part of the page that is put together from paragraphs, tables, charts, points and definitions. It knows no run.
import { renderCharts, type StyleOf } from './chart.ts'
import { type Html, html } from './html.ts'
import type { FactCell, FactTable, ReportSection } from './report-data.ts'
import { renderSummaryTable } from './summary-table.ts'

/** A section with its title. */
export function renderSection(section: ReportSection, styleOf: StyleOf): Html {
  const { title, text = [], table, facts, charts = [], points = [], definitions = [], details = [] } = section
  return html`<section><h2>${title}</h2>
${text.map((paragraph) => html`<p class="prose">${paragraph}</p>`)}
${table !== undefined && renderSummaryTable(table, styleOf)}
${facts !== undefined && renderFacts(facts, title)}
${charts.length > 0 && renderCharts(charts, styleOf)}
${points.length > 0 && html`<ul class="notes">${points.map((point) => html`<li>${point}</li>`)}</ul>`}
${
  definitions.length > 0 &&
  html`<dl class="terms">${definitions.map(({ term, meaning }) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl>`
}
${details.map(
  ({ summary, text: long }) => html`<details><summary>${summary}</summary><pre tabindex="0">${long}</pre></details>`,
)}
</section>`
}

function renderFacts({ head, rows, caption }: FactTable, title: string): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="facts">
${caption !== undefined && html`<caption><span>${caption}</span></caption>`}
<thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...cells]) =>
      html`<tr><th scope="row">${renderCell(first)}</th>${cells.map((cell) => html`<td>${renderCell(cell)}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

// A label has a sign of its own, so that no one needs to tell colours apart.
const signs = { good: '✓', bad: '✗', open: '?' } as const

function renderCell(cell: string | FactCell | undefined): Html {
  const { text, tone, note }: FactCell = typeof cell === 'object' ? cell : { text: cell ?? '' }
  const lines = typeof text === 'string' ? [text] : text
  const label = tone !== undefined && html`<span class="label ${tone}">${signs[tone]} ${lines.join(' ')}</span>`
  return html`${label || lines.map((line) => html`<p>${line}</p>`)}${note !== undefined && html`<p class="aside">${note}</p>`}`
}

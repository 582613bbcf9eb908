// report.html: one file that needs nothing else, no network and no script. It lays out plain data and knows no run.
import { canonicalJson } from '../../base/json.ts'
import { configDifferences } from '../config-difference.ts'
import { renderCharts, type StyleOf, styleCount } from './chart.ts'
import { type Html, html, trusted } from './html.ts'
import type { ReportData, ReportSample, SampleCompletion } from './report-data.ts'
import { renderSection } from './section.ts'
import { stylesheet } from './stylesheet.ts'
import { renderSummaryTable } from './summary-table.ts'

/** The whole page. Everything in `data` is text: markup in it is shown, not obeyed. */
export function renderReport(data: ReportData): string {
  const styleOf = assignStyles(data)
  const charts = data.charts ?? []
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${data.title}</title>
<style>${trusted(stylesheet)}</style>
</head>
<body>
<main${data.sections !== undefined && trusted(' class="broad"')}>
<header><h1>${data.title}</h1>${data.subtitle !== undefined && html`<p class="subtitle">${data.subtitle}</p>`}</header>
${data.lead !== undefined && html`<div class="lead">${data.lead.map((text) => html`<p>${text}</p>`)}</div>`}
${(data.sections ?? []).map((section) => renderSection(section, styleOf))}
${data.table !== undefined && html`<section>${renderSummaryTable(data.table, styleOf)}</section>`}
${charts.length > 0 && html`<section><h2>Curves</h2>${renderCharts(charts, styleOf)}</section>`}
${renderSamples(data.samples ?? [])}
${renderNotes(data.notes ?? [])}
${renderReproduction(data)}
</main>
</body>
</html>
`.markup
}

// The same name keeps its colour through all charts and the table. Charts come first: the solid line is for a curve.
function assignStyles(data: ReportData): StyleOf {
  const parts = [...(data.sections ?? []), data]
  const charts = parts.flatMap((part) => part.charts ?? [])
  const tables = parts.flatMap(({ table }) => (table === undefined || table.isPlain ? [] : [table]))
  const names = [...charts.flatMap((chart) => chart.series), ...tables.flatMap(({ rows }) => rows)].map((x) => x.name)
  const order = [...new Set(names)]
  return (name) => order.indexOf(name) % styleCount
}

function renderSamples(samples: readonly ReportSample[]): Html | undefined {
  if (samples.length === 0) return undefined
  const labels = [...new Set(samples.flatMap((sample) => sample.completions.map((c) => c.label)))]
  return html`<section><h2>Samples</h2><table class="samples">
<thead><tr><th scope="col">problem</th>${labels.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${samples.map(
    (sample) =>
      html`<tr><th scope="row"><pre>${sample.problem}</pre>${
        sample.answer !== undefined && html`<p class="answer">answer <code>${sample.answer}</code></p>`
      }</th>${labels.map((label) => html`<td data-label="${label}">${sample.completions.filter((c) => c.label === label).map(renderCompletion)}</td>`)}</tr>`,
  )}</tbody></table></section>`
}

const verdictSigns = { right: '✓', wrong: '✗', undecided: '?', failed: '!' } as const

function renderCompletion(completion: SampleCompletion): Html {
  const { verdict, reason, text } = completion
  // What scrolls must be reachable from the keyboard.
  const long = text.length > 400 || text.split('\n').length > 12
  return html`<p class="verdict ${verdict}"><span class="chip">${verdictSigns[verdict]} ${verdict}</span> ${reason}</p>${
    long ? html`<pre tabindex="0" class="long">${text}</pre>` : html`<pre>${text}</pre>`
  }`
}

function renderNotes(notes: readonly string[]): Html | undefined {
  if (notes.length === 0) return undefined
  return html`<section><h2>Notes</h2><ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul></section>`
}

function renderReproduction({ command, config, configDiff }: ReportData): Html | undefined {
  if (command === undefined && config === undefined && configDiff === undefined) return undefined
  const changed = configDiff === undefined ? [] : configDifferences({}, configDiff)
  return html`<section><h2>Do it again</h2>
${command !== undefined && html`<pre class="command" tabindex="0">${command}</pre>`}
${
  changed.length > 0 &&
  html`<table class="settings"><caption>What differs from the defaults</caption><tbody>${changed.map(
    ({ path, after }) => html`<tr><th scope="row">${path}</th><td>${textOf(after)}</td></tr>`,
  )}</tbody></table>`
}
${config !== undefined && html`<details><summary>Full configuration</summary><pre tabindex="0">${JSON.stringify(config, null, 2)}</pre></details>`}
</section>`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value)
}

// What `gradus eval` says of an evaluation: the line of JSON, the result file, the table in its formats. It evaluates nothing.
import type { Json } from '../../base/json.ts'
import {
  type Conditions,
  type Estimate,
  type Evaluation,
  estimateMeasure,
  type ProblemMeasure,
  protocolOf,
} from '../../eval/index.ts'
import { formatDuration, formatEstimate } from '../../store/index.ts'
import { type FormattedTable, renderTable, type TableFormat } from './table-format.ts'
import { textTable } from './text-table.ts'

/** An evaluation with everything that its numbers rest on. */
export interface EvalReport {
  /** The model, as a reader knows it. */
  readonly name: string
  /** Training step of the model, where it has one. */
  readonly step?: number
  readonly evaluation: Evaluation
  readonly conditions: Conditions
  /** Values of k of maj@k. */
  readonly maj: readonly number[]
  readonly seed: number
  readonly seconds: number
}

/** The line of `--json`. */
export function evalJson(report: EvalReport): string {
  const { task, n, k, ...rest } = resultOf(report)
  return `${JSON.stringify({ task, n, k, seconds: report.seconds, ...rest })}\n`
}

/** What a result file holds: that of a run's evals/, and the conditions. */
export function resultOf(report: EvalReport) {
  const { step, evaluation, conditions, seed, maj } = report
  const { n, k, undecided, failed, truncated, tokens } = evaluation
  const { task, samples, temperature, maxTokens } = conditions
  const result = {
    task,
    ...(step !== undefined && { step }),
    n,
    k: plain(k),
    ...(samples > 1 && { mean: plain(estimates(report, 'mean', [samples])) }),
    ...(maj.length > 0 && { maj: plain(estimates(report, 'maj', maj)) }),
    undecided,
    failed,
    truncated,
    tokens,
    samples,
    temperature,
    seed,
    max_tokens: maxTokens,
    protocol: protocolOf(conditions),
    conditions,
  }
  return result satisfies Readonly<Record<string, unknown>> as typeof result & { readonly [key: string]: Json }
}

/** The table, in a format for readers or programs. */
export function evalText(report: EvalReport, format: Exclude<TableFormat, 'json'>): string {
  if (format !== 'text') return renderTable(fullTable(report), format)
  const { name, evaluation, conditions, seed, seconds } = report
  const { task, samples, temperature, maxTokens } = conditions
  const total = evaluation.samples.length
  const notes = (['truncated', 'undecided', 'failed'] as const)
    .filter((kind) => evaluation[kind] > 0)
    .map((kind) => `${evaluation[kind]} of ${total} samples ${kind}`)
  const rows = measuresOf(report).map(({ measure, estimate }) => [
    measure,
    formatEstimate(estimate),
    String(estimate.n),
  ])
  return [
    `${name} on ${task}: ${evaluation.n} problems, ${samples} ${samples === 1 ? 'sample' : 'samples'} each, temperature ${temperature}, ${formatDuration(seconds)}`,
    textTable(['', 'value [95 %]', 'n'], rows),
    `seed ${seed}, at most ${maxTokens} tokens, protocol ${protocolOf(conditions)}`,
    ...notes,
    '',
  ].join('\n')
}

interface MeasureRow {
  readonly measure: string
  readonly k: number
  readonly estimate: Estimate
}

function measuresOf(report: EvalReport): readonly MeasureRow[] {
  const { evaluation, conditions, maj } = report
  const rows = (kind: string, found: Readonly<Record<string, Estimate>>): readonly MeasureRow[] =>
    Object.entries(found).map(([k, estimate]) => ({ measure: `${kind}@${k}`, k: Number(k), estimate }))
  return [
    ...rows('pass', evaluation.k),
    ...(conditions.samples > 1 ? rows('mean', estimates(report, 'mean', [conditions.samples])) : []),
    ...rows('maj', estimates(report, 'maj', maj)),
  ]
}

/** A measure that the evaluation does not have yet, from its samples. */
function estimates(
  { evaluation: { samples, n } }: EvalReport,
  kind: ProblemMeasure['kind'],
  ks: readonly number[],
): Readonly<Record<string, Estimate>> {
  return Object.fromEntries(ks.map((k) => [String(k), estimateMeasure(samples, n, { kind, k })]))
}

function fullTable(report: EvalReport): FormattedTable {
  const { name, conditions, seed } = report
  const { task, samples, temperature, maxTokens } = conditions
  const protocol = protocolOf(conditions)
  const rows = measuresOf(report)
  return {
    head: ['model', 'task', 'measure', 'value [95 %]', 'n', 'samples', 'temperature', 'seed', 'max tokens', 'protocol'],
    rows: rows.map(({ measure, estimate }) => {
      const facts = [estimate.n, samples, temperature, seed, maxTokens, protocol].map((fact) => String(fact ?? ''))
      return [name, task, measure, formatEstimate(estimate), ...facts]
    }),
    records: rows.map(({ measure, k, estimate: { value, low, high, n } }) => ({
      model: name,
      task,
      measure,
      k,
      value,
      low,
      high,
      n,
      samples,
      temperature: temperature ?? null,
      seed,
      max_tokens: maxTokens ?? null,
      protocol,
    })),
  }
}

const plain = (estimates: Readonly<Record<string, Estimate>>) =>
  Object.fromEntries(Object.entries(estimates).map(([k, { value, low, high }]) => [k, { value, low, high }]))

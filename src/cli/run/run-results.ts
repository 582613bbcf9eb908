// What a finished run is worth: its first and last evaluation, read back from the run directory, as JSON and as a table.
import { z } from 'zod'
import { formatDuration, formatEstimate, listEvaluations, readEvaluation, readMetrics } from '../../store/index.ts'
import type { RunPlan } from './run-plan.ts'
import { textTable } from './text-table.ts'

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() })
const resultSchema = z.object({ step: z.number(), n: z.number(), k: z.record(z.string(), estimate) })

/** One evaluation: problems and pass@k by k. */
export type EvaluationSummary = z.infer<typeof resultSchema>

/** The one line of `gradus train --json`. */
export interface RunResults {
  readonly run: string
  readonly recipe: string
  readonly task: string
  readonly status: 'done' | 'interrupted'
  readonly steps: number
  /** Of this command, the base model included. */
  readonly seconds: number
  readonly eval: { readonly first: EvaluationSummary | null; readonly last: EvaluationSummary | null }
}

/** Reads what there is to say of a run. */
export function runResults(
  dir: string,
  plan: Pick<RunPlan, 'recipe' | 'task'>,
  { status, seconds }: { status: RunResults['status']; seconds: number },
): RunResults {
  const { recipe, task } = plan
  const steps = listEvaluations(dir)
    .filter((entry) => entry.task === task)
    .map((entry) => entry.step)
  const read = (step: number | undefined): EvaluationSummary | null =>
    step === undefined ? null : resultSchema.parse(readEvaluation(dir, task, step).result)
  const done = readMetrics(dir).rows.at(-1)?.step ?? 0
  return {
    run: dir,
    recipe,
    task,
    status,
    steps: done,
    seconds: Math.round(seconds * 10) / 10,
    eval: { first: read(steps[0]), last: read(steps.at(-1)) },
  }
}

/** The results for a reader. */
export function describeResults(results: RunResults, report: string | undefined): string {
  const { recipe, task, steps, seconds, status, run } = results
  const { first, last } = results.eval
  const rows = [first, last].filter((row, i) => row !== null && (i === 0 || row.step !== first?.step))
  const measures = Object.keys(first?.k ?? {})
  const table = textTable(
    ['', ...measures.map((k) => `pass@${k}`), 'problems'],
    rows.map((row) => [
      `step ${row?.step}`,
      ...measures.map((k) => (row?.k[k] ? formatEstimate(row.k[k]) : '')),
      String(row?.n),
    ]),
  )
  const head = `${recipe} on ${task}: ${steps} steps, ${formatDuration(seconds)}${status === 'done' ? '' : ', interrupted'}`
  return [
    head,
    ...(rows.length > 0 ? [table] : []),
    `run     ${run}`,
    ...(report === undefined ? [] : [`report  ${report}`]),
    '',
  ].join('\n')
}

// The evaluations of a run over its steps, and the tokens that it had spent by then.
import { ApiError } from '../../http/api-error.ts'
import type { EvaluationsAnswer } from '../api.ts'
import type { MetricTable } from '../series/metric-table.ts'
import type { EvaluationFiles } from './evaluation-files.ts'

type EvaluationPoint = EvaluationsAnswer['tasks'][number]['points'][number]

/** The answer of `GET /api/evaluations`. A result that cannot be read is left out where another can. @throws ApiError 422 */
export function evaluationsOf(files: EvaluationFiles, dir: string, table: MetricTable): EvaluationsAnswer {
  const tokens = tokensByStep(table)
  const tasks = new Map<string, EvaluationPoint[]>()
  let damage: unknown
  for (const name of files.list(dir)) {
    const { task, step } = name
    try {
      const { result, passAt1 } = files.read(dir, name)
      const points = tasks.get(task) ?? []
      tasks.set(task, points)
      points.push({ step, tokens: tokens.get(step) ?? null, passAt1, result })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      damage ??= error
    }
  }
  if (tasks.size === 0 && damage !== undefined) throw damage
  return { tasks: [...tasks].map(([task, points]) => ({ task, points })) }
}

function tokensByStep(table: MetricTable): ReadonlyMap<number, number> {
  const steps = table.column('step') ?? []
  const tokens = new Map<number, number>()
  for (let row = 0; row < steps.length; row++) {
    const spent = table.at('tokens', row)
    if (!Number.isNaN(spent)) tokens.set(steps[row], spent)
  }
  return tokens
}

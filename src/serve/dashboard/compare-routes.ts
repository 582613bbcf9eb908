// `GET /api/compare`: runs compared with a baseline, as `gradus compare --json` does it, with thinned curves and costs. Runs
// are named as everywhere in the dashboard; RUN@STEP is an earlier evaluation.
import { z } from 'zod'
import { GradusError, isGradusError } from '../../base/error.ts'
import type { Json } from '../../base/json.ts'
import {
  type Axis,
  type ComparisonReport,
  compareRuns,
  corrections,
  costOf,
  type Given,
  headLine,
  metricName,
  readMetric,
  rowJson,
  settingLines,
  testLine,
} from '../../compare/index.ts'
import { ApiError } from '../http/api-error.ts'
import type { AxisName, CompareAnswer } from './api.ts'
import { jsonAnswer } from './json-answer.ts'
import { checkQuery, list, runName } from './query.ts'
import type { DashboardApp, DashboardWorld } from './world.ts'

/** More rows than anyone compares; each reads its evaluations. */
const MOST_RUNS = 50
/** Points of a curve: more are not told apart on a screen, and each is an evaluation to read. */
const MOST_POINTS = 60

const axisOf: Readonly<Record<AxisName, Axis>> = {
  step: 'steps',
  sampled: 'sampled',
  trained: 'trained',
  tokens: 'tokens',
  time: 'seconds',
}

const querySchema = z.object({
  runs: list(MOST_RUNS, 1000),
  baseline: runName.optional(),
  metric: z.string().max(300).default('pass@1'),
  x: z.enum(['step', 'sampled', 'trained', 'tokens', 'time']).default('step'),
  unpaired: z.enum(['0', '1']).default('0'),
  group: z.enum(['seeds', 'none']).default('none'),
  correction: z.enum(corrections).default('holm'),
})

/** Adds the route. */
export function compareRoutes(app: DashboardApp, world: Pick<DashboardWorld, 'root' | 'dirOf'>): void {
  app.get('/api/compare', (c) => {
    const { runs, baseline = runs[0], metric, x, unpaired, group, correction } = checkQuery(c, querySchema)
    const given = runs.map((name) => givenOf(name, world))
    const named = givenOf(baseline, world)
    try {
      const [report] = compareRuns({
        given,
        baseline: named,
        metrics: [readMetric(metric)],
        groupSeeds: group === 'seeds',
        unpaired: unpaired === '1',
        correction,
        axis: axisOf[x],
        mostPoints: MOST_POINTS,
      })
      return jsonAnswer(c, answerOf(report))
    } catch (error) {
      throw isGradusError(error) ? inWordsOfTheRequest(error, world.root) : error
    }
  })
}

/** A run by its name, or one of its evaluations by RUN@STEP. @throws ApiError 404 `no-such-run` */
function givenOf(name: string, world: Pick<DashboardWorld, 'dirOf'>): Given {
  const match = /^(.+)@([0-9]{1,12})$/.exec(name)
  try {
    return { name, path: world.dirOf(name) }
  } catch (error) {
    if (match === null || !(error instanceof ApiError)) throw error
    return { name, path: `${world.dirOf(match[1])}@${match[2]}` }
  }
}

function answerOf(report: ComparisonReport): CompareAnswer {
  const { rows, curves, notes } = report
  return {
    metric: metricName(report),
    baseline: rows[0].subject.name,
    rows: rows.map((row) => {
      const { run, value, low, high, n, diff, diff_low, diff_high, p, p_adjusted, detectable } = rowJson(report, row)
      const cost = costOf(row.subject)
      return {
        ...{ run, value, low, high, n, diff, diff_low, diff_high, p, p_adjusted, detectable },
        tokens: cost?.tokens ?? null,
        seconds: cost?.seconds ?? null,
      }
    }),
    curves: curves.map(({ run, points }) => ({ run, points })),
    notes: [headLine(report), testLine(report), ...notes],
    settings: settingLines(rows).map(({ path, values }) => ({ path, values: values as readonly (Json | undefined)[] })),
  }
}

// The library speaks of the command line's options and of whole paths; here they are parameters and names. What is wrong
// with the request is told like what is wrong with the runs: with its advice.
function inWordsOfTheRequest({ code, message, hint, cause }: GradusError, root: string): GradusError {
  const spoken = (text: string): string =>
    text.replaceAll(`${root}/`, '').replace(/--(baseline|metric|unpaired|group)\b/g, '$1')
  return new GradusError(code.replace(/^usage\//, 'data/') as GradusError['code'], spoken(message), {
    ...(hint !== undefined && { hint: spoken(hint) }),
    cause,
  })
}

// The routes of runs and their files. Each checks what it is asked, reads through the world, and answers as api.ts says.
import { z } from 'zod'
import { ApiError } from '../../http/api-error.ts'
import type { ServeContext } from '../../http/app.ts'
import { checkObject, readJsonObject } from '../../http/json-body.ts'
import type { RunsAnswer, TagsAnswer } from '../api.ts'
import { evalProblemsOf, evalProblemsQuery, stepsToShow } from '../evaluations/eval-problems.ts'
import { evaluationsOf } from '../evaluations/evaluations.ts'
import { jsonAnswer } from '../json-answer.ts'
import type { OpenWorld } from '../open-world.ts'
import { checkQuery, runName } from '../query.ts'
import { rolloutsOf, rolloutsQuery } from '../rollouts/rollouts.ts'
import { seriesOf, seriesQuery } from '../series/series.ts'
import type { DashboardApp, IndexedRun } from '../world.ts'
import { runAnswer } from './run-answer.ts'
import { tagsBody, writeTags } from './tags.ts'

/** Twenty tags with every character escaped. */
const MOST_TAG_BYTES = 10_000

const runQuery = z.object({ run: runName })

/** Adds the routes; `shown` is the folder as it was given. */
export function runRoutes(app: DashboardApp, world: OpenWorld, shown: string): void {
  const { metrics, evaluations, samples, rollouts } = world
  const runOf = (c: ServeContext): IndexedRun => world.run(checkQuery(c, runQuery).run)

  app.get('/api/runs', (c) => {
    const { runs, unreadable } = world.runs()
    return jsonAnswer(c, { root: shown, runs: world.briefs.all(runs), unreadable } satisfies RunsAnswer)
  })

  app.get('/api/run', async (c) => {
    const run = runOf(c)
    const names = await namesOf(world, run)
    return jsonAnswer(c, runAnswer(world.briefs.of(run), run, names, world.runs().runs, world))
  })

  app.get('/api/series', async (c) => {
    const query = checkQuery(c, seriesQuery)
    return jsonAnswer(c, seriesOf(await metrics.of(world.run(query.run)), query))
  })

  app.get('/api/evaluations', async (c) => {
    const run = runOf(c)
    const table = (await metrics.of(run)).table
    return jsonAnswer(c, evaluationsOf(evaluations, run.dir, table))
  })

  app.get('/api/rollouts', (c) => {
    const query = checkQuery(c, rolloutsQuery)
    return jsonAnswer(c, rolloutsOf(rollouts.read(world.dirOf(query.run), query.step), query))
  })

  app.get('/api/eval-problems', (c) => {
    const query = checkQuery(c, evalProblemsQuery)
    const dir = world.dirOf(query.run)
    const there = evaluations.list(dir).flatMap(({ task, step }) => (task === query.task ? step : []))
    const steps = stepsToShow(there, query.steps)
    const read = steps.map((step) => samples.read(dir, { task: query.task, step }))
    return jsonAnswer(c, evalProblemsOf(steps, read, query))
  })

  app.put('/api/tags', async (c) => {
    const { dir } = runOf(c)
    const { tags } = checkObject(tagsBody, await readJsonObject(c.req.raw, MOST_TAG_BYTES))
    writeTags(dir, tags)
    world.changes.poke()
    return c.json({ tags } satisfies TagsAnswer)
  })
}

/** Names of a run's metrics; none while its log cannot be read, which is told where curves are asked for. */
async function namesOf({ metrics }: OpenWorld, run: IndexedRun): Promise<readonly string[]> {
  try {
    return (await metrics.of(run)).table.names
  } catch (error) {
    if (error instanceof ApiError) return []
    throw error
  }
}

// `GET /api/search`: one test-time search of a run; without a run, the example that is searched here and now.
import type { SearchLog } from '../../../contracts/search-log.ts'
import { readSearchLog } from '../../../store/index.ts'
import { ApiError } from '../../http/api-error.ts'
import type { SearchAnswer } from '../api.ts'
import { toRefusal } from '../playground/sample-refusal.ts'
import type { DashboardApp, DashboardWorld } from '../world.ts'
import { exampleSearch } from './example-search.ts'

/** Adds the route. */
export function searchRoutes(app: DashboardApp, world: Pick<DashboardWorld, 'dirOf'>): void {
  let example: Promise<SearchLog> | undefined
  app.get('/api/search', async (c) => {
    const { run, id } = c.req.query()
    if (id === undefined)
      throw new ApiError('The search has to be named by "id".', { code: 'invalid_value', param: 'id' })
    if (run === undefined && id !== 'example') {
      throw new ApiError('Only the search "example" is there without a run. Name the run by "run".', {
        status: 404,
        code: 'no-such-search',
        param: 'run',
      })
    }
    try {
      if (run !== undefined) return c.json(answerOf(readSearchLog(world.dirOf(run), id)))
      example ??= exampleSearch()
      return c.json(answerOf(await example))
    } catch (error) {
      throw toRefusal(error)
    }
  })
}

function answerOf({ head, events }: SearchLog): SearchAnswer {
  const { id, strategy, prompt, answer, budget = null } = head
  return { id, strategy, prompt, ...(answer !== undefined && { answer }), budget, events }
}

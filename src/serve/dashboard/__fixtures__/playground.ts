// The playground's routes over a folder of runs, and a request that they take.
import type { SampleEvent, SampleRequestBody } from '../api.ts'
import { playgroundRoutes } from '../playground/playground-routes.ts'
import { type DeskOptions, SampleDesk } from '../playground/sample-desk.ts'
import { appWith, eventsOf, type SampleFolder } from './sample-run.ts'

/** Asks the checkpoint at step 5 of `a/chain`. */
export const body: SampleRequestBody = {
  run: 'a/chain',
  checkpoint: 5,
  problem: { text: '1+2=' },
  samples: 2,
  temperature: 1,
  maxTokens: 12,
  seed: 3,
}

/** The routes, the desk behind them, and the events of {@link body} with changes. */
export function playgroundOver(folder: SampleFolder, options: DeskOptions = {}) {
  const desk = new SampleDesk(options)
  const app = appWith((routes) => playgroundRoutes(routes, folder.world, desk))
  return {
    ...app,
    desk,
    async events(change: Partial<SampleRequestBody> = {}): Promise<SampleEvent[]> {
      return eventsOf(await (await app.post({ ...body, ...change })).text())
    },
  }
}

// The playground: `GET /api/models`, what can be sampled from, and `POST /api/sample`, samples from a checkpoint as
// server-sent events. What is wrong with a request is told by a status; what goes wrong later, by an event.
import type { HttpBindings } from '@hono/node-server'
import { z } from 'zod'
import { listCheckpoints, readRunInfo } from '../../../store/index.ts'
import { stopping } from '../../http/api-error.ts'
import { eventOf, eventStream } from '../../http/event-stream.ts'
import { checkObject, readJsonObject } from '../../http/json-body.ts'
import type { ModelsAnswer, SampleEvent, SampleRequestBody } from '../api.ts'
import type { DashboardApp, DashboardWorld } from '../world.ts'
import { checkpointModel, checkpointOf } from './sample-checkpoint.ts'
import { deskOf, MOST_SAMPLES, type Place, type SampleDesk } from './sample-desk.ts'
import { askedProblem } from './sample-problem.ts'
import { refusalText, toRefusal } from './sample-refusal.ts'
import { sampleEvents } from './sample-stream.ts'
import { runTask } from './sample-task.ts'

/** Characters of a prompt and of an answer. */
const MOST_TEXT = 20_000
/** Both texts with every character escaped. */
const MOST_BYTES = 300_000
/** Between two writes, so that many samples make few writes. */
const GAP_MS = 15
/** A reader that takes nothing for so long has gone. */
const STALL_MS = 20_000

const whole = z.int().min(0)

const bodySchema = z.object({
  run: z.string().min(1).max(1000),
  checkpoint: whole,
  problem: z.union(
    [
      z.object({ text: z.string().min(1).max(MOST_TEXT), answer: z.string().max(MOST_TEXT).optional() }),
      z.object({ seed: whole.max(1_000_000), index: whole.max(999_999), level: whole.optional() }),
    ],
    { error: `needs a text of at most ${MOST_TEXT} characters, or a seed and an index` },
  ),
  samples: z.int().min(1).max(MOST_SAMPLES),
  temperature: z.number().min(0).max(10),
  maxTokens: z.int().min(1).max(4096),
  seed: whole.max(2 ** 32 - 1),
})

/** Adds the routes. */
export function playgroundRoutes(app: DashboardApp, world: DashboardWorld, desk: SampleDesk = deskOf(world)): void {
  app.get('/api/models', (c) => {
    const models = world.runs().runs.flatMap(({ run, dir, info }) => {
      const checkpoints = listCheckpoints(dir).map(({ step }) => step)
      return checkpoints.length === 0 ? [] : [{ run, checkpoints, task: info.task }]
    })
    return c.json({ models } satisfies ModelsAnswer)
  })

  app.post('/api/sample', async (c) => {
    const body: SampleRequestBody = checkObject(bodySchema, await readJsonObject(c.req.raw, MOST_BYTES))
    const dir = world.dirOf(body.run)
    const found = known(() => checkpointOf(dir, body.checkpoint))
    const ticket = c.get('ticket')
    const place = desk.join(ticket.signal)
    async function* events(): AsyncGenerator<readonly SampleEvent[]> {
      await place.turn
      if (ticket.signal.aborted) throw stopping()
      const model = await checkpointModel(desk, found)
      const asked = await askedProblem(body.problem, () => runTask(dir, readRunInfo(dir).task))
      yield* sampleEvents(model, asked, body, ticket.signal)
    }
    const bindings: Partial<HttpBindings> | undefined = c.env
    return eventStream(asText(events(), place), ticket, {
      gapMs: () => GAP_MS,
      stallMs: STALL_MS,
      onStall: () => void bindings?.outgoing?.destroy(),
    })
  })
}

/** Events as they are sent, the last of them an error where there was one. The place is left with the last. */
async function* asText(batches: AsyncGenerator<readonly SampleEvent[]>, place: Place): AsyncGenerator<string> {
  try {
    for await (const batch of batches) yield batch.map(eventOf).join('')
  } catch (error) {
    yield eventOf({ kind: 'error', message: refusalText(error) } satisfies SampleEvent)
  } finally {
    place.leave()
  }
}

function known<T>(find: () => T): T {
  try {
    return find()
  } catch (error) {
    throw toRefusal(error)
  }
}

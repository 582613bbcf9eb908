// `GET /api/rollout-tokens`: the tokens of one rollout. With a checkpoint, each is scored after the same prompt by that
// checkpoint: the entropy of its distribution, and the probability it gives the token over the one recorded.
import { z } from 'zod'
import { ApiError, stopping } from '../../http/api-error.ts'
import type { RolloutTokens } from '../api.ts'
import { checkpointModel, checkpointOf } from '../playground/sample-checkpoint.ts'
import { deskOf, type SampleDesk } from '../playground/sample-desk.ts'
import { toRefusal } from '../playground/sample-refusal.ts'
import { checkQuery, runName, whole } from '../query.ts'
import type { DashboardApp, DashboardWorld } from '../world.ts'
import { type TokenRow, tokenRow } from './token-row.ts'
import { type TokenScores, tokenScores } from './token-scores.ts'
import { tokenTexts } from './token-texts.ts'
import { RunTokenizers } from './token-tokenizer.ts'

const querySchema = z.object({
  run: runName,
  step: whole(0, 1e9),
  problem: z.string(),
  index: whole(0, 1e9),
  checkpoint: whole(0, 1e9).optional(),
})

/** Adds the route. */
export function tokenRoutes(
  app: DashboardApp,
  world: Pick<DashboardWorld, 'dirOf'>,
  desk: SampleDesk = deskOf(world),
): void {
  const tokenizers = new RunTokenizers()
  app.get('/api/rollout-tokens', async (c) => {
    const { run, checkpoint, ...place } = checkQuery<z.infer<typeof querySchema>>(c, querySchema)
    try {
      const dir = world.dirOf(run)
      const row = tokenRow(dir, place)
      const tokenizer = await tokenizers.of(dir)
      const unknown = row.ids.find((id) => id >= tokenizer.size)
      if (unknown !== undefined) throw otherTokenizer(unknown)
      const texts = tokenTexts(tokenizer, tokenizer.encode(row.prompt), row.ids)
      const scored =
        checkpoint === undefined ? undefined : await score(dir, checkpoint, row, desk, c.get('ticket').signal)
      const answer: RolloutTokens = {
        texts,
        ids: [...row.ids],
        logprobs: row.logprobs,
        entropies: scored?.entropies ?? null,
        ratios: scored ? ratios(scored.logprobs, row.logprobs) : null,
        advantage: row.advantage,
      }
      return c.json(answer)
    } catch (error) {
      throw toRefusal(error)
    }
  })
}

async function score(
  dir: string,
  step: number,
  row: TokenRow,
  desk: SampleDesk,
  signal: AbortSignal,
): Promise<TokenScores> {
  const found = checkpointOf(dir, step)
  const place = desk.join(signal)
  try {
    await place.turn
    if (signal.aborted) throw stopping()
    const { sampler, tokenizer } = await checkpointModel(desk, found)
    // As in training, a text is taken as it is.
    return await tokenScores(sampler, tokenizer.encode(row.prompt), row.ids, signal)
  } finally {
    place.leave()
  }
}

/** Of the checkpoint's probability and the recorded one. */
function ratios(now: readonly number[], then: TokenRow['logprobs']): readonly number[] | null {
  // exp(709) is the greatest that is a number.
  return then?.map((value, t) => Math.exp(Math.min(709, now[t] - value))) ?? null
}

const otherTokenizer = (id: number): ApiError =>
  new ApiError(`The rollout holds token ${id}, which the run's tokenizer does not have.`, {
    status: 422,
    code: 'other-tokenizer',
  })

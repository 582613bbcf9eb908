// The plain plan: n samples of the policy, or of a model that stays as it is, from the problem's prompt, each with the
// verifier's verdict.

import { GradusError } from '../base/error.ts'
import { said } from '../base/said.ts'
import type { Group, Plan, Rollout, Sample, StepContext } from '../contracts/index.ts'
import { promptTokens } from './prompt-tokens.ts'

/** How to sample a group. */
export interface SampleGroupOptions {
  /** G */
  readonly samples: number
  readonly maxTokens: number
  readonly temperature: number
  /** Whose samples; default `policy`. */
  readonly from?: 'policy' | 'reference' | 'teacher'
}

const names = { policy: 'π_θ', reference: 'π_ref', teacher: 'π_teacher' } as const

/** G verified samples of each problem. */
export const sampleGroup = ({ samples, maxTokens, temperature, from = 'policy' }: SampleGroupOptions): Plan =>
  said<Plan>(
    `y_1 .. y_${samples} ~ ${names[from]}(q), temperature ${temperature}, at most ${maxTokens} tokens; verify each`,
    async (problem, context, place): Promise<Group> => {
      const sampler = context.models[from]
      if (!sampler)
        throw new GradusError('train/no-model', `samples of the model "${from}" are wanted, and the stage has none`, {
          hint: `Give the stage needs: { ${from}: "base" }.`,
        })
      const promptIds = promptTokens(context.vocab, problem)
      const request = {
        context: promptIds,
        n: samples,
        maxTokens,
        temperature,
        seed: context.seed('rollout', problem.id, context.step, place),
        signal: context.signal,
      }
      const drawn: Sample[] = new Array(samples)
      for await (const { index, sample } of sampler.sample([request])) drawn[index] = sample
      const rollouts = await Promise.all(
        drawn.map((sample) =>
          verifiedRollout(
            { problem, promptIds, sample, parts: {}, origin: from === 'teacher' ? 'teacher' : 'policy', fields: {} },
            context,
          ),
        ),
      )
      return { problem, rollouts }
    },
  )

/** A rollout with its verdict; a failed sample or verifier is recorded, never scored. */
async function verifiedRollout(
  base: Omit<Rollout, 'status'>,
  { task, clock, signal, report }: StepContext,
): Promise<Rollout> {
  const { problem, sample } = base
  if (sample.stop === 'error' || sample.stop === 'abort' || sample.ids.length === 0)
    return { ...base, status: 'failed' }
  const start = clock.nowMs()
  const pending = task.verify(problem, sample.text, { signal })
  // A verifier that answers at once is timed by itself, not with whatever else runs before an await resumes.
  const instant = clock.nowMs() - start
  const verdict = await pending
  report('time/verify_s', (pending instanceof Promise ? clock.nowMs() - start : instant) / 1000)
  const status = verdict.kind === 'right' || verdict.kind === 'wrong' ? 'unscored' : verdict.kind
  return { ...base, verdict, status }
}

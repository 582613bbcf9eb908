// A plan without sampling: the task's own solutions as rollouts, in a mixture of styles. What supervised fine-tuning
// learns from.
import { said } from '../base/said.ts'
import type { Plan, Rollout, Trace, Vocab } from '../contracts/index.ts'
import { promptTokens } from './prompt-tokens.ts'

/** A style of the task's traces and how often it is shown. */
export interface StyleShare {
  readonly style: string
  readonly share: number
}

/** One demonstration a problem, its style drawn by share. */
export const demonstrate = (mixture: readonly StyleShare[]): Plan =>
  said<Plan>(
    `demonstrate: ${mixture.map(({ style, share }) => `${share} ${style}`).join(', ')}`,
    async (problem, context, place) => {
      const rng = context.rng('demonstration', problem.id, context.step, place)
      const style = pickStyle(mixture, rng.next())
      const traces = context.task.traces(problem, style, rng)
      const trace = traces[rng.int(traces.length)]
      const promptIds = promptTokens(context.vocab, problem)
      const rollouts = trace ? [traceRollout(trace, promptIds, context.vocab, problem)] : []
      return { problem, rollouts }
    },
  )

/** Two demonstrations a problem, one of a right style and one of a wrong one, with verdicts to match: a preference pair. */
export const demonstratePair = (chosen: string, rejected: string): Plan =>
  said<Plan>(`demonstrate: ${chosen} (right) and ${rejected} (wrong)`, async (problem, context, place) => {
    const promptIds = promptTokens(context.vocab, problem)
    const rollouts = [chosen, rejected].flatMap((style): Rollout[] => {
      const rng = context.rng('demonstration', problem.id, context.step, place, style)
      const traces = context.task.traces(problem, style, rng)
      const trace = traces[rng.int(traces.length)]
      if (trace === undefined) return []
      const kind = trace.right ? 'right' : 'wrong'
      const verdict = { kind, score: trace.right ? 1 : 0, reason: `a demonstration of style "${style}"` } as const
      return [{ ...traceRollout(trace, promptIds, context.vocab, problem), verdict }]
    })
    return { problem, rollouts }
  })

function pickStyle(mixture: readonly StyleShare[], uniform: number): string {
  const total = mixture.reduce((sum, { share }) => sum + share, 0)
  let left = uniform * total
  for (const { style, share } of mixture) {
    left -= share
    if (left < 0) return style
  }
  return mixture[mixture.length - 1].style
}

/** A written solution as a rollout that ends with the end-of-sequence token. */
function traceRollout(trace: Trace, promptIds: Int32Array, vocab: Vocab, problem: Rollout['problem']): Rollout {
  const text = vocab.encode(trace.text)
  const ids = new Int32Array(text.length + 1)
  ids.set(text)
  ids[text.length] = vocab.eos
  return {
    problem,
    promptIds,
    sample: { ids, text: trace.text, stop: 'eos', logprobs: new Float32Array(ids.length) },
    status: 'scored',
    parts: {},
    origin: 'oracle',
    fields: {},
  }
}

// Groups as the lines of `rollouts/step-N.jsonl`.
import type { Group, RolloutRow } from '../contracts/index.ts'

/** One row a rollout, with token ids and log-probabilities. */
export function rolloutRows(groups: readonly Group[]): RolloutRow[] {
  return groups.flatMap(({ problem, rollouts }) =>
    rollouts.map((rollout, index) => ({
      problem: problem.id,
      index,
      prompt: typeof problem.prompt === 'string' ? problem.prompt : JSON.stringify(problem.prompt),
      completion: rollout.sample.text,
      ...(problem.answer !== undefined && { answer: problem.answer }),
      status: rollout.status,
      ...(rollout.verdict && { verdict: rollout.verdict.kind, reason: rollout.verdict.reason }),
      ...(rollout.reward !== undefined && { reward: rollout.reward }),
      parts: rollout.parts,
      ...(rollout.advantages && { advantage: rollout.advantages[0] ?? 0 }),
      stop: rollout.sample.stop,
      tokens: rollout.sample.ids.length,
      ids: [...rollout.sample.ids],
      logprobs: [...rollout.sample.logprobs],
    })),
  )
}

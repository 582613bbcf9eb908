// What is trained on, decoded and rolled out: tokens, prompts, lengths and rewards, the same in every run and for every
// peer, which reads them from a file.
import { stream } from '../base/rng.ts'
import type { Problem } from '../contracts/index.ts'
import { chainArithmetic } from '../tasks/index.ts'
import type { Tokenizer } from '../text/index.ts'
import type { BenchSize } from './sizes.ts'

/** Prompt tokens before decoding. */
export const DECODE_CONTEXT = 16
/** Longest completion of a rollout. */
export const LONGEST_COMPLETION = 40
const SHORTEST_COMPLETION = 20
/** G */
export const GROUP = 8
/** Prompts of a GRPO step: 256 rollouts. */
export const GRPO_PROMPTS = 32

/** [B][T + 1] tokens: every one after the first is predicted. */
export function trainingRows({ name, config, rows, time }: BenchSize): Int32Array[] {
  return Array.from({ length: rows }, (_, row) => randomTokens(config.vocabSize, time + 1, 'bench-train', name, row))
}

/** [B][16] prompts, all different; another `round` gives others, so that no cache knows them. */
export function decodePrompts({ name, config }: BenchSize, batch: number, round: number): Int32Array[] {
  return Array.from({ length: batch }, (_, row) =>
    randomTokens(config.vocabSize, DECODE_CONTEXT, 'bench-decode', name, batch, round, row),
  )
}

/** One rollout of a reinforcement-learning step: its prompt, how long its completion is, and a made-up reward. */
export interface RolloutPlan {
  readonly problem: Problem
  readonly promptIds: Int32Array
  /** Index of the prompt. */
  readonly group: number
  readonly length: number
  /**
   * Fresh weights solve nothing, and a group of equal rewards would be skipped. So rewards are given: half of each group
   * is right, and no work is spared.
   */
  readonly reward: number
}

/** `prompts` x 8 rollouts of 20 to 40 tokens. */
export function rolloutPlans(tokenizer: Tokenizer, prompts: number): RolloutPlan[] {
  return Array.from({ length: prompts * GROUP }, (_, rollout) => {
    const group = Math.floor(rollout / GROUP)
    const problem = chainArithmetic.problem('train', group)
    const extra = stream(0, 'bench-length', rollout).int(LONGEST_COMPLETION - SHORTEST_COMPLETION + 1)
    return {
      problem,
      promptIds: tokenizer.encode(problem.prompt as string),
      group,
      length: SHORTEST_COMPLETION + extra,
      reward: rollout % 2,
    }
  })
}

/** Ordinary tokens: the first three ids are special. */
function randomTokens(vocabSize: number, count: number, ...key: (string | number)[]): Int32Array {
  const rng = stream(0, ...key)
  return Int32Array.from({ length: count }, () => 3 + rng.int(vocabSize - 3))
}

// What is compared with whom: for each comparison the processes, ours first, and the numbers to take from what they print.
import type { Spread } from '../../src/bench/index.ts'
import { type Command, measure, peer, tsx } from './child.ts'
import { BATCHES } from './work.ts'

/** One side: who, and how to get its numbers by name. */
export interface Side {
  readonly who: string
  run(): Promise<Readonly<Record<string, number>>>
}

/** Sides that do the same work. */
export interface Comparison {
  readonly name: string
  /** For seconds, less is better. */
  readonly unit: 'tok/s' | 's'
  readonly ours: Side
  readonly peers: readonly Side[]
}

/** How much of everything. */
export interface Effort {
  readonly trainSteps: number
  readonly newTokens: number
  readonly decodeRounds: number
  readonly grpoSteps: number
}

export const FULL: Effort = { trainSteps: 20, newTokens: 128, decodeRounds: 3, grpoSteps: 3 }
export const QUICK: Effort = { trainSteps: 2, newTokens: 8, decodeRounds: 1, grpoSteps: 1 }

/** Losses of the sides of one comparison differ by at most this share: float32 sums in another order. */
const LOSS_TOLERANCE = 1e-3

const numberIn = (json: Readonly<Record<string, unknown>>, key: string): number => json[key] as number

/** Training steps in PyTorch, eager and compiled. Sides with other losses did other work: that is an error. */
export function training(work: string, size: string, { trainSteps }: Effort): Comparison {
  const common = ['--work', work, '--size', size, '--repetitions', String(trainSteps)]
  let expected: readonly number[] | undefined
  const side = (who: string, command: Command): Side => ({
    who,
    async run() {
      const json = await measure(command)
      const losses = json.losses as number[]
      expected ??= losses
      losses.forEach((loss, step) => {
        const ours = expected?.[step] ?? Number.NaN
        if (!(Math.abs(loss - ours) <= LOSS_TOLERANCE * Math.abs(ours)))
          throw new Error(`${who} does other work: its loss of step ${step + 1} is ${loss}, not ${ours}`)
      })
      return { steps: numberIn(json, 'tok_per_s') }
    },
  })
  return {
    name: `train ${size}`,
    unit: 'tok/s',
    ours: side('gradus', tsx('ours.ts', 'train', ...common)),
    peers: [
      side('torch eager', peer('train_torch.py', ...common)),
      side('torch compiled', peer('train_torch.py', '--compile', ...common)),
    ],
  }
}

/** Decoding with Hugging Face `generate`, every batch size. */
export function decoding(work: string, size: string, { newTokens, decodeRounds }: Effort): Comparison {
  const common = [
    '--work',
    work,
    '--size',
    size,
    '--repetitions',
    String(decodeRounds),
    '--new-tokens',
    String(newTokens),
  ]
  const side = (who: string, command: Command): Side => ({
    who,
    async run() {
      const speeds = (await measure(command)).tok_per_s as Record<string, number>
      return Object.fromEntries(BATCHES.map((batch) => [`batch ${batch}`, speeds[batch]]))
    },
  })
  return {
    name: `decode ${size}`,
    unit: 'tok/s',
    ours: side('gradus', tsx('ours.ts', 'decode', ...common)),
    peers: [side('transformers generate', peer('generate_hf.py', ...common))],
  }
}

/** A GRPO step with TRL: sample, verify, train. */
export function grpoStep(work: string, size: string, { grpoSteps }: Effort): Comparison {
  const common = ['--work', work, '--size', size, '--repetitions', String(grpoSteps)]
  const side = (who: string, command: Command): Side => ({
    who,
    run: async () => ({ step: numberIn(await measure(command), 'step_s') }),
  })
  return {
    name: `grpo ${size}`,
    unit: 's',
    ours: side('gradus', tsx('ours.ts', 'grpo', ...common)),
    peers: [
      side('trl', peer('grpo_trl.py', 'step', ...common)),
      // Which of the two suits TRL better depends on the machine's cache.
      side('trl, micro-batches of 64', peer('grpo_trl.py', 'step', '--micro-batch', '64', ...common)),
    ],
  }
}

/** A quotient above 1 says how many times faster we are. */
export const ratioOf = (unit: Comparison['unit'], ours: number, theirs: number): number =>
  unit === 's' ? theirs / ours : ours / theirs

/** One number of one comparison, over all rounds. */
export interface ComparedNumber {
  readonly comparison: string
  readonly number: string
  readonly unit: Comparison['unit']
  readonly peer: string
  readonly ours: Spread
  readonly theirs: Spread
  /** Of the rounds: how many times faster we are. */
  readonly ratio: Spread
}

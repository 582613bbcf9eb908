// What both sides are given: a folder with each model's weights, and a file with the tokens, prompts and lengths. Nothing
// that is measured depends on anything else.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BenchSize,
  benchModel,
  benchSizes,
  benchTokenizer,
  decodePrompts,
  GROUP,
  GRPO_PROMPTS,
  LONGEST_COMPLETION,
  rolloutPlans,
  trainingRows,
} from '../../src/bench/index.ts'
import { saveModel } from '../../src/engine/checkpoint.ts'
import { chainArithmetic } from '../../src/tasks/index.ts'

export const BATCHES = [1, 16, 64, 256] as const

/** The size of that name. */
export function sizeOf(name: string): BenchSize {
  const size = benchSizes.find((candidate) => candidate.name === name)
  if (!size) throw new Error(`no size "${name}"; there are ${benchSizes.map((known) => known.name).join(', ')}`)
  return size
}

export const modelFolder = (work: string, size: string): string => join(work, size, 'model')

/** Writes `WORK/SIZE/model` and `WORK/SIZE/work.json`. */
export async function writeWork(work: string, size: BenchSize, { prompts = GRPO_PROMPTS } = {}): Promise<void> {
  const folder = modelFolder(work, size.name)
  mkdirSync(folder, { recursive: true })
  const tokenizer = benchTokenizer(size.config.vocabSize)
  await saveModel(folder, { ...benchModel(size), tokenizer })
  const plans = rolloutPlans(tokenizer, prompts)
  writeFileSync(
    join(work, size.name, 'work.json'),
    JSON.stringify({
      train_rows: trainingRows(size).map((row) => [...row]),
      decode: Object.fromEntries(BATCHES.map((batch) => [batch, decodePrompts(size, batch, 0).map((row) => [...row])])),
      rollouts: {
        group: GROUP,
        longest: LONGEST_COMPLETION,
        prompts: plans.filter((_, i) => i % GROUP === 0).map(({ problem }) => problem.prompt),
        answers: plans.filter((_, i) => i % GROUP === 0).map(({ problem }) => problem.answer),
        lengths: plans.map(({ length }) => length),
        rewards: plans.map(({ reward }) => reward),
      },
    }),
  )
}

/** Writes problems for time to accuracy: enough to train on for as long as it takes, and the held-out ones. */
export function writeProblems(path: string, { train, heldOut }: { train: number; heldOut: number }): void {
  const problems = (split: 'train' | 'test', count: number) =>
    Array.from({ length: count }, (_, i) => chainArithmetic.problem(split, i)).map(({ prompt, answer }) => ({
      prompt,
      answer,
    }))
  writeFileSync(path, JSON.stringify({ train: problems('train', train), held_out: problems('test', heldOut) }))
}

// The batches that a stage really trains on: one step of the training loop on a trainer that takes them down and learns
// nothing. Verdicts are drawn from the completion's text, so that every group has right and wrong ones whatever the
// model can do.
import { hash32, stream } from '../../src/base/rng.ts'
import { processClock } from '../../src/cli/run/host-facts.ts'
import type { Example, Host, Sampler, Stage, Task, Trainer } from '../../src/contracts/index.ts'
import { readTokenizer } from '../../src/text/index.ts'
import { KeyedHistory, runStep } from '../../src/train/index.ts'
import { task } from './tiny-runs.ts'

/** What the loop gave to `forwardBackward`. */
export interface RecordedBatch {
  readonly batch: readonly Example[]
  readonly coefficients: Readonly<Record<string, number>>
}

/** The first task, with a verifier that is right of every other text. */
export const coinTask: Task = {
  ...task,
  verify: ({ id }, text) =>
    hash32(`${id} ${text}`) % 2 === 0
      ? { kind: 'right', score: 1, reason: 'heads' }
      : { kind: 'wrong', score: 0, reason: 'tails' },
}

/** Runs the first step of a stage on the model in `base`; every optimiser batch of it. */
export async function recordBatches(stage: Stage, host: Host, base: string): Promise<readonly RecordedBatch[]> {
  const trainer = await host.trainer(base, stage.update, { resume: false })
  const others: Record<string, Sampler> = {}
  for (const [role, model] of Object.entries(stage.needs ?? {}))
    others[role] = await host.sampler(model === 'base' ? base : model.folder)
  const recorded: RecordedBatch[] = []
  try {
    await runStep(stage, {
      step: 0,
      progress: 0,
      clock: processClock,
      signal: new AbortController().signal,
      task: coinTask,
      vocab: await readTokenizer(base),
      history: new KeyedHistory(),
      rng: (purpose, ...key) => stream(1, stage.id, purpose, ...key),
      seed: (purpose, ...key) => hash32([1, stage.id, purpose, ...key].join('/')),
      trainer: listening(trainer, recorded),
      others,
    })
  } finally {
    for (const sampler of Object.values(others)) await sampler.dispose()
    await trainer.dispose()
  }
  return recorded
}

const listening = (trainer: Trainer, heard: RecordedBatch[]): Trainer => ({
  id: trainer.id,
  forward: (...batch) => trainer.forward(...batch),
  forwardBackward(batch, loss, coefficients = {}) {
    heard.push({ batch, coefficients })
    return trainer.forward(batch, loss, coefficients)
  },
  optimStep: async () => ({ gradNorm: 0 }),
  sampler: () => trainer.sampler(),
  save: (folder) => trainer.save(folder),
  load: (checkpoint) => trainer.load(checkpoint),
  dispose: async () => {},
})

// What a cold process does before its first result: makes the small model and finishes one training step of
// reinforcement learning. `gradus bench --cold` runs it, prints `step 1`, and is timed from outside (cold-start.ts).
import type { Clock } from '../contracts/index.ts'
import type { EmbeddedModel } from '../engine/embedded-model.ts'
import { EmbeddedTrainer } from '../engine/embedded-trainer.ts'
import { adamwConfig } from '../optim/index.ts'
import { type GrpoStepSeconds, grpoStep } from './measure-grpo.ts'
import { benchModel, benchSizes } from './sizes.ts'
import { GRPO_PROMPTS, rolloutPlans } from './workload.ts'

/** One step of 256 rollouts, by default with the fresh 0.8M model. */
export async function runColdStep(
  clock: Clock,
  model: EmbeddedModel = benchModel(benchSizes[0]),
): Promise<GrpoStepSeconds> {
  const trainer = new EmbeddedTrainer(model, { optimizer: adamwConfig.parse({ kind: 'adamw' }) })
  try {
    return await grpoStep(trainer, rolloutPlans(model.tokenizer, GRPO_PROMPTS), { clock, seed: 0, score: false })
  } finally {
    await trainer.dispose()
  }
}

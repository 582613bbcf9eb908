// verl's own settings beside those of GRPO, and all of them together.
import { z } from 'zod'
import { grpoConfig } from './grpo-config.ts'
import { environmentField, extraField, promptField } from './launch-fields.ts'

const ownFields = {
  prompt: promptField('chat'),
  // verl is built against one CUDA and one vLLM: its images hold it, pip would build for an hour.
  environment: environmentField([]),
  verl: z
    .strictObject({
      nodes: z.int().min(1).default(1).describe('Nodes that train.'),
      gpusPerNode: z.int().min(1).default(8).describe('GPUs of each.'),
      tensorParallel: z.int().min(1).default(1).describe('GPUs that share one copy of the model when sampling.'),
      engine: z.enum(['vllm', 'sglang', 'hf']).default('vllm').describe('What samples.'),
      memory: z.number().positive().max(1).default(0.5).describe("Share of a GPU's memory for sampling."),
      microBatch: z.int().min(1).default(8).describe('Completions that a GPU takes at once when training.'),
      maxPromptTokens: z.int().min(1).default(512).describe('Longest prompt; a longer one ends the job.'),
      unscored: z
        .number()
        .default(0)
        .describe('Reward of a completion without a verdict, since verl knows none without.'),
      output: z.string().min(1).default('output').describe('Folder on the cluster for checkpoints.'),
      extra: extraField(),
    })
    .prefault({}),
}

/** GRPO's settings and verl's own. */
export const verlSchema = grpoConfig.extend(ownFields)

/** Resolved. */
export type VerlLaunchConfig = z.infer<typeof verlSchema>

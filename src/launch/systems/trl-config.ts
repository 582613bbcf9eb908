// TRL's own settings beside those of GRPO, and all of them together.
import { z } from 'zod'
import { grpoConfig } from './grpo-config.ts'
import { environmentField, extraField, promptField } from './launch-fields.ts'

const ownFields = {
  prompt: promptField('chat'),
  environment: environmentField(['trl==1.9.0', 'datasets>=4.7.0']),
  trl: z
    .strictObject({
      processes: z.int().min(1).default(1).describe('Processes that train, one a GPU.'),
      perDevice: z.int().min(1).default(8).describe('Completions that one process trains on at once.'),
      gpus: z.number().min(0).nullable().default(null).describe('GPUs that the job reserves; null for one a process.'),
      vllm: z
        .boolean()
        .default(false)
        .describe('Sample with vLLM, in the same processes; add trl[vllm] to the packages.'),
      output: z
        .string()
        .min(1)
        .default('output')
        .describe(
          "Folder on the cluster for checkpoints and the model; one that all nodes share outlives the job's own.",
        ),
      extra: extraField(),
    })
    .prefault({}),
}

/** GRPO's settings and TRL's own. */
export const trlSchema = grpoConfig.extend(ownFields)

/** Resolved. */
export type TrlLaunchConfig = z.infer<typeof trlSchema>

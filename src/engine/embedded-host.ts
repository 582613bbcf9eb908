// Gives the stages of a recipe their models on the embedded engine.

import { z } from 'zod'
import { GradusError } from '../base/error.ts'
import type { Host, Sampler, Trainer, Update } from '../contracts/index.ts'
import { type LoraConfig, loraConfig } from '../model/lora.ts'
import { optimizerConfig } from '../optim/index.ts'
import type { CompileOptions } from '../tensor/index.ts'
import { hasOptimizer, loadModel } from './checkpoint.ts'
import { EmbeddedSampler } from './embedded-sampler.ts'
import { EmbeddedTrainer } from './embedded-trainer.ts'
import { SamplerPrograms } from './sampler-programs.ts'

/** A host whose models run in this process. */
export function embeddedHost(options: CompileOptions & { microBatchTokens?: number } = {}): Host {
  const { microBatchTokens, ...compile } = options
  return {
    async trainer(folder: string, update: Update, { resume }: { resume: boolean }): Promise<Trainer> {
      const parsed = optimizerConfig.safeParse(update.optimizer)
      if (!parsed.success)
        throw new GradusError('config/bad-optimizer', `the optimiser's settings are not right: ${parsed.error.message}`)
      const model = await loadModel(folder, { ...compile, lora: adapters(update), valueHead: update.valueHead })
      const trainer = new EmbeddedTrainer(model, { optimizer: parsed.data, microBatchTokens })
      if (resume && hasOptimizer(folder)) await trainer.load({ path: folder })
      return trainer
    },
    async sampler(folder: string): Promise<Sampler> {
      const model = await loadModel(folder, compile)
      return new EmbeddedSampler(model, model.arena, new SamplerPrograms(model))
    },
  }
}

function adapters({ lora }: Update): LoraConfig | undefined {
  if (lora === undefined) return undefined
  const parsed = loraConfig.safeParse(lora)
  if (parsed.success) return parsed.data
  throw new GradusError('config/bad-lora', `the adapters' settings are not right: ${z.prettifyError(parsed.error)}`, {
    hint: `Settings: ${Object.keys(loraConfig.shape).join(', ')}.`,
  })
}

// A model that has learnt nothing: random weights of a given shape and a character tokenizer of the task's alphabet.
import { mkdirSync } from 'node:fs'
import { writeError } from '../../base/atomic-file.ts'
import { stream } from '../../base/rng.ts'
import type { Task } from '../../contracts/index.ts'
import { saveModel } from '../../engine/checkpoint.ts'
import { embeddedModel } from '../../engine/embedded-model.ts'
import { decoderParams } from '../../model/param-spec.ts'
import { initialise, WeightArena } from '../../model/weight-arena.ts'
import { basePreset, freshModelConfig } from '../../recipes/bases.ts'
import { charTokenizer } from '../../text/index.ts'
import type { Settings } from './overrides.ts'
import { shapeSchema } from './run-shape.ts'

/** Writes the model folder; the same seed gives the same bytes. @throws `store/disk-full`, `store/not-writable` */
export async function writeFreshModel(folder: string, task: Task, shape: Settings, seed: number): Promise<void> {
  const tokenizer = charTokenizer(task.alphabet)
  const config = freshModelConfig({ ...basePreset(task), model: shapeSchema.parse(shape) }, tokenizer)
  const arena = new WeightArena(decoderParams(config))
  initialise(arena, config, stream(seed, 'init'))
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw writeError(error, folder)
  }
  await saveModel(folder, embeddedModel(config, arena, tokenizer))
}

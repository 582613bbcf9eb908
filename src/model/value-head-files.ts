// The value head on disk: a file of its own beside the model, so that the model's stays what transformers expects.
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelConfig } from './config.ts'
import { readSafetensors, writeSafetensors } from './safetensors/index.ts'
import { VALUE_HEAD } from './value-head.ts'

const FILE = 'value_head.safetensors'

export const hasValueHead = (folder: string): boolean => existsSync(join(folder, FILE))

/** Writes the head [D] into a model's folder; without one, removes what an earlier model left there. */
export async function writeValueHead(folder: string, head: Float32Array | undefined): Promise<void> {
  if (!head) return rm(join(folder, FILE), { force: true })
  await writeSafetensors(join(folder, FILE), [{ name: VALUE_HEAD, shape: [1, head.length], data: head }], {
    metadata: { format: 'pt' },
  })
}

/** The head [D] in a model's folder. @throws `model/no-file`, `model/wrong-shape`, `model/bad-safetensors` */
export async function readValueHead(
  folder: string,
  { hiddenSize }: Pick<ModelConfig, 'hiddenSize'>,
): Promise<Float32Array> {
  const file = await readSafetensors(join(folder, FILE))
  try {
    const head = new Float32Array(hiddenSize)
    await file.readInto(VALUE_HEAD, head)
    return head
  } finally {
    await file.close()
  }
}

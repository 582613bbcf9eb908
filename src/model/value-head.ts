// The value head: one number per token from its hidden state before the final norm, for losses that want 'values'.
// A file of its own beside the model, so that the model's stays what transformers expects.
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelConfig } from './config.ts'
import { type ParamSpec, whole } from './param-spec.ts'
import { readSafetensors, writeSafetensors } from './safetensors/index.ts'

/** Name of the head's parameter. */
export const VALUE_HEAD = 'value_head.weight'

const FILE = 'value_head.safetensors'

/** The head's parameter, [1, D]. Fresh heads are zero: every value is then zero, and so is what a critic's loss sends back. */
export const valueHeadParam = ({ hiddenSize }: Pick<ModelConfig, 'hiddenSize'>): ParamSpec =>
  whole(VALUE_HEAD, [1, hiddenSize])

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

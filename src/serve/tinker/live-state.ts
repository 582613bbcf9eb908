// The state of a model after its last optimiser step or load, in one file that is there whole or not at all: the adapter,
// the memory of AdamW, and the operation that led here with its answer, so that a restart cannot do it twice.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type NamedTensor, readSafetensors, writeSafetensors } from '../../model/safetensors/index.ts'
import type { AdapterTrainer } from './adapter-trainer.ts'
import type { DoneOp } from './op-log.ts'

/** The operation that a state is the result of. */
export interface LiveOp extends DoneOp {
  readonly seq: number
}

const FILE = 'live.safetensors'

/** Replaces the state. */
export async function writeLive(folder: string, trainer: AdapterTrainer, op: LiveOp): Promise<void> {
  await writeSafetensors(
    join(folder, FILE),
    [
      { name: 'weights', shape: [trainer.adapter.arena.data.length], data: trainer.adapter.arena.data },
      ...moments(trainer),
    ],
    { metadata: { step: String(trainer.optimizerState().step), op: JSON.stringify(op) } },
  )
}

/** Puts the state into a trainer; undefined when there is none yet. */
export async function readLive(folder: string, trainer: AdapterTrainer): Promise<LiveOp | undefined> {
  const path = join(folder, FILE)
  if (!existsSync(path)) return undefined
  const file = await readSafetensors(path)
  try {
    await file.readInto('weights', trainer.adapter.arena.data)
    const { arrays } = trainer.optimizerState()
    for (const [name, array] of Object.entries(arrays)) await file.readInto(name, array)
    trainer.restoreOptimizer({ step: Number(file.metadata.step), arrays })
    return JSON.parse(file.metadata.op) as LiveOp
  } finally {
    await file.close()
  }
}

/** The memory of AdamW as tensors. */
export function moments(trainer: AdapterTrainer): NamedTensor[] {
  const { arrays } = trainer.optimizerState()
  return Object.entries(arrays).map(([name, data]) => ({ name, shape: [data.length], data }))
}

// Checkpoints of a run as models to sample from: which there are, and the folder of one.
import { join } from 'node:path'
import { GradusError } from '../../../base/error.ts'
import { listCheckpoints, readCheckpoint } from '../../../store/index.ts'
import { fileStamp, stampText } from '../file-stamp.ts'
import type { LoadedModel, SampleDesk } from './sample-desk.ts'

/** Where a model lies. */
export interface CheckpointFolder {
  readonly step: number
  readonly folder: string
}

/** The checkpoint of a step. @throws `store/no-checkpoint` */
export function checkpointOf(dir: string, step: number): CheckpointFolder {
  const entries = listCheckpoints(dir)
  const found = entries.find((entry) => entry.step === step)
  if (found !== undefined) return found
  const steps = entries.map((entry) => entry.step)
  throw new GradusError('store/no-checkpoint', `the run has no checkpoint of step ${step}`, {
    hint: steps.length === 0 ? 'It has none yet.' : `It has those of steps ${steps.join(', ')}.`,
  })
}

/** Its model, for whoever's turn it is at the desk. @throws `store/damaged-checkpoint`, `model/...`, `render/...` */
export async function checkpointModel(desk: SampleDesk, { folder, step }: CheckpointFolder): Promise<LoadedModel> {
  const version = stampText(fileStamp(join(folder, 'state.json')))
  return desk.model(folder, version, () => refuseDamaged(folder, step))
}

function refuseDamaged(folder: string, step: number): void {
  const state = readCheckpoint(folder)
  if ('state' in state) return
  throw new GradusError('store/damaged-checkpoint', `the checkpoint of step ${step} cannot be used: ${state.damage}`, {
    hint: 'Restore the file from a copy, or choose another checkpoint.',
  })
}

// Finds the model that a path means: a model folder, or a checkpoint of a run directory. It loads nothing.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GradusError } from '../../base/error.ts'
import type { RunInfo } from '../../contracts/index.ts'
import { listCheckpoints, readCheckpoint, readRunInfo } from '../../store/index.ts'

/** Where a model lies. */
export interface ModelSource {
  /** Folder with config.json and weights. */
  readonly folder: string
  /** Set when it belongs to a run. */
  readonly run?: { readonly dir: string; readonly info: RunInfo; readonly step: number }
}

/**
 * The model of a path; `step` picks a checkpoint of a run, the last one by default.
 *
 * @throws `usage/no-model`, `usage/no-steps` for a step of a plain folder, `store/no-checkpoint`, `store/damaged-checkpoint`
 */
export function findModel(path: string, { step }: { step?: number } = {}): ModelSource {
  const dir = resolve(path)
  if (existsSync(join(dir, 'run.json'))) return checkpointOf(dir, step)
  // A model folder; state.json marks a checkpoint, whose files can be checked.
  if (!existsSync(join(dir, 'config.json'))) {
    throw new GradusError('usage/no-model', `${path} is neither a run directory nor a model folder`, {
      hint: 'A run directory holds run.json; a model folder holds config.json, model.safetensors and tokenizer.json.',
    })
  }
  if (step !== undefined) {
    throw new GradusError('usage/no-steps', `${path} is a model folder: it has no step ${step}`, {
      hint: 'Leave --step out, or give the run directory.',
    })
  }
  if (existsSync(join(dir, 'state.json'))) refuseDamaged(dir)
  return { folder: dir }
}

function checkpointOf(dir: string, step: number | undefined): ModelSource {
  const info = readRunInfo(dir)
  const entries = listCheckpoints(dir)
  const found = step === undefined ? entries.at(-1) : entries.find((entry) => entry.step === step)
  if (found === undefined) {
    const steps = entries.map((entry) => entry.step).join(', ')
    const what = step === undefined ? 'no checkpoint yet' : `no checkpoint of step ${step}`
    throw new GradusError('store/no-checkpoint', `${dir} has ${what}`, {
      hint: steps === '' ? `Go on with it: gradus train --resume ${dir}` : `It has those of steps ${steps}.`,
    })
  }
  refuseDamaged(found.folder)
  return { folder: found.folder, run: { dir, info, step: found.step } }
}

function refuseDamaged(folder: string): void {
  const state = readCheckpoint(folder)
  if ('state' in state) return
  throw new GradusError('store/damaged-checkpoint', `the checkpoint ${folder} cannot be used: ${state.damage}`, {
    hint: 'Restore the file from a copy, or name another checkpoint with --step.',
  })
}

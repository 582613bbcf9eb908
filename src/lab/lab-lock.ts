// One process at a time works through a lab: a run takes all cores, so two at once only wait for each other, and each would
// call the other's runs failed. The lock of a process that is gone is taken over.
import { join } from 'node:path'
import { GradusError, isGradusError } from '../base/error.ts'
import { lockRun } from '../store/lock.ts'
import { makeFolder } from './manifest.ts'

/** Locks a lab's folder, which is made; call what it returns to unlock. @throws `store/locked`, `usage/not-a-folder` */
export function lockLab(out: string): () => void {
  makeFolder(out, out)
  try {
    return lockRun(out)
  } catch (error) {
    if (!isGradusError(error) || error.code !== 'store/locked') throw error
    throw new GradusError('store/locked', `another gradus lab run is at work in ${out}`, {
      hint: `One at a time, since a run takes all cores: wait for it, stop it, or name another folder with --out. If it is surely gone, delete ${join(out, '.lock')}.`,
      cause: error,
    })
  }
}

// Finds the checkpoint that a run can go on from and brings the directory back to that moment.
// It does not open the logs and does not know what the state means.
import { realFs, type WriteFs } from '../base/atomic-file.ts'
import { GradusError } from '../base/error.ts'
import type { CheckpointState } from '../contracts/run.ts'
import { listCheckpoints, readCheckpoint, restoreInterrupted, setAside } from './checkpoints.ts'
import { stepName } from './layout.ts'
import { cutLogs, missingBytes } from './log-cutting.ts'

/** The moment that a run goes on from. */
export interface ResumePoint {
  /** Undefined: the run was stopped before its first checkpoint and starts from scratch. */
  readonly checkpoint?: { readonly folder: string; readonly state: CheckpointState }
  /** Later checkpoints that could not be used, and why. */
  readonly damaged: readonly { readonly step: number; readonly why: string }[]
}

/** The last usable checkpoint; changes nothing. Throws `store/no-checkpoint` when there are some, all damaged. */
export function findResumePoint(dir: string): ResumePoint {
  const entries = listCheckpoints(dir)
  const damaged: { step: number; why: string }[] = []
  for (const { step, folder } of entries.toReversed()) {
    const found = readCheckpoint(folder)
    const why = 'damage' in found ? found.damage : missingBytes(dir, found.state.bytes)
    if (why !== undefined) damaged.push({ step, why })
    else if ('state' in found) return { checkpoint: { folder, state: found.state }, damaged }
  }
  if (damaged.length === 0) return { damaged }
  const reasons = damaged.map(({ step, why }) => `${stepName(step)}: ${why}`).join('; ')
  throw new GradusError('store/no-checkpoint', `no checkpoint of ${dir} can be used (${reasons})`, {
    hint: 'Restore the named files from a copy, or start from scratch with --overwrite.',
  })
}

/** Brings the directory back to where its last usable checkpoint left it. Doing it twice changes nothing. */
export function rewind(dir: string, fs: WriteFs = realFs): ResumePoint {
  restoreInterrupted(dir, fs)
  const point = findResumePoint(dir)
  // Once the logs grow again, a later checkpoint's lengths would fit by accident.
  for (const { step } of point.damaged) setAside(dir, step, fs)
  cutLogs(dir, point.checkpoint?.state.bytes ?? {}, fs)
  return point
}

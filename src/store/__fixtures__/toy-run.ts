// A training run in miniature for tests: a number instead of weights, every kind of file, and a disk that dies on demand.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { realFs, type WriteFs, writeFileAtomic } from '../../base/atomic-file.ts'
import type { Clock, MetricRow, RunState } from '../../contracts/run.ts'
import { lockName } from '../lock.ts'
import { type OpenRun, openOrCreate, type RunOptions } from '../run-directory.ts'

/** A clock that moves a little with every look at it. */
export function tickingClock(): Clock {
  let now = 0
  return { nowMs: () => ++now, iso: () => new Date(Date.UTC(2026, 0, 1) + ++now).toISOString() }
}

/** Options of a run in `dir`. */
export function toyOptions(dir: string, clock: Clock = tickingClock()): RunOptions & { readonly dir: string } {
  return { dir, recipe: 'grpo', task: 'sums', config: { steps: 6, lr: 0.1 }, seeds: [1], clock, fs: quickFs }
}

/** The real file system without waiting for the disk. */
export const quickFs: WriteFs = { ...realFs, fsyncSync: () => {} }

/** Thrown by a {@link mortalFs} from its death on. */
export class Killed extends Error {}

/** A file system that dies, as a process does under kill -9, after so many calls and written bytes. */
export function mortalFs(lifetime: number): { fs: WriteFs; used(): number } {
  let used = 0
  const spend = (cost: number): number => {
    const left = lifetime - used
    if (left <= 0) throw new Killed()
    const spent = Math.min(cost, left)
    used += spent
    return spent
  }
  const costing =
    <A extends readonly unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      spend(1)
      return call(...args)
    }
  const fs: WriteFs = {
    ...quickFs,
    openSync: costing(realFs.openSync),
    writeSync: (fd, data, offset, length) => realFs.writeSync(fd, data, offset, spend(length)),
    ftruncateSync: costing(realFs.ftruncateSync),
    renameSync: costing(realFs.renameSync),
    mkdirSync: costing(realFs.mkdirSync),
    rmSync: costing(realFs.rmSync),
  }
  return { fs, used: () => used }
}

/** Opens the run in `dir`, whoever was killed there, and trains it to its end. */
export function trainToy(options: RunOptions & { readonly dir: string }): OpenRun {
  rmSync(join(options.dir, lockName), { force: true })
  const run = openOrCreate(options)
  trainSteps(run, options)
  run.close('done', 'all steps done')
  return run
}

/** The loop: six steps, a checkpoint at 2, 4 and 6, rollouts and an evaluation at odd ones. */
export function trainSteps({ sink, resumed }: OpenRun, { clock, fs = realFs }: RunOptions, until = 6): void {
  const state: RunState = resumed?.state ?? { step: 0, tokens: 0, time_s: 0, data: { cursor: 0 } }
  let weights = resumed?.checkpoint === undefined ? 1 : Number(readFileSync(join(resumed.checkpoint, 'model'), 'utf8'))
  for (let step = state.step + 1; step <= until; step++) {
    weights = (weights * 16807) % 2147483647
    const row: MetricRow = { step, time_s: clock.nowMs(), tokens: step * 10, 'reward/mean': weights / 2147483647 }
    sink.metrics(row)
    sink.span('step', clock.nowMs(), 1)
    if (step % 2 === 1) {
      const common = {
        problem: `p${step}`,
        prompt: '1+1=',
        completion: String(weights),
        verdict: 'wrong',
        reason: '',
      } as const
      sink.rollouts(step, [{ ...common, index: 0, status: 'scored', parts: {}, stop: 'eos', tokens: 3 }])
      sink.evaluation('sums', step, { right: weights }, [common])
    } else {
      writeFileAtomic(join(sink.checkpointFolder(step), 'model'), String(weights), fs)
      sink.commitCheckpoint(step, { step, tokens: step * 10, time_s: row.time_s, data: { cursor: step } })
    }
  }
}

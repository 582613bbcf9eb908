// How long processes were ready to run while others had the processors: what tells a busy machine from a program that
// sleeps. Linux counts it for each task. A program must not be able to make the number up by crowding itself out, so
// of the one task that waited longest only what the rest of its own tree cannot have caused is counted.
import { readFileSync } from 'node:fs'
import { tasksOf } from './process-usage.ts'

interface TaskTimes {
  readonly ranMs: number
  readonly waitedMs: number
}

/** Times of every task of some processes. */
export type WaitSample = ReadonlyMap<string, TaskTimes>

/** Reads the times of all tasks of these processes; undefined where the kernel does not count them. */
export function sampleWaits(pids: readonly number[]): WaitSample | undefined {
  const sample = new Map<string, TaskTimes>()
  for (const pid of pids) {
    for (const task of tasksOf(pid)) {
      const times = taskTimes(pid, task)
      if (times !== undefined) sample.set(`${pid}/${task}`, times)
    }
  }
  return sample.size === 0 ? undefined : sample
}

/** Real time that others kept these tasks waiting between two samples; `treeCpuMs` is what all of them used meanwhile. */
export function waitBetween(before: WaitSample, after: WaitSample | undefined, treeCpuMs: number): number | undefined {
  if (after === undefined) return undefined
  let longest = 0
  for (const [task, now] of after) {
    const then = before.get(task) ?? { ranMs: 0, waitedMs: 0 }
    const byOthersOfTree = Math.max(0, treeCpuMs - (now.ranMs - then.ranMs))
    longest = Math.max(longest, now.waitedMs - then.waitedMs - byOthersOfTree)
  }
  return longest
}

function taskTimes(pid: number, task: string): TaskTimes | undefined {
  try {
    const [ran, waited] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ', 2).map(Number)
    return { ranMs: ran / 1e6, waitedMs: waited / 1e6 }
  } catch {
    return undefined
  }
}

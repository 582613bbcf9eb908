// What a process and everything below it has used so far, from Linux's /proc. Elsewhere there is no answer, and callers
// fall back on real time alone. The end of a child does not hide what it used: whoever waited for it has it in its sum.
import { readdirSync, readFileSync } from 'node:fs'

/** Linux reports processor time in ticks of 10 ms to every program, whatever the kernel's own rate. */
const tickMs = 10
const pageBytes = 4096
/** More than a jail allows. */
const maxProcesses = 4096

/** Processor time and resident memory of a tree of processes. */
export interface TreeUsage {
  readonly cpuMs: number
  readonly memoryBytes: number
  /** The processes, the root first. */
  readonly pids: readonly number[]
}

/** Undefined when the root is gone or the system has no /proc. */
export function treeUsage(root: number): TreeUsage | undefined {
  const pids = [root]
  let cpuMs = 0
  let memoryBytes = 0
  for (const pid of pids) {
    const one = processUsage(pid)
    if (one === undefined && pid === root) return undefined
    // A child that ended between its parent's line and its own counts with the next sample.
    if (one === undefined) continue
    cpuMs += one.cpuMs
    memoryBytes += one.memoryBytes
    if (pids.length < maxProcesses) pids.push(...childrenOf(pid))
  }
  return { cpuMs, memoryBytes, pids }
}

/** Tasks (threads) of a process. */
export function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function processUsage(pid: number): Omit<TreeUsage, 'pids'> | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in brackets, may hold blanks: fields are counted from its end. Fields 14 to 17 are the times of itself
    // and of the children it waited for, field 24 is resident memory.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return { cpuMs: ticks * tickMs, memoryBytes: Number(fields[21]) * pageBytes }
  } catch {
    return undefined
  }
}

function childrenOf(pid: number): readonly number[] {
  return tasksOf(pid).flatMap((task) => {
    try {
      const list = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      return list.split(' ').filter(Boolean).map(Number)
    } catch {
      return []
    }
  })
}

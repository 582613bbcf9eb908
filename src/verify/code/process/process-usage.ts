// What a running process has used so far, from Linux's /proc. Elsewhere there is no answer, and callers fall back on
// real time alone.
import { readFileSync } from 'node:fs'

/** Linux reports processor time in ticks of 10 ms to every program, whatever the kernel's own rate. */
const tickMs = 10
const pageBytes = 4096

/** Processor time and resident memory of one process. */
export interface Usage {
  readonly cpuMs: number
  readonly memoryBytes: number
}

/** Undefined when the process is gone or the system has no /proc. */
export function processUsage(pid: number): Usage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in brackets, may hold blanks: fields are counted from its end. utime and stime are 14 and 15, rss 24.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * tickMs, memoryBytes: Number(fields[21]) * pageBytes }
  } catch {
    return undefined
  }
}

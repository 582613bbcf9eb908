// What a child's reply or death says of a run. A reply comes from the child's own code, yet the program may have got into
// that code, and the values in it are the program's: read with care. Who is to blame for a lack of time is decided here,
// on what the host measured, and never by what a program could say of itself.
import type { RunResult, RunStatus } from '../sandbox.ts'
import { readValue } from '../value.ts'
import { plainText } from './plain-text.ts'
import type { Used } from './process-watch.ts'
import type { Death, Reply } from './sandbox-process.ts'

const maxReason = 1000

/** `isTrusted`: the child's own code is out of the program's reach, so its word on time counts. */
export function toResult(reply: Reply, isTrusted: boolean): RunResult {
  const result = reply.kind === 'dead' ? ofDeath(reply.death, reply.detail, reply.used) : ofReply(reply, isTrusted)
  return { ...result, reason: plainText(result.reason, maxReason) }
}

function ofReply({ body, used }: Extract<Reply, { kind: 'reply' }>, isTrusted: boolean): RunResult {
  const { stdout, stderr, reason, shown, value: wire, ms, limit } = body
  const text = (part: unknown): string => (typeof part === 'string' ? part : '')
  const value = typeof wire === 'string' ? readValue(wire) : undefined
  const status = statusOf(body.status, isTrusted)
  return {
    status,
    stdout: text(stdout),
    stderr: text(stderr),
    reason: text(reason),
    // Never more than the host saw: the time of a session is counted with it.
    ms: isTrusted && typeof ms === 'number' && ms >= 0 ? Math.min(ms, used.ms) : used.ms,
    ...(value === undefined ? {} : { value, wire: text(wire) }),
    ...(shown === undefined ? {} : { shown: text(shown) }),
    ...(status === 'timeout' ? timeUsed(limit === 'wall' ? 'wall' : 'cpu', used) : {}),
  }
}

const said: readonly string[] = ['ok', 'memory', 'crash'] satisfies RunStatus[]

/** A program that could answer in its child's place must not choose a timeout, which may leave a verdict open. */
function statusOf(status: unknown, isTrusted: boolean): RunStatus {
  const isKnown = typeof status === 'string' && (said.includes(status) || (isTrusted && status === 'timeout'))
  return isKnown ? (status as RunStatus) : 'crash'
}

function ofDeath(death: Death, detail: string, used: Used): RunResult {
  const result = (status: RunStatus, reason: string, extra: Partial<RunResult> = {}): RunResult => {
    return { status, stdout: '', stderr: '', reason, ms: used.ms, ...extra }
  }
  switch (death) {
    case 'wall':
    case 'cpu':
      return result('timeout', `killed after ${detail}`, timeUsed(death, used))
    case 'memory':
      return result('memory', 'killed: it used more memory than allowed')
    case 'exit':
      if (/SIGXCPU/.test(detail)) return result('timeout', 'killed: out of processor time', timeUsed('cpu', used))
      if (/heap out of memory|out of memory/i.test(detail)) return result('memory', 'the interpreter ran out of memory')
      return result('crash', `the interpreter ended: ${detail.split('\n')[0]}`)
    case 'forged':
      return result('crash', 'wrote to the channel of results without the token of its run')
    case 'flood':
      return result('crash', 'wrote more output than allowed')
    case 'aborted':
      return result('refused', 'aborted', { isOurs: true })
    default:
      return death satisfies never
  }
}

function timeUsed(hit: 'cpu' | 'wall', used: Used): Pick<RunResult, 'limit' | 'cpuMs' | 'waitedMs'> {
  const { cpuMs, waitedMs } = used
  return {
    limit: hit === 'wall' && mayBeStarved(used) ? 'wall' : 'cpu',
    ...(cpuMs === undefined ? {} : { cpuMs }),
    ...(waitedMs === undefined ? {} : { waitedMs }),
  }
}

/**
 * False when running out of real time was the program's own doing. A program that a busy machine held up was ready to
 * run nearly all the time and had to wait for a good part of it; one that slept, stopped or waited was not. Where
 * waiting is not counted, one that got less than half of the time is taken to have slept.
 */
export function mayBeStarved({ ms, cpuMs, waitedMs }: Used): boolean {
  if (cpuMs === undefined) return true
  if (waitedMs === undefined) return cpuMs >= ms / 2
  return waitedMs >= ms / 10 && cpuMs + waitedMs >= (3 * ms) / 4
}

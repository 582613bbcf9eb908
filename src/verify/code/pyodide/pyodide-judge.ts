// The interpreter that judges asserts: a Pyodide process that never runs a program, only the dataset's asserts and
// values as plain data. It lives on between calls and is replaced when it dies. All programs share it, so a request has
// little time.
import { GradusError } from '../../../base/error.ts'
import type { AssertJudge, AssertParts, AssertVerdict } from '../judge-asserts.ts'
import type { Reply, SandboxProcess } from '../process/sandbox-process.ts'

const memory = { memoryBytes: 512 * 2 ** 20, replyLength: 16 * 2 ** 20 }
/** Processor time for one request and more for each assert in it. Real time only ends a judge that hangs. */
const cpuMs = 2000
const cpuMsEach = 20
const wallMs = 30_000

/** What values can do to a judge; all else (it did not start, it hung, the machine was busy) is not theirs. */
const valueDeaths: readonly string[] = ['cpu', 'memory', 'flood', 'exit']

/** A judge over processes that `start` gives. */
export function pyodideJudge(start: () => Promise<SandboxProcess>): AssertJudge & { close(): void } {
  let current: Promise<SandboxProcess> | undefined
  let last: Promise<unknown> = Promise.resolve()

  const ask = async (op: string, work: unknown, count: number): Promise<Readonly<Record<string, unknown>>> => {
    current ??= start()
    const asked = current
    try {
      const limits = { ...memory, wallMs, cpuMs: cpuMs + cpuMsEach * count }
      const reply = await (await asked).request({ op, work }, limits)
      if (reply.kind === 'reply' && reply.body.status === 'ok') return reply.body
      throw failure(op, reply)
    } catch (error) {
      if (current === asked) current = undefined
      asked.then((process) => process.kill()).catch(() => {})
      throw error
    }
  }
  /** One request at a time. */
  const inTurn = (op: string, work: unknown, count: number): Promise<Readonly<Record<string, unknown>>> => {
    const next = last.then(() => ask(op, work, count))
    last = next.catch(() => {})
    return next
  }

  return {
    split: async (asserts, setup) =>
      (await inTurn('split', { asserts, setup }, asserts.length)).parts as readonly AssertParts[],
    judge: async (items, setup): Promise<readonly AssertVerdict[]> => {
      const { verdicts } = await inTurn('judge', { items, setup }, items.length)
      return (verdicts as readonly (readonly [AssertVerdict['kind'], string])[]).map(([kind, reason]) => {
        return { kind, reason }
      })
    },
    close: () => {
      current?.then((process) => process.kill()).catch(() => {})
      current = undefined
    },
  }
}

function failure(op: string, reply: Reply): GradusError {
  const isOverrun = op === 'judge' && reply.kind === 'dead' && valueDeaths.includes(reply.death)
  const detail = reply.kind === 'dead' ? reply.detail : String(reply.body.reason)
  return new GradusError(
    isOverrun ? 'sandbox/judge-overrun' : 'sandbox/no-judge',
    `the asserts could not be judged: ${detail.trim()}`,
  )
}

// The interpreter that judges asserts: a Pyodide process that never runs a program, only the dataset's asserts and
// values as plain data. It lives on between calls and is replaced when it dies.
import { GradusError } from '../../../base/error.ts'
import type { AssertJudge, AssertParts, AssertVerdict } from '../judge-asserts.ts'
import type { SandboxProcess } from '../process/sandbox-process.ts'

const limits = { wallMs: 20_000, cpuMs: 5_000, memoryBytes: 512 * 2 ** 20, replyLength: 16 * 2 ** 20 }

/** A judge over processes that `start` gives. */
export function pyodideJudge(start: () => Promise<SandboxProcess>): AssertJudge & { close(): void } {
  let current: Promise<SandboxProcess> | undefined
  let last: Promise<unknown> = Promise.resolve()

  const ask = async (op: string, work: unknown): Promise<Readonly<Record<string, unknown>>> => {
    current ??= start()
    try {
      const reply = await (await current).request({ op, work }, limits)
      if (reply.kind === 'reply' && reply.body.status === 'ok') return reply.body
      const detail = reply.kind === 'dead' ? reply.detail : String(reply.body.reason)
      throw new GradusError('sandbox/no-judge', `the asserts could not be judged: ${detail}`)
    } catch (error) {
      const broken = current
      current = undefined
      broken?.then((process) => process.kill()).catch(() => {})
      throw error
    }
  }
  /** One request at a time. */
  const inTurn = (op: string, work: unknown): Promise<Readonly<Record<string, unknown>>> => {
    const next = last.then(() => ask(op, work))
    last = next.catch(() => {})
    return next
  }

  return {
    split: async (asserts, setup) => (await inTurn('split', { asserts, setup })).parts as readonly AssertParts[],
    judge: async (items, setup): Promise<readonly AssertVerdict[]> => {
      const { verdicts } = await inTurn('judge', { items, setup })
      return (verdicts as readonly (readonly [boolean, boolean | string])[]).map(([worked, said]) =>
        worked
          ? { holds: said === true, reason: said === true ? '' : 'the assertion is false' }
          : { holds: false, reason: String(said) },
      )
    },
    close: () => {
      current?.then((process) => process.kill()).catch(() => {})
      current = undefined
    },
  }
}

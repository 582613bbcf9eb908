// The port that every sandbox fills: run an untrusted program, within limits, with no network, no files and no
// environment. What a program does wrong is a status, never a throw. This file knows no language and no runtime.
import { GradusError } from '../../base/error.ts'
import type { Json } from '../../base/json.ts'
import type { Value } from './value.ts'

/** Languages that have a sandbox. */
export type Language = 'javascript' | 'python'

/** What a program may use. There is no field for files or network: a program has neither. */
export interface Limits {
  /** Real time for one run. */
  readonly wallMs: number
  /** Processor time for one run, of all its processes together. Where it cannot be read (outside Linux, for Python) only `wallMs` holds. */
  readonly cpuMs: number
  /** Memory of the program, above what its interpreter needs. */
  readonly memoryBytes: number
  /** UTF-8 bytes of stdout and stderr together; more is a crash. */
  readonly outputBytes: number
}

/** What a run may use when nothing is said. */
export const defaultLimits: Limits = { wallMs: 10_000, cpuMs: 5_000, memoryBytes: 256 * 2 ** 20, outputBytes: 2 ** 20 }

/** Nothing above this is granted. */
export const maximumLimits: Limits = {
  wallMs: 300_000,
  cpuMs: 120_000,
  memoryBytes: 1024 * 2 ** 20,
  outputBytes: 16 * 2 ** 20,
}

/** Sizes above which a program or its input is refused unread, in UTF-16 code units. */
export const maximumSizes = { code: 2 ** 20, stdin: 16 * 2 ** 20 } as const

/** How a run ended. `refused`: it was never started. */
export type RunStatus = 'ok' | 'timeout' | 'memory' | 'crash' | 'refused'

/** What a run gave back. */
export interface RunResult {
  readonly status: RunStatus
  /** Empty when the run was killed. */
  readonly stdout: string
  readonly stderr: string
  /** What a called function gave back, as plain data. */
  readonly value?: Value
  /** The same as it came over the wire, where 1 and 1.0 are not yet the same. */
  readonly wire?: string
  /** What a tool session shows of the last expression. */
  readonly shown?: string
  /** At most about a thousand characters, safe to print; empty when the status is `ok`. */
  readonly reason: string
  /**
   * Whose doing a `timeout` was, by what the host measured. `cpu`: the program's; it used up its processor time, or it
   * slept, stopped or waited until the real time was over. `wall`: real time ran out and the machine may have been busy.
   */
  readonly limit?: 'cpu' | 'wall'
  /** Of a timeout: processor time that the program's processes used, where it can be read. */
  readonly cpuMs?: number
  /** Of a timeout: real time that they were ready to run while others had the processors, where it can be read. */
  readonly waitedMs?: number
  /** True when the sandbox itself failed (no process could be started), so nothing is said about the program. */
  readonly isOurs?: boolean
  /** Real time. */
  readonly ms: number
}

/** One thing to do with a program; each starts from a fresh state. */
export type Work =
  /** Run it as a script that reads `stdin`. */
  | { readonly kind: 'script'; readonly stdin: string }
  /** Run it, then call `name` (`f`, or `Class.method` on a new instance). */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Json[] }
  /** Run it after `setup`, then evaluate expressions in order in its namespace, each guarded; the value is their list. */
  | { readonly kind: 'evaluate'; readonly expressions: readonly string[]; readonly setup?: string }

/** A program and what it may use. */
export interface Program {
  readonly code: string
  readonly stdin?: string
  readonly limits?: Partial<Limits>
}

/** Settings of one request to a sandbox. */
export interface RunOptions {
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
  /** Called after each piece of work; `false` leaves the rest undone. */
  readonly goOn?: (result: RunResult, index: number) => boolean
}

/** Runs untrusted programs of one language. Safe to call many times at once; calls queue. */
export interface Sandbox {
  readonly id: string
  readonly language: Language
  /** Runs a program once as a script. Never rejects, except for a missing package (`sandbox/missing-package`). */
  run(program: Program, options?: { readonly signal?: AbortSignal }): Promise<RunResult>
  /** Does several pieces of work with one program, in order. Results stop early when `goOn` says so. */
  runAll(code: string, work: readonly Work[], options?: RunOptions): Promise<readonly RunResult[]>
  /** A new interpreter that keeps its state between runs. */
  openSession(options?: SessionOptions): Promise<Session>
  /** Ends every process, those at work too; what they were doing is `refused` and marked as ours. */
  close(): Promise<void>
}

/** Settings of a tool session. */
export interface SessionOptions {
  /** Limits of one run. */
  readonly limits?: Partial<Limits>
  /** Runs that the session allows, replayed ones included. Default 200. */
  readonly maxRuns?: number
  /** Real time of all runs together. Default ten times `wallMs`. */
  readonly totalMs?: number
}

/** A conversation with one interpreter. */
export interface Session {
  readonly language: Language
  /** Runs code in the state that earlier runs left. After a kill every further run is `refused`. */
  run(code: string, options?: { readonly signal?: AbortSignal }): Promise<SessionResult>
  /** A second session in the state of this call: a fresh interpreter that replays the runs before it. */
  fork(): Promise<Session>
  close(): Promise<void>
}

/** What one run of a session gave back. */
export interface SessionResult {
  readonly status: RunStatus
  readonly stdout: string
  /** The last expression as the language shows it; empty when there is none. */
  readonly value: string
  /** What went wrong; empty when nothing did. */
  readonly error: string
  readonly ms: number
}

/** Fills in defaults; throws `sandbox/bad-limit` for a limit that is not a positive number within the maximum. */
export function resolveLimits(given: Partial<Limits> = {}): Limits {
  const limits = { ...defaultLimits, ...given }
  for (const name of ['wallMs', 'cpuMs', 'memoryBytes', 'outputBytes'] as const) {
    if (!(limits[name] > 0 && limits[name] <= maximumLimits[name])) {
      throw new GradusError('sandbox/bad-limit', `${name} is ${limits[name]}`, {
        hint: `Give a number above 0 and at most ${maximumLimits[name]}.`,
      })
    }
  }
  return limits
}

/** A run that was not started. */
export function refuse(reason: string): RunResult {
  return { status: 'refused', stdout: '', stderr: '', reason, ms: 0 }
}

// A sandbox made of child processes: lends one to a program, sends its pieces of work one by one, turns replies and
// deaths into results, and goes on in a new process after a death. It knows no language and no runtime; an adapter
// says how a process starts and whether one that answered well may serve another program.
import { GradusError, messageOf } from '../../../base/error.ts'
import {
  type Language,
  type Limits,
  maximumSizes,
  type Program,
  type RunOptions,
  type RunResult,
  refuse,
  resolveLimits,
  type Sandbox,
  type Session,
  type SessionOptions,
  type Work,
} from '../sandbox.ts'
import { plainText } from './plain-text.ts'
import { ProcessPool } from './process-pool.ts'
import { ProcessSession } from './process-session.ts'
import { toResult } from './run-result.ts'
import type { RequestLimits, SandboxProcess } from './sandbox-process.ts'

/** What an adapter says of its processes. */
export interface ProcessKind {
  readonly id: string
  readonly language: Language
  /** Starts a process whose programs may use up to this much memory; rejects when it cannot. */
  readonly start: (memoryBytes: number) => Promise<SandboxProcess>
  /**
   * True when a program cannot get into the process's own code: one that answered well may then run another program,
   * and what it says of time is believed.
   */
  readonly isReusable: boolean
  /** Processes at work at once. */
  readonly size: number
  /** Processes started ahead. */
  readonly spares: number
  /** Real time beyond `wallMs` before the parent kills; above 0 where the child ends a run by itself. */
  readonly graceMs: number
  /** Resident memory that a run may gain besides `memoryBytes`: heaps of the runtime, compiled code, replies. */
  readonly slackBytes: number
  /** Clears what the adapter made, such as temporary files. */
  readonly dispose?: () => void
}

const seed = 1
const maxServed = 200

/** A sandbox over child processes. */
export class ProcessSandbox implements Sandbox {
  readonly #kind: ProcessKind
  readonly #pools = new Map<number, ProcessPool>()
  readonly #sessions = new Set<ProcessSession>()
  #isClosed = false

  constructor(kind: ProcessKind) {
    this.#kind = kind
  }

  get id(): string {
    return this.#kind.id
  }

  get language(): Language {
    return this.#kind.language
  }

  async run(program: Program, options: { readonly signal?: AbortSignal } = {}): Promise<RunResult> {
    const work: Work = { kind: 'script', stdin: program.stdin ?? '' }
    return (await this.runAll(program.code, [work], { ...options, limits: program.limits }))[0]
  }

  async runAll(code: string, work: readonly Work[], options: RunOptions = {}): Promise<readonly RunResult[]> {
    const limits = resolveLimits(options.limits)
    const results: RunResult[] = []
    const pool = this.#poolFor(limits.memoryBytes)
    let lent: SandboxProcess | undefined
    try {
      for (const [index, item] of work.entries()) {
        let result = this.#refusal(code, item, options.signal)
        if (result === undefined) {
          try {
            lent ??= await this.#lend(pool, code)
            result = await this.#request(lent, { op: 'case', work: item, limits, seed }, limits, options.signal)
          } catch (error) {
            if (isMissingPackage(error)) throw error
            result = this.#isClosed ? closed : { ...refuse(sayWithHint(error)), isOurs: true }
          }
        }
        results.push(result)
        if (lent !== undefined && !lent.isAlive) {
          pool.release(lent, false)
          lent = undefined
        }
        if (options.goOn?.(result, index) === false) break
      }
    } finally {
      if (lent !== undefined) pool.release(lent, this.#kind.isReusable)
    }
    return results
  }

  async openSession(options: SessionOptions = {}): Promise<Session> {
    const limits = resolveLimits(options.limits)
    const session = await ProcessSession.open({
      language: this.language,
      limits,
      maxRuns: options.maxRuns ?? 200,
      totalMs: options.totalMs ?? 10 * limits.wallMs,
      start: async () => {
        const started = this.#isClosed ? undefined : await this.#kind.start(memoryClass(limits.memoryBytes))
        if (started !== undefined && !this.#isClosed) return started
        started?.kill()
        throw new GradusError('sandbox/closed', 'the sandbox is closed')
      },
      request: (process, code, signal) => this.#request(process, { op: 'run', code, limits, seed }, limits, signal),
      onOpen: (opened) => this.#sessions.add(opened),
      onClose: (ended) => this.#sessions.delete(ended),
    })
    return session
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#sessions].map((session) => session.close()))
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()))
    this.#kind.dispose?.()
  }

  #refusal(code: string, work: Work, signal: AbortSignal | undefined): RunResult | undefined {
    if (this.#isClosed) return closed
    if (signal?.aborted) return { ...refuse('aborted'), isOurs: true }
    if (code.length > maximumSizes.code) return refuse(`the program is longer than ${maximumSizes.code} characters`)
    if (work.kind === 'script' && work.stdin.length > maximumSizes.stdin) return refuse('the input is too long')
    if (work.kind === 'call' && !isCallable(work.name)) return refuse('the name of the function is not a name')
    return undefined
  }

  async #lend(pool: ProcessPool, code: string): Promise<SandboxProcess> {
    const lent = await pool.acquire()
    const sent = await lent.request({ op: 'program', code }, { ...handover, memoryBytes: Number.POSITIVE_INFINITY })
    if (sent.kind === 'reply') return lent
    pool.release(lent, false)
    throw new GradusError('sandbox/no-start', `the sandbox ended before the program ran: ${sent.detail}`)
  }

  async #request(
    process: SandboxProcess,
    body: Readonly<Record<string, unknown>>,
    limits: Limits,
    signal: AbortSignal | undefined,
  ): Promise<RunResult> {
    const { graceMs, slackBytes } = this.#kind
    const reply = await process.request(body, {
      wallMs: limits.wallMs + graceMs,
      cpuMs: limits.cpuMs + graceMs,
      memoryBytes: limits.memoryBytes + slackBytes,
      // JSON writes a byte as at most six characters; values come on top of output.
      replyLength: 6 * limits.outputBytes + maxValueLength,
      signal,
    })
    // Whatever a process that was ended by close() says of its end, it is not the program's.
    if (this.#isClosed && reply.kind === 'dead') return closed
    if (reply.kind === 'reply' && reply.body.isBroken === true) process.kill()
    return toResult(reply, this.#kind.isReusable)
  }

  /** One pool for each size of memory; sizes are rounded up, so there are few. */
  #poolFor(memoryBytes: number): ProcessPool {
    const size = memoryClass(memoryBytes)
    let pool = this.#pools.get(size)
    if (pool === undefined) {
      const { start, size: places, spares } = this.#kind
      pool = new ProcessPool({ start: () => start(size), size: places, spares, maxServed })
      this.#pools.set(size, pool)
    }
    return pool
  }
}

const maxValueLength = 32 * 2 ** 20
const handover: Omit<RequestLimits, 'memoryBytes'> = { wallMs: 60_000, cpuMs: 60_000, replyLength: 1 << 16 }

const memoryClass = (bytes: number): number => 2 ** Math.ceil(Math.log2(Math.max(bytes, 64 * 2 ** 20)))

const closed: RunResult = { ...refuse('the sandbox is closed'), isOurs: true }

function sayWithHint(error: unknown): string {
  const hint = error instanceof GradusError ? error.hint : undefined
  // The message may quote what a child wrote.
  const message = plainText(messageOf(error), 2000)
  return hint === undefined ? message : `${message}. ${hint}`
}

function isMissingPackage(error: unknown): boolean {
  return error instanceof GradusError && error.code === 'sandbox/missing-package'
}

/** Dotted identifiers; everything else would be code. */
const isCallable = (name: string): boolean =>
  name.length <= 200 && /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,8}$/.test(name)

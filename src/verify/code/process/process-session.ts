// A tool session over one child process. It keeps the history of runs that changed the state, so that a fork can
// replay them in a fresh interpreter; a fork whose replay answers differently is refused rather than handed out.
import { GradusError, messageOf } from '../../../base/error.ts'
import type { Language, Limits, RunResult, Session, SessionResult } from '../sandbox.ts'
import { maximumSizes } from '../sandbox.ts'
import { plainText } from './plain-text.ts'
import type { SandboxProcess } from './sandbox-process.ts'

/** What a session needs of its sandbox. */
export interface SessionHost {
  readonly language: Language
  readonly limits: Limits
  readonly maxRuns: number
  readonly totalMs: number
  readonly start: () => Promise<SandboxProcess>
  readonly request: (process: SandboxProcess, code: string, signal?: AbortSignal) => Promise<RunResult>
  readonly onOpen: (session: ProcessSession) => void
  readonly onClose: (session: ProcessSession) => void
}

interface Past {
  readonly code: string
  readonly result: SessionResult
}

/** One interpreter and what was run in it. */
export class ProcessSession implements Session {
  readonly #host: SessionHost
  readonly #process: SandboxProcess
  readonly #history: Past[] = []
  #runs = 0
  #spentMs = 0
  /** The end of the line of runs: an interpreter does one thing at a time. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(host: SessionHost, process: SandboxProcess) {
    this.#host = host
    this.#process = process
    host.onOpen(this)
  }

  static async open(host: SessionHost): Promise<ProcessSession> {
    return new ProcessSession(host, await host.start())
  }

  get language(): Language {
    return this.#host.language
  }

  run(code: string, { signal }: { readonly signal?: AbortSignal } = {}): Promise<SessionResult> {
    const next = this.#last.then(() => this.#runNow(code, signal))
    this.#last = next
    return next
  }

  async fork(): Promise<Session> {
    await this.#last
    // What runs after this call is no part of the fork: the history grows while the fork replays.
    const history = [...this.#history]
    if (!this.#process.isAlive) {
      throw new GradusError('sandbox/session-over', 'the session has ended, so there is no state to fork', {
        hint: 'Open a new session.',
      })
    }
    const copy = await ProcessSession.open(this.#host)
    for (const { code, result } of history) {
      const again = await copy.run(code)
      if (!isSame(again, result)) {
        await copy.close()
        throw new GradusError('sandbox/fork-diverged', `a replayed run answered otherwise: ${quote(code)}`, {
          hint: 'The code reads the clock or an address; only sessions that answer the same again can be forked.',
        })
      }
    }
    return copy
  }

  async close(): Promise<void> {
    this.#process.kill()
    this.#host.onClose(this)
  }

  async #runNow(code: string, signal: AbortSignal | undefined): Promise<SessionResult> {
    const refusal = this.#refusal(code, signal)
    if (refusal !== undefined) return { status: 'refused', stdout: '', value: '', error: refusal, ms: 0 }
    this.#runs++
    let result: SessionResult
    try {
      const { status, stdout, stderr, reason, shown = '', ms } = await this.#host.request(this.#process, code, signal)
      const errors = plainText(stderr)
      const said = status === 'ok' || errors.includes(reason) ? errors : `${errors}${reason}`
      result = { status, stdout, value: shown, error: said.trim(), ms }
      this.#spentMs += status === 'timeout' ? this.#host.limits.wallMs : ms
    } catch (error) {
      result = { status: 'crash', stdout: '', value: '', error: messageOf(error), ms: 0 }
    }
    // A run that failed may have changed the state before it did, so it is part of the history too.
    if (this.#process.isAlive) this.#history.push({ code, result })
    else await this.close()
    return result
  }

  #refusal(code: string, signal: AbortSignal | undefined): string | undefined {
    if (!this.#process.isAlive) return 'the session has ended'
    if (signal?.aborted) return 'aborted'
    if (code.length > maximumSizes.code) return `the code is longer than ${maximumSizes.code} characters`
    if (this.#runs >= this.#host.maxRuns) return `the session is limited to ${this.#host.maxRuns} runs`
    if (this.#spentMs >= this.#host.totalMs) return `the session is limited to ${this.#host.totalMs} ms`
    return undefined
  }
}

function isSame(a: SessionResult, b: SessionResult): boolean {
  return a.status === b.status && a.stdout === b.stdout && a.value === b.value && a.error === b.error
}

const quote = (code: string): string => JSON.stringify(code.length > 60 ? `${code.slice(0, 60)}...` : code)

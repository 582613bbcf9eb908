// One child process that answers requests, one line of JSON each, over pipes that the program inside does not have.
// Every request carries a fresh random token that only the child's own code sees; a reply without it is a forgery.
// Requests go to descriptor 3 and replies come from 4: 0 to 2 are the runtime's, which makes them non-blocking at will.
// The parent watches time, the processor time and memory of the whole tree, and reply size, and kills the tree.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Readable, Writable } from 'node:stream'
import { GradusError } from '../../../base/error.ts'
import { withoutStrays } from './inherited-descriptors.ts'
import type { Command } from './node-command.ts'
import { treeUsage } from './process-usage.ts'
import { ProcessWatch, type Used } from './process-watch.ts'

/** What one request may use. */
export interface RequestLimits {
  readonly wallMs: number
  /** Processor time of the process and everything below it. */
  readonly cpuMs: number
  /** Resident memory that they may gain together. */
  readonly memoryBytes: number
  /** Length of the reply. */
  readonly replyLength: number
  readonly signal?: AbortSignal
}

/** Why a process had to go. */
export type Death = 'wall' | 'cpu' | 'memory' | 'exit' | 'forged' | 'flood' | 'aborted'

/** What became of a request, and what it took. */
export type Reply =
  | { readonly kind: 'reply'; readonly body: Readonly<Record<string, unknown>>; readonly used: Used }
  | { readonly kind: 'dead'; readonly death: Death; readonly detail: string; readonly used: Used }

const watchEveryMs = 50
/** Time to read what came in while the host itself was busy. */
const lateReadingMs = 1000
const maxStderr = 4000

/** A started child. Give it one request at a time. */
export class SandboxProcess {
  readonly #child: ChildProcess
  readonly #requests: Writable
  #received = ''
  #stderr = ''
  #isDead = false
  #onLine: ((line: string) => void) | undefined
  #onDeath: ((death: Death, detail: string) => void) | undefined
  #maxLength = 1 << 16

  /** Requests answered so far. */
  served = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    const [, , errors, requests, replies] = child.stdio as unknown as [null, null, Readable, Writable, Readable]
    this.#requests = requests
    // A child that died has closed its pipes; its death is reported by 'exit'.
    requests.on('error', () => {})
    replies.on('error', () => {})
    errors.on('error', () => {})
    replies.setEncoding('utf8').on('data', (text: string) => this.#receive(text))
    errors.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-maxStderr)
    })
    child.on('error', (error) => this.#die('exit', error.message))
    child.on('close', (code, signal) => this.#die('exit', `${signal ?? `code ${code}`}\n${this.#stderr}`))
    setReferenced(child, false)
  }

  /** Starts the command and waits until it says that it is ready; throws `sandbox/no-start`. */
  static async start(command: Command, startMs: number): Promise<SandboxProcess> {
    const child = withoutStrays(['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], (stdio) =>
      spawn(command.file, [...command.args], { cwd: '/', detached: true, env: {}, stdio, windowsHide: true }),
    )
    const started = new SandboxProcess(child)
    const reply = await started.#await(
      { wallMs: startMs, cpuMs: startMs, memoryBytes: Number.POSITIVE_INFINITY, replyLength: 1 << 16 },
      (line) => line === '{"ready":true}',
    )
    if (reply.kind === 'reply') return started
    throw new GradusError('sandbox/no-start', `the sandbox did not start (${reply.death}): ${reply.detail.trim()}`, {
      hint: 'Run the command again; if it stays, see docs/sandboxes.md.',
    })
  }

  get isAlive(): boolean {
    return !this.#isDead
  }

  /** Sends one request and waits for its reply or the end of the process. Never rejects. */
  async request(body: Readonly<Record<string, unknown>>, limits: RequestLimits): Promise<Reply> {
    if (this.#isDead) return { kind: 'dead', death: 'exit', detail: 'the process has ended', used: { ms: 0 } }
    const token = randomBytes(16).toString('hex')
    this.#requests.write(`${JSON.stringify({ ...body, token })}\n`)
    const reply = await this.#await(limits, (line) => hasToken(line, token))
    this.served++
    return reply
  }

  /** Ends the process and everything it started; a request that it works on is over. */
  kill(): void {
    this.#die('exit', 'it was ended')
  }

  #await(limits: RequestLimits, isGenuine: (line: string) => boolean): Promise<Reply> {
    return new Promise((resolve) => {
      setReferenced(this.#child, true)
      this.#maxLength = limits.replyLength
      const watch = new ProcessWatch(this.#child.pid, limits)
      const abort = (): void => this.#die('aborted', 'aborted')
      const settle = (reply: Reply): void => {
        clearTimeout(wall)
        clearInterval(looks)
        limits.signal?.removeEventListener('abort', abort)
        this.#onLine = undefined
        this.#onDeath = undefined
        this.#received = ''
        setReferenced(this.#child, false)
        resolve(reply)
      }
      const outOfTime = (): void => this.#die('wall', `${limits.wallMs} ms of real time`)
      let wall = setTimeout(() => {
        // A timer that comes late says that the host was busy: the reply may lie in the pipe, unread.
        const late = watch.ms - limits.wallMs
        if (late < watchEveryMs) outOfTime()
        else wall = setTimeout(outOfTime, Math.min(late, lateReadingMs))
      }, limits.wallMs)
      const looks = setInterval(() => {
        const excess = watch.excess()
        if (excess === 'cpu') this.#die('cpu', `${limits.cpuMs} ms of processor time`)
        else if (excess === 'memory') this.#die('memory', 'resident memory')
      }, watchEveryMs)
      this.#onDeath = (death, detail) => settle({ kind: 'dead', death, detail, used: watch.used() })
      this.#onLine = (line) => {
        const body = isGenuine(line) ? parse(line) : undefined
        if (body === undefined) this.#die('forged', 'a reply without the token of this run')
        // Only of a run that hit a limit more is asked than real time, and each look costs a little.
        else settle({ kind: 'reply', body, used: body.status === 'timeout' ? watch.used() : { ms: watch.ms } })
      }
      if (this.#isDead) settle({ kind: 'dead', death: 'exit', detail: this.#stderr, used: watch.used() })
      else if (limits.signal?.aborted) abort()
      else limits.signal?.addEventListener('abort', abort)
    })
  }

  #receive(text: string): void {
    if (this.#isDead) return
    const endInText = text.indexOf('\n')
    const end = endInText < 0 ? -1 : this.#received.length + endInText
    this.#received += text
    if (end < 0) {
      if (this.#received.length > this.#maxLength) this.#die('flood', 'the reply is too long')
      return
    }
    const line = this.#received.slice(0, end)
    // One request has one reply: what comes beside it was not written by the child's own code.
    if (this.#onLine === undefined || end + 1 < this.#received.length) this.#die('forged', 'more than one reply')
    else if (line.length > this.#maxLength) this.#die('flood', 'the reply is too long')
    else this.#onLine(line)
  }

  #die(death: Death, detail: string): void {
    if (this.#isDead) return
    this.#isDead = true
    // First the report, which reads what a living process has used.
    this.#onDeath?.(death, detail)
    killTree(this.#child)
  }
}

/** The token stands first, at a fixed place, so that a reply is judged before it is parsed. */
function hasToken(line: string, token: string): boolean {
  return line.startsWith(`{"token":"${token}",`)
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}

/** The group, and where it can be seen whatever below the child has left the group. */
function killTree({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined) return
  const isRunning = exitCode === null && signalCode === null
  const below = isRunning ? (treeUsage(pid)?.pids.slice(1) ?? []) : []
  for (const target of [process.platform === 'win32' ? pid : -pid, ...below]) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // Already gone.
    }
  }
}

/** An idle child must not keep its parent alive; a busy one must. */
function setReferenced(child: ChildProcess, isBusy: boolean): void {
  for (const handle of [child, ...child.stdio] as ({ ref?: () => void; unref?: () => void } | null)[]) {
    if (isBusy) handle?.ref?.()
    else handle?.unref?.()
  }
}

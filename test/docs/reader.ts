// Somebody who types a page's commands into one shell, block after block, as they stand there. A server that is started
// with `&` goes on while the next block is typed, which the reader does once it has said what the page shows.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'

/** What came of a block. */
export interface Done {
  /** Of the shell: null while it goes on, as it does unless a command failed. */
  readonly code: number | null
  readonly printed: string
}

/** Longest time for a block. */
const patienceMs = 150_000

/** A shell and who sits at it. */
export class Reader {
  readonly #child: ChildProcess
  readonly #ended: Promise<number | null>
  #printed = ''
  #blocks = 0

  /** `env` is all that the shell knows. */
  constructor(folder: string, env: Readonly<Record<string, string | undefined>>) {
    // A group of its own, so that nothing outlives it.
    this.#child = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, env: { ...env }, detached: true })
    this.#ended = new Promise((settle) => this.#child.on('close', settle))
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#printed += text
      })
    this.#child.stdin?.on('error', () => {})
    this.#child.stdin?.write('exec 2>&1\nset -e\n')
  }

  /** Types a block and waits for its end and, where it leaves something running, until that is ready by what it printed. */
  async type(block: string, isReady: (printed: string) => boolean): Promise<Done> {
    this.#blocks++
    const from = this.#printed.length
    const mark = `@@ end of block ${this.#blocks}`
    // What was told to end is given the time, and has to end well.
    const typed = /^kill %1$/m.test(block) ? `${block}\nwait %1` : block
    // In braces, so that no command reads the next ones from the shell's input.
    this.#child.stdin?.write(`{\n${typed}\n} </dev/null\nprintf '\\n%s\\n' '${mark}'\n`)
    const isOver = (): boolean => this.#printed.includes(mark)
    const done = (): string => this.#printed.slice(from).replace(`\n${mark}\n`, '')
    const leavesRunning = / &(?:\s+#.*)?$/m.test(block)
    for (let waited = 0; waited < patienceMs; waited += 20) {
      if (this.#child.exitCode !== null) return { code: await this.#ended, printed: done() }
      if (isOver() && (!leavesRunning || isReady(done()))) break
      await wait(20)
    }
    return { code: isOver() ? null : -1, printed: done() }
  }

  /** Leaves. What still runs then is printed: a page should end what it began. */
  async leave(): Promise<Done> {
    const from = this.#printed.length
    this.#child.stdin?.end('jobs -r\nexit 0\n')
    const code = await Promise.race([this.#ended, wait(5_000, -1, { ref: false })])
    this.kill()
    return { code, printed: this.#printed.slice(from).trim() }
  }

  /** Ends the shell and all that it began. */
  kill(): void {
    if (this.#child.pid === undefined) return
    try {
      process.kill(-this.#child.pid, 'SIGKILL')
    } catch {
      // It was gone.
    }
  }
}

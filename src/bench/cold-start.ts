// From a cold command to its first sign of work: starts a process and waits for a line that says so.
import { spawn } from 'node:child_process'
import { GradusError } from '../base/error.ts'
import type { Clock } from '../contracts/index.ts'

/** What to start and what to wait for. */
export interface ColdCommand {
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]]
  /** A line of stdout or stderr that holds this text ends the measurement. */
  readonly marker: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Default two minutes. */
  readonly timeoutMs?: number
}

/** Lines of output shown when the marker never comes. */
const TAIL = 10

/**
 * Seconds from the start of the process to the marker; the process is then ended.
 * @throws `engine/cold-start` when it ends, fails to start or takes too long before that
 */
export function measureColdStart(
  { command, marker, cwd, env, timeoutMs = 120_000 }: ColdCommand,
  clock: Clock,
): Promise<number> {
  const [program, ...args] = command
  return new Promise((settle, reject) => {
    const start = clock.nowMs()
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const lines: string[] = []
    let isOver = false
    const finish = (act: () => void): void => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      child.kill('SIGKILL')
      act()
    }
    const fail = (why: string, cause?: unknown): void =>
      finish(() =>
        reject(
          new GradusError('engine/cold-start', `"${command.join(' ')}" ${why} before a line with "${marker}"`, {
            hint: `Run the command by hand. Its last lines:\n${lines.slice(-TAIL).join('\n')}`,
            cause,
          }),
        ),
      )
    const timer = setTimeout(() => fail(`ran ${timeoutMs / 1000} s`), timeoutMs)
    for (const stream of [child.stdout, child.stderr]) {
      let open = ''
      stream.setEncoding('utf8').on('data', (text: string) => {
        const parts = (open + text).split('\n')
        open = parts.pop() ?? ''
        for (const line of parts) {
          lines.push(line)
          if (line.includes(marker)) finish(() => settle((clock.nowMs() - start) / 1000))
        }
      })
    }
    child.on('error', (error) => fail('did not start', error))
    // `close`, not `exit`: by then all output has been read.
    child.on('close', (code, signal) => fail(`ended with ${code ?? signal}`))
  })
}

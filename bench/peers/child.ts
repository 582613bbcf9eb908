// One side of a comparison as a process: its lines with their times, and the JSON of its last line.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
/** The interpreter of scripts/python-env.sh. */
export const python = resolve(root, process.env.GRADUS_PYTHON_ENV ?? '.venv', 'bin/python')
export const hasPython = existsSync(python)

/** A program with its arguments, run in the root of the repository. */
export type Command = readonly [string, ...string[]]

/** What builds the package; the folder for it follows. */
export const build = ['node_modules/tsx/dist/cli.mjs', 'scripts/build.ts'] as const

export const tsx = (script: string, ...args: string[]): Command => [
  process.execPath,
  'node_modules/tsx/dist/cli.mjs',
  `bench/peers/${script}`,
  ...args,
]
export const peer = (script: string, ...args: string[]): Command => [python, `bench/peers/${script}`, ...args]

/** What a process printed and how long it took. */
export interface ChildResult {
  /** Lines of stdout with seconds since the process was started. */
  readonly lines: readonly { readonly text: string; readonly seconds: number }[]
  readonly seconds: number
  readonly code: number | null
}

/** A process under way. */
export interface Child {
  readonly done: Promise<ChildResult>
  /** Asks it to end. */
  stop(): void
}

/** Starts a process; `done` rejects with its stderr when it fails without having been stopped. */
export function start([program, ...args]: Command): Child {
  const begun = performance.now()
  const since = (): number => (performance.now() - begun) / 1000
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: { text: string; seconds: number }[] = []
  let open = ''
  let errors = ''
  let isStopped = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (open + text).split('\n')
    open = parts.pop() ?? ''
    for (const part of parts) lines.push({ text: part, seconds: since() })
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const done = new Promise<ChildResult>((settle, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0 || isStopped) settle({ lines, seconds: since(), code })
      else reject(new Error(`${[program, ...args].join(' ')} ended with ${code}:\n${errors.slice(-4000)}`))
    })
  })
  return {
    done,
    stop() {
      isStopped = true
      child.kill('SIGKILL')
    },
  }
}

/** Runs a process to its end and reads the JSON of its last line. */
export async function measure(command: Command): Promise<Record<string, unknown>> {
  const { lines } = await start(command).done
  const last = lines.findLast(({ text }) => text.startsWith('{"'))
  if (!last) throw new Error(`${command.join(' ')} printed no JSON`)
  return JSON.parse(last.text) as Record<string, unknown>
}

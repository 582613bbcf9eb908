// The Python sandbox: Pyodide (CPython in WebAssembly), in a child process. A process serves one program and is killed:
// Python can reach into its JavaScript realm, so nothing of it is trusted afterwards. To make that cheap, the first
// start writes a snapshot of the interpreter, later ones load it, and a spare is kept started. The package `pyodide` is
// optional and looked for at the first run.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AssertJudge } from '../judge-asserts.ts'
import { resolvePackage } from '../process/installed-package.ts'
import { type Command, nodeCommand } from '../process/node-command.ts'
import { ProcessSandbox } from '../process/process-sandbox.ts'
import { SandboxProcess } from '../process/sandbox-process.ts'
import type { Sandbox } from '../sandbox.ts'
import { pyodideJudge } from './pyodide-judge.ts'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const startMs = 60_000
/** What a child reads to load the interpreter: the list is that of load-interpreter.mjs. */
const files = [
  ...['load-interpreter.mjs', 'close-realm.mjs', 'harness.py', 'rich-values.py', 'stand-ins.py'],
  ...['split-asserts.py', 'judge.py'],
]
/** What the interpreter takes before a program starts. */
const interpreterBytes = 48 * 2 ** 20

/** Settings of {@link pyodideSandbox}. */
export interface PyodideOptions {
  /** Programs that run at once. Default 1. */
  readonly processes?: number
  /** Interpreters started ahead; each takes about 200 MB. Default 1. */
  readonly spares?: number
}

/** A Python sandbox can also judge asserts, in an interpreter that no program enters. */
export type PythonSandbox = Sandbox & { readonly judge: AssertJudge }

/**
 * A sandbox for Python.
 *
 * @example
 * const sandbox = pyodideSandbox()
 * const { stdout } = await sandbox.run({ code: 'print(6 * 7)' }) // '42\n'
 * await sandbox.close()
 */
export function pyodideSandbox({ processes = 1, spares = 1 }: PyodideOptions = {}): PythonSandbox {
  const snapshot = new SnapshotFile()
  const start = async (memoryBytes: number): Promise<SandboxProcess> => {
    const file = await snapshot.file()
    return SandboxProcess.start(command(file, memoryBytes), startMs)
  }
  const judge = pyodideJudge(() => start(256 * 2 ** 20))
  const sandbox = new ProcessSandbox({
    id: 'pyodide',
    language: 'python',
    start,
    isReusable: false,
    size: processes,
    spares,
    slackBytes: 192 * 2 ** 20,
    graceMs: 0,
    dispose: () => {
      judge.close()
      snapshot.remove()
    },
  })
  return Object.assign(sandbox, { judge })
}

function entryFile(): string {
  return join(dirname(resolvePackage('pyodide', 'pyodide')), 'pyodide.mjs')
}

function command(snapshot: string, memoryBytes: number): Command {
  const entry = entryFile()
  return nodeCommand({
    script: here('pyodide-child.mjs'),
    args: [entry, snapshot],
    readable: [...files.map(here), dirname(entry), ...(snapshot === '' ? [] : [snapshot])],
    wasmBytes: memoryBytes + interpreterBytes,
    heapMegabytes: 256,
    // One program with all its tests; the parent's own limits are tighter.
    cpuSeconds: 1200,
  })
}

const folderPrefix = 'gradus-pyodide-'

/** Removes what processes left that were killed. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(folderPrefix) ? Number.parseInt(name.slice(folderPrefix.length), 10) : Number.NaN
    if (pid > 0 && !isRunning(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The snapshot of a started interpreter, in a folder of our own, made once when first needed. */
class SnapshotFile {
  #folder: string | undefined
  #making: Promise<string> | undefined
  readonly #onExit = (): void => this.remove()

  /** Its path, or '' when it could not be made: interpreters then start from scratch. */
  file(): Promise<string> {
    this.#making ??= this.#make()
    return this.#making
  }

  remove(): void {
    process.removeListener('exit', this.#onExit)
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = undefined
    this.#making = undefined
  }

  async #make(): Promise<string> {
    const entry = entryFile()
    sweep()
    this.#folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`))
    process.once('exit', this.#onExit)
    const file = join(this.#folder, 'snapshot.bin')
    const child = spawn(process.execPath, [here('pyodide-snapshot.mjs'), entry, file], {
      env: {},
      stdio: 'ignore',
      timeout: startMs,
      killSignal: 'SIGKILL',
    })
    const code = await new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(null))
      child.on('close', resolve)
    })
    return code === 0 ? file : ''
  }
}

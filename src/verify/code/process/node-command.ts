// The command line of a Node child that runs untrusted work: no environment, no code from strings, Node's permission
// model (reads of named folders only; no writes, processes or workers), a cap on WebAssembly memory, and where there
// is a POSIX shell a larger stack and rlimits. It starts nothing.
import { existsSync, realpathSync } from 'node:fs'
import { resolve, sep } from 'node:path'

/** What to run and what it may touch. */
export interface NodeCommandOptions {
  readonly script: string
  readonly args: readonly string[]
  /** Folders and files that it may read, besides the script. */
  readonly readable: readonly string[]
  /** Cap on one WebAssembly memory. */
  readonly wasmBytes: number
  /** Cap on V8's own heap. */
  readonly heapMegabytes: number
  /** Processor seconds of the whole process: ends one whose parent died while it was computing. */
  readonly cpuSeconds: number
}

/** A program and its arguments. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

/** Name of the environment variable by which a child learns how much stack it has, in KiB. */
export const stackVariable = 'SANDBOX_STACK_KIB'

const shell = '/bin/sh'
const pageBytes = 65_536

// Raises the soft limit of the stack where the hard one allows. No core files, no file writes.
// Where setpriv is known (Linux), the child dies with its parent even while it computes; elsewhere its time runs out.
// V8 is told of less than there is: what it does not know of is for its own C++ frames.
const script = `cpu=$1; shift
ulimit -c 0; ulimit -f 0; ulimit -t "$cpu"
if ulimit -S -s 61440 2>/dev/null; then stack=49152; else stack=3072; fi
node=$1; shift
set -- "$node" --stack-size=$stack "$@"
if setpriv --pdeathsig KILL true 2>/dev/null; then set -- setpriv --pdeathsig KILL "$@"; fi
exec env -i ${stackVariable}=$stack "$@"`

/** The command; without a POSIX shell (Windows) only Node's own limits hold. */
export function nodeCommand(options: NodeCommandOptions): Command {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  const readable = outermost([options.script, ...options.readable])
  const flags = [
    '--no-warnings',
    permission,
    ...readable.map((path) => `--allow-fs-read=${path}`),
    '--disallow-code-generation-from-strings',
    `--wasm-max-mem-pages=${Math.ceil(options.wasmBytes / pageBytes)}`,
    `--max-old-space-size=${options.heapMegabytes}`,
    options.script,
    ...options.args,
  ]
  return existsSync(shell)
    ? { file: shell, args: ['-c', script, 'sh', String(options.cpuSeconds), process.execPath, ...flags] }
    : { file: process.execPath, args: flags }
}

/** Each path as given and behind links, without those inside another: Node 20 aborts on some nested lists. */
function outermost(paths: readonly string[]): string[] {
  const all = new Set(paths.flatMap((path) => [resolve(path), existsSync(path) ? realpathSync(path) : resolve(path)]))
  return [...all].filter((path) => ![...all].some((other) => path.startsWith(`${other}${sep}`)))
}

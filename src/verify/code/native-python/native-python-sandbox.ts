// The system's own Python, only ever inside a bubblewrap jail: faster than Pyodide and with what the system has
// installed. Without bubblewrap every run is refused with a hint; there is no unjailed way.
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GradusError } from '../../../base/error.ts'
import { ProcessSandbox } from '../process/process-sandbox.ts'
import { SandboxProcess } from '../process/sandbox-process.ts'
import type { Sandbox } from '../sandbox.ts'
import { bubblewrapCommand, findJailPrograms, jailFiles } from './bubblewrap.ts'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const startMs = 30_000

/** How to run the system's Python. */
export interface NativePythonOptions {
  /** Programs at once; default 1. */
  readonly processes?: number
  /** Where the programs are that the jail needs; default: looked up. */
  readonly findPrograms?: typeof findJailPrograms
}

/** A sandbox for the system's Python. */
export function nativePythonSandbox(options: NativePythonOptions = {}): Sandbox {
  const { processes = 1, findPrograms = findJailPrograms } = options
  let folder: string | undefined
  return new ProcessSandbox({
    id: 'native-python',
    language: 'python',
    start: async (memoryBytes) => {
      const programs = findPrograms()
      if (!('python' in programs)) {
        throw new GradusError('sandbox/no-jail', `native Python needs a jail; not installed: ${programs.join(', ')}`, {
          hint: 'Install bubblewrap (for example: apt install bubblewrap), or use pyodideSandbox.',
        })
      }
      folder ??= jailFolder()
      return SandboxProcess.start(bubblewrapCommand(programs, folder, memoryBytes), startMs)
    },
    isReusable: false,
    size: processes,
    spares: 0,
    slackBytes: 192 * 2 ** 20,
    graceMs: 0,
    dispose: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
    },
  })
}

/** A folder with just the files that the jail mounts. */
function jailFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-native-python-'))
  // Read by another user, where this one is root.
  chmodSync(folder, 0o755)
  for (const name of jailFiles) {
    copyFileSync(here(name === 'harness.py' ? '../pyodide/harness.py' : name), join(folder, name))
    chmodSync(join(folder, name), 0o644)
  }
  return folder
}

// The JavaScript sandbox: QuickJS compiled to WebAssembly, in a child process. Each piece of work gets a fresh
// WebAssembly instance, so a process that answered well serves the next program. The package `quickjs-emscripten` is
// optional and looked for at the first run.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modulesFolder, resolvePackage } from '../process/installed-package.ts'
import { type Command, nodeCommand } from '../process/node-command.ts'
import { ProcessSandbox } from '../process/process-sandbox.ts'
import { SandboxProcess } from '../process/sandbox-process.ts'
import { maximumLimits, type Sandbox } from '../sandbox.ts'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const startMs = 30_000

/**
 * A sandbox for JavaScript. `processes` is how many programs run at once (default 1).
 *
 * @example
 * const sandbox = quickJsSandbox()
 * const { stdout } = await sandbox.run({ code: 'console.log(6 * 7)' }) // '42\n'
 * await sandbox.close()
 */
export function quickJsSandbox({ processes = 1 }: { readonly processes?: number } = {}): Sandbox {
  return new ProcessSandbox({
    id: 'quickjs',
    language: 'javascript',
    start: async () => SandboxProcess.start(command(), startMs),
    isReusable: true,
    size: processes,
    spares: 0,
    // Memories of earlier programs wait for the collector; each has its own hard cap.
    slackBytes: 256 * 2 ** 20,
    // The child's own deadline comes first and spares the process; the parent's is for what does not heed it.
    graceMs: 300,
  })
}

/** The ES module beside a CommonJS entry; the CommonJS build takes no memory from outside, so it cannot be capped. */
const asModule = (file: string): string => file.replace(/\.c?js$/, '.mjs')

function command(): Command {
  const entry = resolvePackage('quickjs-emscripten', 'quickjs-emscripten')
  const resolve = (specifier: string): string => resolvePackage(specifier, 'quickjs-emscripten', entry)
  const script = here('quickjs-child.mjs')
  return nodeCommand({
    script,
    args: [
      asModule(resolve('quickjs-emscripten-core')),
      asModule(resolve('@jitl/quickjs-wasmfile-release-sync')),
      resolve('@jitl/quickjs-wasmfile-release-sync/wasm'),
      here('guest'),
    ],
    // Code inside QuickJS has no way to read a file; what is readable is what the child itself loads.
    readable: [dirname(script), modulesFolder(entry)],
    wasmBytes: maximumLimits.memoryBytes + 64 * 2 ** 20,
    heapMegabytes: 512,
    // Above what the programs that one process may serve can use together.
    cpuSeconds: 30_000,
  })
}

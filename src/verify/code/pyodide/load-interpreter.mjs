// Starts Pyodide and loads our Python files as modules, in their order; for the child process and for the snapshot.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** In the order in which they import each other. */
export const pythonFiles = ['harness.py', 'rich-values.py', 'stand-ins.py', 'split-asserts.py', 'judge.py']

/** Module of a file: `rich-values.py` is `rich_values`. */
export const moduleNames = pythonFiles.map((file) => file.slice(0, -3).replaceAll('-', '_'))

/** An interpreter. `options` go to Pyodide; with a snapshot the modules are in it. */
export async function loadInterpreter(entry, options) {
  const { loadPyodide } = await import(pathToFileURL(entry).href)
  const python = await loadPyodide({ jsglobals: {}, env: { HOME: '/', PYTHONHASHSEED: '0' }, ...options })
  if (options._loadSnapshot !== undefined) return python
  for (const [at, file] of pythonFiles.entries()) {
    python.FS.writeFile('/load.py', readFileSync(new URL(file, import.meta.url)))
    // Tracebacks leave out what has the harness's name.
    python.runPython(`
import sys, types
module = sys.modules['${moduleNames[at]}'] = types.ModuleType('${moduleNames[at]}')
exec(compile(open('/load.py').read(), 'harness.py', 'exec'), module.__dict__)
del module, types
`)
  }
  python.FS.unlink('/load.py')
  // What is loaded stays: collections at the start and in programs need not look at it again.
  python.runPython('import gc; gc.collect(); gc.freeze(); del gc')
  return python
}

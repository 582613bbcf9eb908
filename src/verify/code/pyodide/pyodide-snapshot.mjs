// Starts Pyodide once, loads the harness and writes the interpreter's memory to a file, from which later processes
// start in a seventh of the time. It runs our own code only. Arguments: pyodide.mjs, harness.py, the file to write.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [entry, harness, file] = process.argv.slice(2)
const { loadPyodide } = await import(pathToFileURL(entry).href)
const python = await loadPyodide({
  jsglobals: {},
  env: { HOME: '/', PYTHONHASHSEED: '0' },
  _makeSnapshot: true,
})
python.FS.writeFile('/harness.py', readFileSync(harness))
python.runPython(`
import sys, types
harness = types.ModuleType('harness')
exec(compile(open('/harness.py').read(), 'harness.py', 'exec'), harness.__dict__)
sys.modules['harness'] = harness
del harness, types
`)
python.FS.unlink('/harness.py')
writeFileSync(file, python.makeMemorySnapshot())

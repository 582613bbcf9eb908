// The child process of the Python sandbox: one interpreter, one program. Reads one request per line from
// descriptor 3, answers on 4. Python can, in the end, reach any object of this JavaScript realm, so the realm is closed
// before the program runs: no code from strings (a V8 flag), no process, no fetch, no require; files and processes are
// denied by Node's permission model. Tokens and requests live in this module's variables, which reflection cannot read.
// Arguments: pyodide.mjs, harness.py, the snapshot or ''.
import * as fs from 'node:fs'
import { constants as osConstants } from 'node:os'
import { pathToFileURL } from 'node:url'

const { readSync, writeSync, readFileSync } = fs
const { from, alloc } = Buffer
const { parse, stringify } = JSON
const exit = process.exit.bind(process)
const now = performance.now.bind(performance)
const [entry, harnessFile, snapshotFile] = process.argv.slice(2)

// Pyodide asks for open(2)'s flags by this old way, which the permission model denies.
process.binding = (name) => {
  if (name !== 'constants') throw new Error('denied')
  return { fs: fs.constants, os: osConstants }
}

const { loadPyodide } = await import(pathToFileURL(entry).href)
const python = await loadPyodide({
  jsglobals: {},
  env: { HOME: '/', PYTHONHASHSEED: '0' },
  ...(snapshotFile === '' ? {} : { _loadSnapshot: readFileSync(snapshotFile) }),
})
if (snapshotFile === '') {
  const source = readFileSync(harnessFile, 'utf8')
  python.FS.writeFile('/harness.py', source)
  python.runPython(`
import sys, types
sys.modules['harness'] = types.ModuleType('harness')
exec(compile(open('/harness.py').read(), 'harness.py', 'exec'), sys.modules['harness'].__dict__)
`)
  python.FS.unlink('/harness.py')
}

// ---- streams of the program
let input = new Uint8Array(0)
let inputAt = 0
let outputLeft = 0
let isFlooded = false
let stdout = []
let stderr = []
const take = (into) => ({
  write(bytes) {
    outputLeft -= bytes.length
    if (outputLeft >= 0) into().push(from(bytes))
    else isFlooded = true
    // An OSError in the program, so that it stops soon.
    if (isFlooded) throw new Error('too much output')
    return bytes.length
  },
})
python.setStdin({
  read(buffer) {
    const count = Math.min(buffer.length, input.length - inputAt)
    buffer.set(input.subarray(inputAt, inputAt + count))
    inputAt += count
    return count
  },
})
python.setStdout(take(() => stdout))
python.setStderr(take(() => stderr))

const harness = python.pyimport('harness')
const [doWork, runInSession, splitAsserts, judgeAsserts] = [
  harness.do_work,
  harness.run_in_session,
  harness.split_asserts,
  harness.judge_asserts,
]
harness.lock()
python.runPython("import sys; del sys.modules['harness'], sys")

// ---- from here on nothing is needed that a program could use
for (const name of [
  ...['process', 'fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'Worker', 'BroadcastChannel', 'MessageChannel'],
  ...['Request', 'Response', 'Headers', 'FormData', 'navigator', 'require', 'module', 'Buffer', 'SharedArrayBuffer'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'localStorage'],
]) {
  delete globalThis[name]
}
// What the code below calls must still be itself when a token passes through it.
const typedArray = Object.getPrototypeOf(Uint8Array.prototype)
for (const used of [JSON, Array, String, TextDecoder, TextEncoder, Uint8Array]) Object.freeze(used.prototype ?? used)
Object.freeze(typedArray)

function handle({ op, code, work, limits }) {
  if (op === 'split') return splitAsserts(stringify(work))
  if (op === 'judge') return judgeAsserts(stringify(work))
  input = new TextEncoder().encode(work?.stdin ?? '')
  inputAt = 0
  outputLeft = limits.outputBytes
  isFlooded = false
  stdout = []
  stderr = []
  if (op === 'run') return runInSession(code)
  return doWork(program, stringify({ ...work, stdin: undefined }))
}

function answer(request) {
  const started = now()
  let reply
  try {
    reply = parse(handle(request))
  } catch (error) {
    // The interpreter itself ended (os._exit, a fatal error) or ran out of memory outside the harness's guard.
    const text = `${error?.name}: ${error?.message}`.slice(-500)
    const status = /MemoryError|out of memory|allocation failed/i.test(text) ? 'memory' : 'crash'
    reply = { status, reason: text, isBroken: true }
  }
  const isJob = request.op === 'case' || request.op === 'run'
  if (isJob && isFlooded) Object.assign(reply, { status: 'crash', reason: 'wrote more output than allowed' })
  // What filled the memory may still be there: the next piece of work gets a new interpreter.
  if (request.op === 'case' && reply.status === 'memory') reply.isBroken = true
  return { ...reply, stdout: decode(stdout), stderr: decode(stderr), ms: now() - started }
}

const decoder = new TextDecoder()
function decode(pieces) {
  let length = 0
  for (const piece of pieces) length += piece.length
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return decoder.decode(all)
}

let program = ''
const pieces = []
const chunk = alloc(65_536)

/** The next request; undefined when the parent is gone. What was read is wiped: it held a token. */
function readLine() {
  for (;;) {
    const last = pieces.length - 1
    const end = last >= 0 ? pieces[last].indexOf('\n') : -1
    if (end >= 0) {
      const tail = pieces.pop()
      const line = pieces.splice(0).join('') + tail.slice(0, end)
      pieces.push(tail.slice(end + 1))
      return decoder.decode(Uint8Array.from(line, (character) => character.charCodeAt(0)))
    }
    const count = readSync(3, chunk)
    if (count === 0) return undefined
    pieces.push(chunk.toString('latin1', 0, count))
    chunk.fill(0)
  }
}

function send(text) {
  const bytes = new TextEncoder().encode(`${text}\n`)
  for (let at = 0; at < bytes.length; ) at += writeSync(4, bytes, at)
}

send('{"ready":true}')
for (let line = readLine(); line !== undefined; line = readLine()) {
  const { token, ...request } = parse(line)
  if (request.op === 'program') {
    program = request.code
    send(stringify({ token, status: 'ok' }))
  } else {
    send(stringify({ token, ...answer(request) }))
  }
}
exit(0)

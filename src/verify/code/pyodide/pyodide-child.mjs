// The child process of the Python sandbox: one interpreter, one program. Reads one request per line from
// descriptor 3, answers on 4. Python can, in the end, reach any object of this JavaScript realm, so the realm is closed
// before the program runs (close-realm.mjs); code from strings is denied by a V8 flag, files and processes by Node's
// permission model. Tokens and requests live in this module's variables, which reflection cannot read.
// Arguments: pyodide.mjs, the snapshot or ''.
import * as fs from 'node:fs'
import { constants as osConstants } from 'node:os'
import { closeRealm, closeRuntime } from './close-realm.mjs'
import { loadInterpreter, moduleNames } from './load-interpreter.mjs'

const { readSync, writeSync, readFileSync } = fs
const { from, alloc } = Buffer
const encoder = new TextEncoder()
const decoder = new TextDecoder()
const { parse, stringify } = JSON
const exit = process.exit.bind(process)
const now = performance.now.bind(performance)
const [entry, snapshotFile] = process.argv.slice(2)

// Pyodide asks for open(2)'s flags by this old way, which the permission model denies.
process.binding = (name) => {
  if (name !== 'constants') throw new Error('denied')
  return { fs: fs.constants, os: osConstants }
}

const python = await loadInterpreter(entry, snapshotFile === '' ? {} : { _loadSnapshot: readFileSync(snapshotFile) })

// ---- streams of the program
/** What a setup and asserts may print while they are judged; nobody reads it. */
const judgeOutput = 1_000_000
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

const { do_work: doWork, run_in_session: runInSession, lock } = python.pyimport('harness')
const { split_asserts: splitAsserts } = python.pyimport('split_asserts')
const { judge_asserts: judgeAsserts } = python.pyimport('judge')
const { set_input_bytes: setInputBytes } = python.pyimport('stand_ins')
lock()
python.runPython(`import sys; [sys.modules.pop(name) for name in ${stringify(moduleNames)}]; del sys`)
closeRuntime(python)
closeRealm([Buffer, TextDecoder, TextEncoder])

function handle({ op, code, work, limits }) {
  input = encoder.encode(work?.stdin ?? '')
  setInputBytes(input.length)
  inputAt = 0
  outputLeft = limits?.outputBytes ?? judgeOutput
  isFlooded = false
  stdout = []
  stderr = []
  if (op === 'split') return splitAsserts(stringify(work))
  if (op === 'judge') return judgeAsserts(stringify(work))
  if (op === 'run') return runInSession(code)
  return doWork(program, stringify({ ...work, stdin: undefined }))
}

/** What Python may say of a run. Time is the parent's to judge, and nothing of a reply is taken that is not named here. */
function readReply(text) {
  const { status, reason, value, shown } = parse(text)
  return { status: status === 'ok' || status === 'memory' ? status : 'crash', reason, value, shown }
}

function answer(request) {
  if (request.op === 'split' || request.op === 'judge') return parse(handle(request))
  const started = now()
  let reply
  try {
    reply = readReply(handle(request))
  } catch (error) {
    // The interpreter itself ended (os._exit, a fatal error) or ran out of memory outside the harness's guard.
    reply = { status: 'crash', reason: '', ...describe(error), isBroken: true }
  }
  if (isFlooded) {
    reply.status = 'crash'
    reply.reason = 'wrote more output than allowed'
  }
  // What filled the memory may still be there: the next piece of work gets a new interpreter.
  if (request.op === 'case' && reply.status === 'memory') reply.isBroken = true
  reply.stdout = decode(stdout)
  reply.stderr = decode(stderr)
  reply.ms = now() - started
  return reply
}

/** What was thrown may be the program's own object, down to a throwing accessor. */
function describe(error) {
  try {
    const reason = `${error?.name}: ${error?.message}`.slice(-500)
    return { status: /MemoryError|out of memory|allocation failed/i.test(reason) ? 'memory' : 'crash', reason }
  } catch {
    return { status: 'crash', reason: 'the interpreter ended' }
  }
}

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
      return decoder.decode(from(line, 'latin1'))
    }
    const count = readSync(3, chunk)
    if (count === 0) return undefined
    pieces.push(chunk.toString('latin1', 0, count))
    chunk.fill(0)
  }
}

function send(text) {
  const bytes = encoder.encode(`${text}\n`)
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

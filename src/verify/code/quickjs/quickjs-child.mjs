// The child process of the JavaScript sandbox. Reads one request per line from descriptor 3, answers on 4.
// Every piece of work gets a fresh WebAssembly instance of QuickJS; nothing of this process is reachable from inside.
// Plain JavaScript, so that it starts the same from a clone and from the built package.
// Arguments: quickjs-emscripten's entry, the variant's entry, its .wasm file, the folder with the guest's own code.
import { readdirSync, readFileSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [core, variantEntry, wasmFile, guestFolder] = process.argv.slice(2)
const { newQuickJSWASMModuleFromVariant, newVariant } = await import(pathToFileURL(core).href)
const { default: base } = await import(pathToFileURL(variantEntry).href)
const wasmModule = await WebAssembly.compile(readFileSync(wasmFile))
const guestSources = new Map(
  readdirSync(guestFolder).map((file) => [file.replace(/\.js$/, ''), readFileSync(join(guestFolder, file), 'utf8')]),
)

// QuickJS measures its own stack (5 MB of the instance's memory); V8's, which it also uses up, must not end first.
const stackKib = Number(process.env.SANDBOX_STACK_KIB ?? 900)
const guestStackBytes = Math.min(4608, Math.floor(stackKib * 0.29)) * 1024

/** The memory that the module is built to start with, in pages of 64 KiB. */
const firstPages = 256

/** Flags of QuickJS's eval: what kind of text it is, and whether it is only compiled. */
const flags = { script: 0, module: 1, compileOnly: 32, asyncScript: 128 }

/** One interpreter: a context, its output, and why it was stopped. */
async function openInterpreter({ stdin = '', seed = 1, limits, kind = 'main' }) {
  // Two caps: QuickJS counts what it allocates, and its memory cannot grow beyond that and the 16 MiB it starts with.
  const pages = Math.ceil(limits.memoryBytes / 65_536)
  const wasmMemory = new WebAssembly.Memory({ initial: firstPages, maximum: firstPages + pages })
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(base, { wasmModule, wasmMemory }))
  const runtime = quickjs.newRuntime()
  runtime.setMemoryLimit(limits.memoryBytes)
  runtime.setMaxStackSize(guestStackBytes)
  const context = runtime.newContext()
  const self = { context, stdout: '', stderr: '', stop: undefined }
  let outputBytes = 0
  let deadline = Infinity
  let cpuDeadline = Infinity
  const cpuNow = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
  runtime.setInterruptHandler(() => {
    if (self.stop === undefined) {
      if (cpuNow() > cpuDeadline) self.stop = 'cpu'
      else if (performance.now() > deadline) self.stop = 'wall'
    }
    return self.stop !== undefined
  })
  const write = context.newFunction('write', (fd, text) => {
    // Turning an object into text would call the program from here.
    if (self.stop !== undefined || context.typeof(text) !== 'string') return
    const written = context.getString(text)
    outputBytes += Buffer.byteLength(written)
    if (outputBytes > limits.outputBytes) self.stop ??= 'output'
    else if (context.getNumber(fd) === 2) self.stderr += written
    else self.stdout += written
  })
  const exit = context.newFunction('exit', () => {
    self.stop ??= 'exit'
    // Ends the program now; one that catches it meets the interrupt handler next.
    return { error: context.newString('exit') }
  })
  const part = context.newFunction('part', (handle) => {
    const name = context.getString(handle)
    return context.evalCode(guestSources.get(name) ?? '', `${name}.js`, flags.script)
  })
  const bytesOf = context.newFunction('bytesOf', (text) => {
    const bytes = Buffer.from(context.getString(text))
    return context.newArrayBuffer(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  })
  const unwrap = (result) => {
    if (result.error === undefined) return result.value
    throw guestError(context, result.error)
  }
  const run = (code, file, form = flags.script) => unwrap(context.evalCode(code, file, form))
  const prelude = run(guestSources.get('prelude'), 'prelude.js')
  const given = [write, exit, part, bytesOf, context.newString(stdin), context.newNumber(seed), context.newString(kind)]
  const doors = unwrap(context.callFunction(prelude, context.undefined, given))
  const callDoor = (name, ...args) =>
    unwrap(context.callFunction(context.getProp(doors, name), context.undefined, args))
  runtime.setModuleLoader((name) => {
    const names = context.getString(callDoor('namesOf', context.newString(name)))
    if (names === '') return { error: new Error(`Cannot find module '${name.slice(0, 100)}'`) }
    return `const m = require(${JSON.stringify(name)}); export default m; export const { ${names} } = m`
  })

  /** The clock of one run starts here. */
  self.start = () => {
    self.stop = undefined
    deadline = performance.now() + limits.wallMs
    cpuDeadline = cpuNow() + limits.cpuMs
  }
  self.takeOutput = () => {
    const { stdout, stderr } = self
    Object.assign(self, { stdout: '', stderr: '' })
    outputBytes = 0
    return { stdout, stderr }
  }
  /** Ticks and promises until none is left. */
  const settleJobs = () => {
    const ticked = context.dump(callDoor('runTicks')) === true
    const jobs = runtime.executePendingJobs()
    if (jobs.error !== undefined) throw guestError(context, jobs.error)
    if (self.stop !== undefined) throw new GuestError('stopped')
    return ticked || jobs.value > 0
  }
  /** The same and timers, until nothing is left to do. */
  self.drain = () => {
    do {
      while (settleJobs());
    } while (context.dump(callDoor('runTimer')) === true)
  }
  /** A text that does not compile has not run, so it may be tried in another form. */
  const compiles = (code, form) => {
    const { error } = context.evalCode(code, 'check.js', form | flags.compileOnly)
    return error === undefined || !guestError(context, error).isSyntax
  }
  let exported
  /**
   * Runs a program as a script, else as what it must be: a script or module that awaits, or the body of a CommonJS
   * module that returns. `name` is what will be called: inside a module it can only be reached from within.
   */
  self.evaluate = (text, name) => {
    const code = text.replace(/^#!/, '//')
    try {
      return run(code, 'program.js')
    } catch (error) {
      if (!error.isSyntax || self.stop !== undefined || compiles(code, flags.script)) throw error
      if (compiles(code, flags.asyncScript)) return waitFor(run(code, 'program.js', flags.asyncScript), 'value')
      const reach = name === undefined ? '' : `{const reach = __reach; delete globalThis.__reach; reach(() => ${name})}`
      if (name !== undefined) context.setProp(context.global, '__reach', context.getProp(doors, 'reach'))
      if (compiles(code, flags.module)) {
        const meta = `import.meta.url = 'file:///${kind === 'main' ? 'main' : 'program'}.js';`
        exported = waitFor(run(`${meta}${reach}${code}`, 'program.js', flags.module))
        return exported
      }
      const body = `(function () {${reach}${code}\n}).call(module.exports)`
      if (!compiles(body, flags.script)) throw error
      return run(body, 'program.js')
    }
  }
  /** What a promise gives after everything else is done; undefined when it is never settled. */
  function waitFor(handle, property) {
    const before = context.getPromiseState(handle)
    if (before.notAPromise) return handle
    self.drain()
    const state = context.getPromiseState(handle)
    if (state.type === 'rejected') throw guestError(context, state.error)
    if (state.type === 'pending') return context.undefined
    return property === undefined ? state.value : context.getProp(state.value, property)
  }
  /** The program as a whole, up to where nothing is left to do. */
  self.load = (code, name) => {
    try {
      self.evaluate(code, name)
      self.drain()
      if (kind === 'main') {
        callDoor('finish')
        self.drain()
      }
    } catch (error) {
      // One that ends itself has still said what its functions are.
      if (kind === 'main' || self.stop !== 'exit') throw error
    }
    if (kind !== 'main' && self.stop === 'exit') self.stop = undefined
  }
  self.call = (name, args) => {
    const root = name.split('.')[0]
    const inScope = run(`typeof ${root} === 'undefined' ? undefined : ${root}`, 'call.js')
    const texts = [name, JSON.stringify(args)].map((text) => context.newString(text))
    callDoor('invoke', ...texts, inScope, exported ?? context.undefined)
    self.drain()
    return context.getString(callDoor('settled'))
  }
  self.encode = (handle) => {
    callDoor('keep', handle)
    self.drain()
    return context.getString(callDoor('settled'))
  }
  self.show = (handle) => context.getString(callDoor('show', handle))
  return self
}

class GuestError extends Error {
  isSyntax = false
}

function guestError(context, handle) {
  const error = new GuestError(describe(context, handle))
  error.isSyntax = error.message.startsWith('SyntaxError')
  return error
}

function describe(context, handle) {
  const error = context.dump(handle)
  if (error === null || typeof error !== 'object') return `thrown: ${String(error)}`.slice(0, 2000)
  return `${error.name}: ${error.message}\n${error.stack ?? ''}`.trimEnd().slice(0, 2000)
}

/** Does `work` with an interpreter and says how it ended. */
function attempt(interpreter, work) {
  const started = performance.now()
  const reply = { status: 'ok', reason: '' }
  interpreter.start()
  try {
    Object.assign(reply, work())
  } catch (error) {
    Object.assign(reply, explain(error))
  }
  const { stop } = interpreter
  if (stop === 'cpu' || stop === 'wall') {
    Object.assign(reply, {
      status: 'timeout',
      limit: stop,
      reason: `ran out of ${stop === 'cpu' ? 'processor' : 'real'} time`,
    })
  } else if (stop === 'output') {
    Object.assign(reply, { status: 'crash', reason: 'wrote more output than allowed' })
  } else if (stop === 'exit') {
    Object.assign(reply, { status: 'ok', reason: '' })
  }
  return { ...reply, ...interpreter.takeOutput(), ms: performance.now() - started, isBroken: reply.isBroken ?? false }
}

function explain(error) {
  if (error instanceof GuestError) {
    const isMemory = /^InternalError: out of memory/.test(error.message) || error.message === 'thrown: null'
    return { status: isMemory ? 'memory' : 'crash', reason: isMemory ? 'out of memory' : error.message }
  }
  // Not an error of the program but of the instance under it (V8's stack ended, a trap): it is thrown away.
  const text = String(error)
  const reason = error instanceof RangeError ? 'stack overflow' : text.slice(0, 200)
  return { status: /memory/i.test(text) && !/out of bounds/.test(text) ? 'memory' : 'crash', reason, isBroken: true }
}

async function handle(request) {
  const { op, code, work, limits, seed } = request
  if (op === 'run') {
    session ??= await openInterpreter({ limits, seed })
    return attempt(session, () => {
      const value = session.evaluate(code)
      session.drain()
      return { shown: session.show(value) }
    })
  }
  const kind = work.kind === 'script' ? 'main' : 'called'
  const interpreter = await openInterpreter({ stdin: work.stdin, limits, seed, kind })
  return attempt(interpreter, () => {
    interpreter.load(program, work.kind === 'call' ? work.name.split('.')[0] : undefined)
    if (work.kind === 'call') return { value: interpreter.call(work.name, work.args) }
    if (work.kind === 'evaluate') return { value: evaluateAll(interpreter, work.expressions) }
    return {}
  })
}

/** `[[true, value] | [false, reason], ...]` in the wire form. */
function evaluateAll(interpreter, expressions) {
  const parts = expressions.map((expression) => {
    try {
      return `[true,${interpreter.encode(interpreter.evaluate(expression))}]`
    } catch (error) {
      if (interpreter.stop !== undefined || !(error instanceof GuestError)) throw error
      return `[false,${JSON.stringify(error.message.split('\n')[0])}]`
    }
  })
  return `[${parts.join(',')}]`
}

let program = ''
let session
const pieces = []
const chunk = Buffer.alloc(65_536)

/** The next request; undefined when the parent is gone. */
function readLine() {
  for (;;) {
    const joined = pieces.length > 0 ? pieces[pieces.length - 1].indexOf('\n') : -1
    if (joined >= 0) {
      const last = pieces.pop()
      const line = pieces.splice(0).join('') + last.slice(0, joined)
      pieces.push(last.slice(joined + 1))
      return Buffer.from(line, 'latin1').toString('utf8')
    }
    const count = readSync(3, chunk)
    if (count === 0) return undefined
    pieces.push(chunk.toString('latin1', 0, count))
  }
}

function send(text) {
  const bytes = Buffer.from(`${text}\n`)
  for (let at = 0; at < bytes.length; ) at += writeSync(4, bytes, at)
}

/** The cap on memory rests on how the package was built, so it is tried before anything runs. */
async function checkCap() {
  const limits = { wallMs: 5000, cpuMs: 5000, memoryBytes: 2 ** 23, outputBytes: 0 }
  // In pieces: QuickJS's own count sees one big allocation, but in some builds not the sum.
  const bomb = 'const kept = []; for (let i = 0; i < 64; i++) kept.push(new Uint8Array(2 ** 20))'
  const interpreter = await openInterpreter({ limits })
  const { status } = attempt(interpreter, () => ({ value: interpreter.evaluate(bomb) && '' }))
  if (status !== 'memory') throw new Error('this build of quickjs-emscripten does not keep to a memory limit')
}

await checkCap()
send('{"ready":true}')
for (let line = readLine(); line !== undefined; line = readLine()) {
  const { token, ...request } = JSON.parse(line)
  if (request.op === 'program') {
    program = request.code
    send(JSON.stringify({ token, status: 'ok' }))
  } else {
    send(JSON.stringify({ token, ...(await handle(request)) }))
  }
}
process.exit(0)

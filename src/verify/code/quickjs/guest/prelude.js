// Runs inside QuickJS before the program and gives it what Node programs expect: console, timers, require, process.
// One function expression, kept small because every piece of work evaluates it: what is rarer lies in the files beside
// it and is evaluated when first touched. All of it is code of the guest. Its doors to the child carry text, numbers
// and bytes only: `write`, `exit` ("stop now"), `part` (evaluates a file beside this one, here), `bytesOf` (UTF-8).
;(function prelude(write, exit, part, bytesOf, stdin, seed, kind) {
  const { create, defineProperty, getOwnPropertyNames, keys } = Object
  const call = Function.prototype.call.bind(Function.prototype.call)
  const PromiseType = Promise
  const { then } = Promise.prototype
  const { now } = Date

  // ---- parts: evaluated when first asked for, then kept
  const guest = { write, exit, bytesOf, stdin, indent: '' }
  const parts = create(null)
  const load = (name) => {
    parts[name] ??= part(name)(guest)
    return parts[name]
  }
  const define = (owner, name, value) =>
    defineProperty(owner, name, { value, writable: true, configurable: true, enumerable: false })
  /** A property that is made when it is first read; a program may declare the name for itself. */
  const lazy = (owner, name, make) =>
    defineProperty(owner, name, {
      configurable: true,
      enumerable: false,
      get() {
        const value = make()
        define(owner, name, value)
        return value
      },
      set: (value) => define(owner, name, value),
    })

  // Programs are judged: the same program gives the same draws (xorshift32).
  let state = seed >>> 0 || 1
  define(Math, 'random', () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4294967296
  })

  // ---- console
  const printer = (fd) =>
    function log(...values) {
      let line = ''
      for (let i = 0; i < values.length; i++) {
        const value = values[i]
        const isPlain =
          typeof value === 'string'
            ? i > 0 || values.length === 1
            : typeof value === 'number' && (value !== 0 || 1 / value > 0)
        if (!isPlain) {
          line = load('inspect').format(...values)
          break
        }
        line += i > 0 ? ` ${value}` : value
      }
      if (guest.indent !== '') line = guest.indent + line.replaceAll('\n', `\n${guest.indent}`)
      write(fd, `${line}\n`)
    }
  const log = printer(1)
  const error = printer(2)
  const console = { log, info: log, debug: log, error, warn: error }
  for (const name of ['table', 'dir', 'dirxml', 'trace', 'assert', 'group', 'groupCollapsed', 'groupEnd']) {
    lazy(console, name, () => load('console')[name])
  }
  for (const name of ['time', 'timeLog', 'timeEnd', 'count', 'countReset']) {
    lazy(console, name, () => load('console')[name])
  }

  // ---- virtual timers: run in order of their due time, without waiting; the clocks of the program move along
  let clock = 0
  let lastTimer = 0
  let timers = []
  class Timeout {
    #id
    constructor(id) {
      this.#id = id
    }
    #set(isHeld) {
      for (const timer of timers) if (timer.id === this.#id) timer.isHeld = isHeld
      return this
    }
    ref() {
      return this.#set(true)
    }
    unref() {
      return this.#set(false)
    }
    hasRef() {
      return timers.some((timer) => timer.id === this.#id && timer.isHeld)
    }
    refresh() {
      for (const timer of timers) if (timer.id === this.#id) timer.due = clock + timer.delay
      return this
    }
    close() {
      dropTimer(this)
      return this
    }
    [Symbol.toPrimitive]() {
      return this.#id
    }
  }
  const addTimer = (callback, delay, args = [], isRepeated = false) => {
    if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.')
    const wait = Math.max(1, Math.trunc(Number(delay)) || 0)
    lastTimer++
    timers.push({ id: lastTimer, due: clock + wait, delay: wait, callback, args, isRepeated, isHeld: true })
    return new Timeout(lastTimer)
  }
  const dropTimer = (timer) => {
    if (timer === undefined || timer === null) return
    const id = Number(timer)
    timers = timers.filter((each) => each.id !== id)
  }
  /** Runs the next timer; false when none is left that the program waits for. */
  function runTimer() {
    let next
    let isHeld = false
    for (const timer of timers) {
      if (next === undefined || timer.due < next.due) next = timer
      isHeld ||= timer.isHeld
    }
    if (!isHeld) return false
    clock = Math.max(clock, next.due)
    if (next.isRepeated) next.due = clock + next.delay
    else dropTimer(next.id)
    // Repeated ones go behind others that are due at the same time.
    if (next.isRepeated) timers = [...timers.filter((timer) => timer !== next), next]
    next.callback(...next.args)
    return true
  }
  define(Date, 'now', () => now() + clock)

  const ticks = []
  /** Runs what process.nextTick was given; false when there was nothing. */
  function runTicks() {
    if (ticks.length === 0) return false
    for (const [callback, args] of ticks.splice(0)) callback(...args)
    return true
  }
  const queueMicrotask = (callback) => {
    call(then, PromiseType.resolve(), () => callback())
  }

  // ---- modules
  const modules = create(null)
  const fromParts = (names, part) => {
    for (const name of names) modules[name] = () => load(part)[name]
  }
  modules.events = () => load('events')
  modules.path = () => load('path')
  modules['path/posix'] = modules.path
  modules.assert = () => load('assert').assert
  modules['assert/strict'] = () => load('assert').assert.strict
  modules.buffer = () => load('buffer')
  modules.url = () => load('url')
  modules.process = () => globalThis.process
  modules.console = () => console
  fromParts(['fs', 'fs/promises'], 'input')
  fromParts(['readline', 'readline/promises'], 'streams')
  fromParts(['util', 'util/types', 'os', 'timers', 'timers/promises', 'perf_hooks'], 'modules')
  const shortName = (name) => `${name}`.replace(/^node:/, '')
  function require(name) {
    const make = modules[shortName(name)]
    if (make !== undefined) return make()
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' })
  }
  const module = {
    exports: {},
    id: '.',
    filename: '/main.js',
    path: '/',
    loaded: false,
    children: [],
    paths: [],
    require,
  }
  // A tested function is what a test file would require: the program is then not the main one.
  module.parent = kind === 'main' ? null : {}
  require.main = kind === 'main' ? module : undefined
  require.cache = {}
  require.resolve = (name) => `${name}`
  /** The names that `import` can ask of a built-in module, as text; empty when there is no such module. */
  const namesOf = (name) => {
    const make = modules[shortName(name)]
    const isName = (key) =>
      /^[A-Za-z]\w*$/.test(key) && !['length', 'name', 'prototype', 'arguments', 'caller'].includes(key)
    return make === undefined ? '' : getOwnPropertyNames(make()).filter(isName).join()
  }

  const globals = {
    console,
    print: log,
    readline: () => load('input').readLine() ?? null,
    require,
    module,
    exports: module.exports,
    __filename: '/main.js',
    __dirname: '/',
    global: globalThis,
    setTimeout: (callback, delay, ...args) => addTimer(callback, delay, args),
    setImmediate: (callback, ...args) => addTimer(callback, 0, args),
    setInterval: (callback, delay, ...args) => addTimer(callback, delay, args, true),
    clearTimeout: dropTimer,
    clearImmediate: dropTimer,
    clearInterval: dropTimer,
    queueMicrotask,
  }
  for (const name of keys(globals)) define(globalThis, name, globals[name])
  lazy(globalThis, 'process', () => load('process'))
  lazy(globalThis, 'performance', () => load('modules').performance)
  lazy(globalThis, 'structuredClone', () => load('clone'))
  lazy(globalThis, 'Intl', () => load('locale').Intl)
  for (const name of ['Buffer', 'TextEncoder', 'TextDecoder', 'atob', 'btoa']) {
    lazy(globalThis, name, () => load('buffer')[name])
  }
  for (const name of ['URL', 'URLSearchParams']) lazy(globalThis, name, () => load('url')[name])
  const localise = (owner, name, part) => {
    const stub = function (...args) {
      return call(load('locale')[part], this, ...args)
    }
    define(owner, name, stub)
  }
  localise(String.prototype, 'localeCompare', 'localeCompare')
  localise(Number.prototype, 'toLocaleString', 'numberText')
  localise(BigInt.prototype, 'toLocaleString', 'numberText')
  localise(Date.prototype, 'toLocaleString', 'dateTimeText')
  localise(Date.prototype, 'toLocaleDateString', 'dateText')
  localise(Date.prototype, 'toLocaleTimeString', 'timeText')

  Object.assign(guest, { load, log, error, addTimer, ticks, modules, console, globals, define, lazy })
  guest.clock = () => clock
  guest.hasTimers = () => timers.some((timer) => timer.isHeld)
  guest.atExit = undefined

  guest.module = module
  // Before the program, which may change what they are made of; only calls need them.
  const { invoke, keep, settled, reach } = kind === 'called' ? load('value') : {}
  /** Ends the program as Node does: its handlers run. */
  const finish = () => guest.atExit?.()
  const show = (value) => (value === undefined ? '' : load('inspect').inspect(value).slice(0, 20000))
  return { invoke, keep, settled, reach, runTimer, runTicks, finish, show, namesOf }
})

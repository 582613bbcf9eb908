// Small built-in modules: util, os, timers, perf_hooks.
;(function modulesPart(guest) {
  const { load, globals, clock } = guest
  const custom = Symbol.for('nodejs.util.promisify.custom')
  const { setTimeout, setImmediate, setInterval, clearTimeout, clearImmediate, clearInterval } = globals
  const isA = (name) => (value) => Object.prototype.toString.call(value) === `[object ${name}]`

  const timersPromises = {
    setTimeout: (delay, value) => new Promise((resolve) => void setTimeout(resolve, delay, value)),
    setImmediate: (value) => new Promise((resolve) => void setImmediate(resolve, value)),
    async *setInterval(delay, value) {
      for (;;) yield timersPromises.setTimeout(delay, value)
    },
    scheduler: { wait: (delay) => timersPromises.setTimeout(delay) },
  }
  setTimeout[custom] = timersPromises.setTimeout
  setImmediate[custom] = timersPromises.setImmediate

  function promisify(original) {
    if (original[custom] !== undefined) return original[custom]
    return function promised(...args) {
      return new Promise((resolve, reject) => {
        original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)))
      })
    }
  }
  promisify.custom = custom
  function callbackify(original) {
    return function called(...args) {
      const callback = args.pop()
      original.apply(this, args).then(
        (value) => globalThis.process.nextTick(callback, null, value),
        (error) => globalThis.process.nextTick(callback, error),
      )
    }
  }
  const types = { isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView) }
  for (const name of ['Date', 'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'ArrayBuffer', 'DataView']) {
    types[`is${name}`] = isA(name)
  }
  types.isNativeError = (value) => value instanceof Error
  types.isGeneratorFunction = isA('GeneratorFunction')
  types.isAsyncFunction = isA('AsyncFunction')
  types.isUint8Array = (value) => value instanceof Uint8Array
  types.isProxy = () => false
  const { inspect, format } = load('inspect')
  const util = {
    inspect,
    format,
    promisify,
    callbackify,
    types,
    inherits(child, parent) {
      child.super_ = parent
      Object.setPrototypeOf(child.prototype, parent.prototype)
    },
    deprecate: (work) => work,
    debuglog: () => () => {},
    isDeepStrictEqual: (a, b) => load('assert').isDeepEqual(a, b, true),
    isArray: Array.isArray,
    stripVTControlCharacters: (text) => text.replace(/\p{Cc}\[[\d;]*[A-Za-z]/gu, ''),
    styleText: (_style, text) => text,
    toUSVString: (text) => `${text}`.toWellFormed(),
  }
  for (const name of ['TextEncoder', 'TextDecoder']) guest.lazy(util, name, () => load('buffer')[name])

  // The clock of the machine, moved along by virtual timers.
  const started = Date.now()
  const marks = new Map()
  const performance = {
    timeOrigin: started,
    now: () => Date.now() - started,
    mark: (name) => void marks.set(name, performance.now()),
    measure(name, from, to) {
      const startTime = marks.get(from) ?? 0
      return { name, entryType: 'measure', startTime, duration: (marks.get(to) ?? performance.now()) - startTime }
    },
    clearMarks: () => marks.clear(),
    clearMeasures() {},
    toJSON: () => ({ timeOrigin: started }),
  }
  const os = {
    EOL: '\n',
    platform: () => 'linux',
    type: () => 'Linux',
    arch: () => 'x64',
    cpus: () => [{ model: 'virtual', speed: 1000 }],
    availableParallelism: () => 1,
    totalmem: () => 2 ** 30,
    freemem: () => 2 ** 29,
    hostname: () => 'localhost',
    homedir: () => '/',
    tmpdir: () => '/tmp',
    uptime: () => clock() / 1000,
  }
  const timers = { setTimeout, setImmediate, setInterval, clearTimeout, clearImmediate, clearInterval }
  timers.promises = timersPromises
  return {
    util,
    'util/types': types,
    os,
    timers,
    'timers/promises': timersPromises,
    performance,
    perf_hooks: { performance },
  }
})

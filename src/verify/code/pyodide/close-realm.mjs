// Closes this JavaScript realm before a program runs: Python can, in the end, reach any object in it. Takes away what
// opens the outside, and freezes the built-in objects, so that a program can neither hear what our own code says to
// them (a toJSON, a Uint8Array.from) nor be handed the runtime's objects as `this` (an accessor on Object.prototype).

const outside = [
  ...['process', 'fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'Worker', 'BroadcastChannel', 'MessageChannel'],
  ...['Request', 'Response', 'Headers', 'FormData', 'navigator', 'require', 'module', 'Buffer', 'SharedArrayBuffer'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'localStorage'],
]

/** Prototypes that no global name leads to, but syntax does. */
function hidden() {
  const proto = Object.getPrototypeOf
  const functions = [function* () {}, async () => {}, async function* () {}].map((one) => proto(one))
  const iterators = [[][Symbol.iterator](), new Map().entries(), new Set().entries(), ''[Symbol.iterator]()]
  iterators.push('a'.matchAll(/a/g))
  const objects = [...functions, ...functions.map((one) => one.prototype), ...iterators.map((one) => proto(one))]
  objects.push(proto(proto(iterators[0])), proto(functions[2].prototype), proto(Uint8Array))
  return [...objects, ...functions.map((one) => one.constructor)].filter((one) => one !== undefined && one !== null)
}

/** Frozen, yet `object.name = x` still works on what inherits from it, as Pyodide's own code does. */
function freezeKeepingAssignment(object) {
  for (const [key, found] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (!('value' in found) || found.configurable !== true) continue
    const get = () => found.value
    const set = function set(value) {
      if (this === object) throw new TypeError('frozen')
      Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true })
    }
    Object.defineProperty(object, key, { get, set, enumerable: found.enumerable, configurable: false })
    Object.freeze(get)
    Object.freeze(set)
  }
  Object.freeze(object)
}

/** Error keeps a writable stackTraceLimit, which Pyodide sets, and loses the hook that hands out stack frames. */
function freezeError() {
  Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false })
  for (const key of Reflect.ownKeys(Error)) {
    const isKept = key === 'stackTraceLimit'
    Object.defineProperty(Error, key, isKept ? { configurable: false } : { writable: false, configurable: false })
  }
  Object.preventExtensions(Error)
}

/** `alsoFrozen`: classes of the host that our own code calls later, which are no longer globals. */
export function closeRealm(alsoFrozen) {
  for (const name of outside) delete globalThis[name]
  const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function')
  // Built-in objects are plain values; an accessor would load a part of Node that nothing here uses.
  const globals = Object.values(Object.getOwnPropertyDescriptors(globalThis)).map(({ value }) => value)
  const found = [...hidden(), ...alsoFrozen, ...globals].filter((one) => isObject(one) && one !== globalThis)
  // The prototype of Function is a function itself.
  const everything = new Set([...found, ...found.map((one) => one.prototype).filter(isObject)])
  const isAssigned = (one) => one === Object.prototype || one === Error.prototype || one instanceof Error
  const assigned = [...everything].filter(isAssigned)
  freezeError()
  for (const one of everything) if (!isAssigned(one) && one !== Error) Object.freeze(one)
  for (const one of assigned) freezeKeepingAssignment(one)
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const own = Object.getOwnPropertyDescriptor(globalThis, name)
    if (own?.configurable === true && 'value' in own) {
      Object.defineProperty(globalThis, name, { writable: false, configurable: false })
    }
  }
}

/** Takes the file systems and sockets of the host out of the runtime: they use raw descriptors. */
export function closeRuntime(python) {
  const { FS, _api: api } = python
  for (const name of Object.keys(FS.filesystems)) if (name !== 'MEMFS') delete FS.filesystems[name]
  for (const name of ['initializeNodeSockFS', 'loadBinaryFile', 'install', 'loadDynlib', 'packageManager']) {
    delete api[name]
  }
  for (const name of ['setStdin', 'setStdout', 'setStderr', 'mountNodeFS', 'mountNativeFS', 'loadPackage']) {
    Reflect.deleteProperty(python, name)
  }
}

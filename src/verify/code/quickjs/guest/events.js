// require('events'): the emitter that process, its streams and readline are made of too. An old-style constructor, so
// that `EventEmitter.call(this)` works as well as `extends`.
;(function eventsPart() {
  const kept = new WeakMap()
  const handlersOf = (emitter) => {
    if (!kept.has(emitter)) kept.set(emitter, new Map())
    return kept.get(emitter)
  }
  function add(emitter, event, handler, { isOnce = false, isFirst = false }) {
    if (typeof handler !== 'function') throw new TypeError('The "listener" argument must be of type function.')
    const all = handlersOf(emitter)
    if (all.has('newListener')) emitter.emit('newListener', event, handler)
    const entry = { handler, isOnce }
    const list = all.get(event) ?? []
    all.set(event, isFirst ? [entry, ...list] : [...list, entry])
    return emitter
  }
  function drop(emitter, event, isDropped) {
    const all = handlersOf(emitter)
    const list = all.get(event) ?? []
    const at = list.findLastIndex(isDropped)
    if (at < 0) return emitter
    // A new list each time: the one that is being called stays as it was.
    const left = list.toSpliced(at, 1)
    if (left.length > 0) all.set(event, left)
    else all.delete(event)
    if (all.has('removeListener')) emitter.emit('removeListener', event, list[at].handler)
    return emitter
  }

  function EventEmitter() {}
  const methods = {
    on(event, handler) {
      return add(this, event, handler, {})
    },
    once(event, handler) {
      return add(this, event, handler, { isOnce: true })
    },
    prependListener(event, handler) {
      return add(this, event, handler, { isFirst: true })
    },
    prependOnceListener(event, handler) {
      return add(this, event, handler, { isOnce: true, isFirst: true })
    },
    off(event, handler) {
      return drop(this, event, (entry) => entry.handler === handler)
    },
    removeAllListeners(event) {
      if (event === undefined) handlersOf(this).clear()
      else handlersOf(this).delete(event)
      return this
    },
    emit(event, ...args) {
      const list = handlersOf(this).get(event)
      if (list === undefined) {
        if (event !== 'error') return false
        throw args[0] instanceof Error ? args[0] : new Error(`Unhandled error. (${args[0]})`)
      }
      for (const entry of list) {
        if (entry.isOnce) drop(this, event, (each) => each === entry)
        entry.handler.apply(this, args)
      }
      return true
    },
    listenerCount(event) {
      return handlersOf(this).get(event)?.length ?? 0
    },
    listeners(event) {
      return (handlersOf(this).get(event) ?? []).map(({ handler }) => handler)
    },
    eventNames() {
      return [...handlersOf(this).keys()]
    },
    setMaxListeners() {
      return this
    },
    getMaxListeners: () => 10,
  }
  methods.addListener = methods.on
  methods.removeListener = methods.off
  methods.rawListeners = methods.listeners
  for (const name of Object.keys(methods)) {
    Object.defineProperty(EventEmitter.prototype, name, { value: methods[name], writable: true, configurable: true })
  }
  EventEmitter.EventEmitter = EventEmitter
  EventEmitter.defaultMaxListeners = 10
  /** A promise of the arguments of the next event. */
  EventEmitter.once = (emitter, event) =>
    new Promise((resolve, reject) => {
      emitter.once(event, (...args) => resolve(args))
      if (event !== 'error') emitter.once('error', reject)
    })
  EventEmitter.listenerCount = (emitter, event) => emitter.listenerCount(event)
  return EventEmitter
})

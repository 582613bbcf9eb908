// structuredClone: plain data, Map, Set, Date, RegExp, errors and buffers, with shared and circular references kept.
;(function clonePart() {
  const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1)
  const refuse = (value) => {
    const error = new Error(`${typeof value === 'symbol' ? String(value) : value} could not be cloned.`)
    error.name = 'DataCloneError'
    throw Object.assign(error, { code: 25 })
  }

  return function structuredClone(root) {
    const done = new Map()
    const keep = (from, to) => {
      done.set(from, to)
      return to
    }
    function copyKeys(from, to) {
      for (const key of Object.keys(from)) {
        Object.defineProperty(to, key, {
          value: clone(from[key]),
          writable: true,
          enumerable: true,
          configurable: true,
        })
      }
      return to
    }
    function clone(value) {
      if (typeof value === 'function' || typeof value === 'symbol') refuse(value)
      if (typeof value !== 'object' || value === null) return value
      if (done.has(value)) return done.get(value)
      if (Array.isArray(value)) return copyKeys(value, keep(value, new Array(value.length)))
      if (value instanceof Date) return keep(value, new Date(value.getTime()))
      if (value instanceof RegExp) return keep(value, new RegExp(value.source, value.flags))
      if (value instanceof ArrayBuffer) return keep(value, value.slice(0))
      if (value instanceof DataView)
        return keep(value, new DataView(clone(value.buffer), value.byteOffset, value.byteLength))
      if (ArrayBuffer.isView(value)) {
        const Kind = globalThis[tagOf(value)]
        return keep(value, new Kind(clone(value.buffer), value.byteOffset, value.length))
      }
      if (value instanceof Map) {
        const copy = keep(value, new Map())
        for (const [key, item] of [...value]) copy.set(clone(key), clone(item))
        return copy
      }
      if (value instanceof Set) {
        const copy = keep(value, new Set())
        for (const item of [...value]) copy.add(clone(item))
        return copy
      }
      if (value instanceof Error) {
        const Kind = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].find(
          (each) => value instanceof each,
        )
        const copy = keep(value, new (Kind ?? Error)(value.message))
        Object.defineProperty(copy, 'stack', { value: value.stack, writable: true, configurable: true })
        if (Object.hasOwn(value, 'cause')) copy.cause = clone(value.cause)
        return copy
      }
      for (const Box of [Number, String, Boolean, BigInt])
        if (value instanceof Box) return keep(value, Object(value.valueOf()))
      if (['Promise', 'WeakMap', 'WeakSet', 'WeakRef'].includes(tagOf(value))) refuse(`#<${tagOf(value)}>`)
      return copyKeys(value, keep(value, {}))
    }
    return clone(root)
  }
})

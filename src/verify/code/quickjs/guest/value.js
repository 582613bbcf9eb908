// Calls into the program and writes what comes back in the wire form of value.ts. Loaded before the program, so that
// one which redefines JSON or Array.isArray changes nothing here; it could only change its own answer anyway.
;(function valuePart(guest) {
  const { parse, stringify } = JSON
  const { isArray } = Array
  const { keys, prototype: plain, assign } = Object
  const { isView } = ArrayBuffer
  const call = Function.prototype.call.bind(Function.prototype.call)
  const { then } = Promise.prototype
  const functionPrototype = Function.prototype
  const PromiseType = Promise
  const typeName = (value) => call(plain.toString, value).slice(8, -1)

  function encode(value, depth, budget) {
    if (--budget.nodes < 0 || depth > 90) return '{"$":"other","v":"a value too large to compare"}'
    const list = (items) => {
      let text = ''
      for (let i = 0; i < items.length && budget.nodes >= 0; i++) {
        text += (i > 0 ? ',' : '') + encode(items[i], depth + 1, budget)
      }
      return `[${text}]`
    }
    const pairs = (entries) => {
      let text = ''
      for (let i = 0; i < entries.length && budget.nodes >= 0; i++) {
        text += `${i > 0 ? ',' : ''}${list([entries[i][0], entries[i][1]])}`
      }
      return `{"$":"map","v":[${text}]}`
    }
    if (value === null || typeof value === 'boolean') return `${value}`
    if (typeof value === 'string') return stringify(value)
    if (typeof value === 'number') {
      if (Number.isNaN(value)) return '{"$":"float","v":"nan"}'
      if (value === Infinity || value === -Infinity) return `{"$":"float","v":"${value > 0 ? '' : '-'}inf"}`
      return `${value}`
    }
    if (typeof value === 'bigint') {
      const digits = `${value}`
      return digits.length > 4000 ? '{"$":"other","v":"a huge integer"}' : `{"$":"int","v":"${digits}"}`
    }
    if (value === undefined) return '{"$":"undefined"}'
    if (typeof value !== 'object') return `{"$":"other","v":"${typeof value}"}`
    if (isArray(value) || isView(value)) return list(value)
    const kind = typeName(value)
    if (kind === 'Set') return `{"$":"set","v":${list([...value])}}`
    if (kind === 'Map') return pairs([...value])
    if (kind !== 'Object') return `{"$":"other","v":${stringify(`${kind}`)}}`
    return pairs(keys(value).map((key) => [key, value[key]]))
  }

  /** An argument `{"$int": "digits"}` is a BigInt. */
  const decode = (text) =>
    parse(text, (_key, value) =>
      value !== null && typeof value === 'object' && typeof value.$int === 'string' ? BigInt(value.$int) : value,
    )

  let readInner
  /** Given by the first statement of a module: what the name stands for in its scope, now or later. */
  const reach = (read) => {
    readInner = read
  }
  const isTarget = (value) => typeof value === 'function' || (typeof value === 'object' && value !== null)
  const isPart = (owner, name) => {
    const value = isTarget(owner) ? owner[name] : undefined
    return isTarget(value) && value !== plain[name] && value !== functionPrototype[name]
  }

  /** What a name of the program stands for: what it exports in any of the usual ways, else what is in its scope. */
  function find(name, inScope, exported) {
    const commonJs = guest.module.exports
    const owner = [exported, exported?.default, commonJs, commonJs?.default].find((each) => isPart(each, name))
    if (owner !== undefined) return owner[name]
    try {
      const inner = readInner?.()
      if (inner !== undefined) return inner
    } catch {
      // Not declared there, or not yet when the program ended.
    }
    if (inScope !== undefined) return inScope
    // `export default (a, b) => a + b` and `module.exports = function (a, b) { ... }`
    const names = ['', 'default', 'exports', name]
    return [exported?.default, commonJs].find((each) => typeof each === 'function' && names.includes(each.name))
  }

  let pending
  /** Calls a function of the program, a method of a fresh instance or of the class itself; `settled` has the result. */
  function invoke(name, argsText, inScope, exported) {
    const [root, ...path] = name.split('.')
    let target = find(root, inScope, exported)
    let owner
    if (path.length > 0 && typeof target === 'function') {
      const isStatic = typeof target[path[0]] === 'function' && typeof target.prototype?.[path[0]] !== 'function'
      if (!isStatic) target = new target()
    }
    for (const step of path) {
      owner = target
      target = target?.[step]
    }
    if (typeof target !== 'function') throw new TypeError('the program has no such function')
    keep(target.apply(owner, decode(argsText)))
  }
  function keep(value) {
    pending = { state: 'done', value }
    if (!(value instanceof PromiseType)) return
    const mine = { state: 'waiting' }
    pending = mine
    const set = (stateName) => (result) => assign(mine, { state: stateName, value: result })
    call(then, value, set('done'), set('failed'))
  }
  function settled() {
    if (pending.state === 'failed') throw pending.value
    if (pending.state === 'waiting') throw new Error('the promise is never settled')
    return encode(pending.value, 0, { nodes: 400000 })
  }
  return { invoke, keep, settled, reach }
})

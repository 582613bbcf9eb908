// Runs inside QuickJS before the program: gives it console, print, readline and the few Node shims that competitive
// programs read their input with, and gives the child the functions that call into the program and encode values.
// It is one function expression. `write` and `exit` are the only doors out: text, and "stop now".
;(function prelude(write, exit, stdin, seed) {
  const { parse, stringify } = JSON
  const { isArray } = Array
  const { keys, getPrototypeOf, prototype: objectPrototype, defineProperty } = Object
  const call = Function.prototype.call.bind(Function.prototype.call)
  const { toString: describe } = objectPrototype
  const PromiseType = Promise
  const { then } = Promise.prototype
  const isView = ArrayBuffer.isView

  // Programs are judged: the same program gives the same draws (xorshift32).
  let state = seed >>> 0 || 1
  Math.random = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4294967296
  }

  // ---- how console.log shows a value: close to Node's, one line while it fits in 72 characters
  const quote = (text) =>
    text.includes("'") ? stringify(text) : `'${stringify(text).slice(1, -1).replaceAll('\\"', '"')}'`
  const isName = (key) => /^[A-Za-z_$][\w$]*$/.test(key)
  const typeName = (value) => call(describe, value).slice(8, -1)
  function inspect(value, depth = 0, above = []) {
    if (typeof value === 'string') return depth === 0 ? value : quote(value)
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value === 'symbol') return String(value)
    if (Object.is(value, -0)) return '-0'
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return `${value}`
    if (typeof value === 'function') {
      return `[${/^class\b/.test(`${value}`) ? 'class' : 'Function'}${value.name ? `: ${value.name}` : ' (anonymous)'}]`
    }
    if (above.includes(value)) return '[Circular *1]'
    const kind = typeName(value)
    if (value instanceof Error) return `${value}\n${value.stack ?? ''}`.trimEnd()
    if (kind === 'Date' || kind === 'RegExp') return kind === 'Date' ? value.toISOString() : `${value}`
    if (depth > 2) return isArray(value) ? '[Array]' : '[Object]'
    const next = [...above, value]
    const inner = (item) => inspect(item, depth + 1, next)
    let prefix = ''
    let items
    let ends = ['{', '}']
    if (isArray(value) || isView(value)) {
      ends = ['[', ']']
      if (!isArray(value)) prefix = `${kind}(${value.length}) `
      items = Array.from(value).slice(0, 100).map(inner)
      if (value.length > 100) items.push(`... ${value.length - 100} more items`)
    } else if (kind === 'Set') {
      prefix = `Set(${value.size}) `
      items = [...value].map(inner)
    } else if (kind === 'Map') {
      prefix = `Map(${value.size}) `
      items = [...value].map(([key, item]) => `${inner(key)} => ${inner(item)}`)
    } else {
      const proto = getPrototypeOf(value)
      const name = proto === null ? '[Object: null prototype]' : proto.constructor?.name
      if (name && name !== 'Object') prefix = `${name} `
      items = keys(value).map((key) => `${isName(key) ? key : quote(key)}: ${inner(value[key])}`)
    }
    if (items.length === 0) return `${prefix}${ends[0]}${ends[1]}`
    const line = `${prefix}${ends[0]} ${items.join(', ')} ${ends[1]}`
    if (line.length <= 72 && !line.includes('\n')) return line
    const pad = '  '.repeat(depth + 1)
    return `${prefix}${ends[0]}\n${items.map((item) => pad + item).join(',\n')}\n${'  '.repeat(depth)}${ends[1]}`
  }

  function format(parts) {
    let [first, ...rest] = parts
    if (typeof first === 'string' && rest.length > 0 && first.includes('%')) {
      first = first.replace(/%[sdifj%]/g, (mark) => {
        if (mark === '%%') return '%'
        if (rest.length === 0) return mark
        const value = rest.shift()
        if (mark === '%s') return inspect(value)
        if (mark === '%j') return stringify(value)
        if (mark === '%i') return `${Number.parseInt(value, 10)}`
        return `${Number(value)}`
      })
    }
    return [first, ...rest].map((part) => inspect(part)).join(' ')
  }
  const toOut = (...parts) => write(1, `${parts.length === 0 ? '' : format(parts)}\n`)
  const toErr = (...parts) => write(2, `${parts.length === 0 ? '' : format(parts)}\n`)

  // ---- virtual timers: run in order of their due time, without waiting
  let clock = 0
  let lastTimer = 0
  let timers = []
  const addTimer = (callback, delay, args, every) => {
    const due = clock + Math.max(1, Number(delay) || 0)
    lastTimer++
    timers.push({ id: lastTimer, due, callback, args, every })
    return lastTimer
  }
  const dropTimer = (id) => {
    timers = timers.filter((timer) => timer.id !== id)
  }
  /** Runs the next timer; false when none is left. */
  function runTimer() {
    let next
    for (const timer of timers) if (next === undefined || timer.due < next.due) next = timer
    if (next === undefined) return false
    clock = next.due
    dropTimer(next.id)
    if (next.every !== undefined) timers.push({ ...next, due: clock + next.every })
    next.callback(...next.args)
    return true
  }

  // ---- input
  let position = 0
  const readLine = () => {
    if (position >= stdin.length) return undefined
    const end = stdin.indexOf('\n', position)
    const line = stdin.slice(position, end < 0 ? stdin.length : end)
    position = end < 0 ? stdin.length : end + 1
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }
  const readRest = () => {
    const rest = stdin.slice(position)
    position = stdin.length
    return rest
  }
  const readFileSync = (file) => {
    if (file !== 0 && file !== '/dev/stdin') throw new Error(`EACCES: permission denied, open '${file}'`)
    const text = readRest()
    // Without an encoding Node gives a Buffer; programs only ever call toString, trim or split on it.
    return text
  }
  const emitter = () => {
    const handlers = {}
    const on = (event, handler) => {
      handlers[event] ??= []
      handlers[event].push(handler)
    }
    const emit = (event, ...args) => {
      for (const handler of handlers[event] ?? []) handler(...args)
    }
    return { on, emit }
  }
  const createInterface = () => {
    const { on, emit } = emitter()
    let isClosed = false
    const asked = []
    const close = () => {
      if (!isClosed) emit('close')
      isClosed = true
    }
    const pump = () => {
      const line = isClosed ? undefined : readLine()
      if (line === undefined) return close()
      if (asked.length > 0) asked.shift()(line)
      else emit('line', line)
      addTimer(pump, 0, [])
    }
    addTimer(pump, 0, [])
    const face = {
      on(event, handler) {
        on(event, handler)
        return face
      },
      once: (event, handler) => face.on(event, handler),
      close,
      question: (text, then) => {
        write(1, text)
        asked.push(then)
      },
      setPrompt() {},
      prompt() {},
      pause: () => face,
      resume: () => face,
      async *[Symbol.asyncIterator]() {
        for (;;) {
          const line = readLine()
          if (line === undefined) return
          yield line
        }
      },
    }
    return face
  }
  const { on: onInput, emit: emitInput } = emitter()
  let isFlowing = false
  const input = {
    fd: 0,
    isTTY: false,
    on(event, handler) {
      onInput(event, handler)
      if (!isFlowing) {
        isFlowing = true
        addTimer(
          () => {
            const rest = readRest()
            if (rest !== '') emitInput('data', rest)
            emitInput('end')
            emitInput('close')
          },
          0,
          [],
        )
      }
      return input
    },
    once: (event, handler) => input.on(event, handler),
    setEncoding: () => input,
    resume: () => input,
    pause: () => input,
    async *[Symbol.asyncIterator]() {
      const rest = readRest()
      if (rest !== '') yield rest
    },
  }
  const output = (fd) => {
    const writeText = (text) => {
      write(fd, `${text}`)
      return true
    }
    return { fd, isTTY: false, write: writeText, end() {}, on() {} }
  }
  const fs = {
    readFileSync,
    writeSync: (fd, text) => write(fd === 2 ? 2 : 1, `${text}`),
    writeFileSync: (file, text) => {
      if (file !== 1 && file !== 2 && file !== '/dev/stdout')
        throw new Error(`EACCES: permission denied, open '${file}'`)
      write(file === 2 ? 2 : 1, `${text}`)
    },
  }
  const modules = { fs, readline: { createInterface }, os: { EOL: '\n' } }

  const globals = {
    console: { log: toOut, info: toOut, debug: toOut, error: toErr, warn: toErr, trace: toErr },
    print: toOut,
    readline: () => readLine() ?? null,
    require: (name) => {
      const short = `${name}`.replace(/^node:/, '')
      if (!Object.hasOwn(modules, short)) throw new Error(`Cannot find module '${name}'`)
      return modules[short]
    },
    process: {
      stdin: input,
      stdout: output(1),
      stderr: output(2),
      argv: ['node', 'main'],
      env: {},
      exit,
      nextTick: queue,
    },
    setTimeout: (callback, delay, ...args) => addTimer(callback, delay, args),
    setImmediate: (callback, ...args) => addTimer(callback, 0, args),
    setInterval: (callback, delay, ...args) => addTimer(callback, delay, args, Math.max(1, Number(delay) || 0)),
    clearTimeout: dropTimer,
    clearImmediate: dropTimer,
    clearInterval: dropTimer,
    queueMicrotask: queue,
    structuredClone: (value) => parse(stringify(value)),
  }
  function queue(callback, ...args) {
    call(then, PromiseType.resolve(), () => callback(...args))
  }
  for (const name of keys(globals)) {
    defineProperty(globalThis, name, { value: globals[name], writable: true, configurable: true, enumerable: false })
  }
  globalThis.global = globalThis

  // ---- the value of a call, in the wire form of value.ts
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

  let pending
  /** Calls a function of the program, a method of a fresh instance, or just takes a value; `settled` reads the result. */
  function invoke(root, path, argsText) {
    const names = path === '' ? [] : path.split('.')
    let owner
    let target = root
    if (names.length > 0 && typeof root === 'function') target = new root()
    for (const name of names) {
      owner = target
      target = target[name]
    }
    if (typeof target !== 'function') throw new TypeError('the program has no such function')
    keep(target.apply(owner, decode(argsText)))
  }
  function keep(value) {
    pending = { state: 'done', value }
    if (!(value instanceof PromiseType)) return
    const mine = { state: 'waiting' }
    pending = mine
    const set = (stateName) => (result) => Object.assign(mine, { state: stateName, value: result })
    call(then, value, set('done'), set('failed'))
  }
  function settled() {
    if (pending.state === 'failed') throw pending.value
    if (pending.state === 'waiting') throw new Error('the promise is never settled')
    return encode(pending.value, 0, { nodes: 400000 })
  }
  const show = (value) => (value === undefined ? '' : inspect(value, 1).slice(0, 20000))
  return { invoke, keep, settled, runTimer, show }
})

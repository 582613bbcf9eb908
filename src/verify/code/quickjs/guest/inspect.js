// How console.log and util.inspect show a value: Node's text, so that a program which prints an object is judged by
// what it would print there. Loaded when something other than text and numbers is first printed.
// Differs: the state of a promise is not known here, and proxies look like what they stand for.
;(function inspectPart(guest) {
  const custom = Symbol.for('nodejs.util.inspect.custom')
  const { keys, getPrototypeOf, getOwnPropertyDescriptor, getOwnPropertySymbols, prototype: plain, hasOwn } = Object
  const tagOf = (value) => plain.toString.call(value).slice(8, -1)
  const isEnumerable = (value, key) => plain.propertyIsEnumerable.call(value, key)

  const escapes = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' }
  const hex = (code) => code.toString(16)
  function quote(text) {
    let mark = "'"
    if (text.includes("'")) {
      if (!text.includes('"')) mark = '"'
      else if (!text.includes('`') && !text.includes('${')) mark = '`'
    }
    const special = /[\p{Cc}\p{Cs}'\\]/gu
    const inner = text.replace(special, (char) => {
      if (char === "'") return mark === "'" ? "\\'" : char
      const code = char.charCodeAt(0)
      return escapes[char] ?? (code < 256 ? `\\x${hex(code).padStart(2, '0').toUpperCase()}` : `\\u${hex(code)}`)
    })
    return `${mark}${inner}${mark}`
  }

  function primitive(value, state) {
    if (typeof value === 'string') {
      let text = value
      let more = ''
      if (text.length > state.maxStringLength) {
        const left = text.length - state.maxStringLength
        text = text.slice(0, state.maxStringLength)
        more = `... ${left} more character${left > 1 ? 's' : ''}`
      }
      const isLong = text.length > 16 && text.length > state.breakLength - state.indent - 4
      const lines = isLong && state.compact !== true ? text.split(/(?<=\n)/) : [text]
      return lines.map(quote).join(` +\n${' '.repeat(state.indent + 2)}`) + more
    }
    if (typeof value === 'bigint') return `${value}n`
    if (Object.is(value, -0)) return '-0'
    return String(value)
  }

  /** The name of the class of a value, or of the next one above it that has one. */
  function className(value) {
    for (let at = value; at !== null && at !== undefined; at = getPrototypeOf(at)) {
      const found = getOwnPropertyDescriptor(at, 'constructor')?.value
      if (typeof found === 'function' && found.name !== '' && value instanceof found) return `${found.name}`
    }
    return null
  }

  /** `Foo `, `Foo(3) ` or `[Foo: null prototype] `, with the tag of the value where it says something else. */
  function prefix(value, fallback, size = '') {
    const name = className(value)
    let tag = isEnumerable(value, Symbol.toStringTag) ? '' : value[Symbol.toStringTag]
    tag = typeof tag === 'string' && tag !== '' && tag !== name ? `[${tag}] ` : ''
    return name === null ? `[${fallback}${size}: null prototype] ${tag}` : `${name}${size} ${tag}`
  }

  function functionBase(value) {
    const name = hasOwn(value, 'name') && typeof value.name === 'string' ? value.name : ''
    if (/^class\b/.test(Function.prototype.toString.call(value))) {
      const above = getPrototypeOf(value)?.name
      return `[class ${name || '(anonymous)'}${above ? ` extends ${above}` : ''}]`
    }
    const kind = tagOf(value)
    return `[${kind.endsWith('Function') ? kind : 'Function'}${name ? `: ${name}` : ' (anonymous)'}]`
  }

  function errorBase(value, state) {
    const { name, message, stack } = value
    const head = message === '' ? `${name}` : `${name}: ${message}`
    const trace = typeof stack === 'string' ? stack.trimEnd() : ''
    const text = trace === '' ? `[${head}]` : trace.startsWith(head) ? trace : `${head}\n${trace}`
    return text.replaceAll('\n', `\n${' '.repeat(state.indent)}`)
  }

  function property(value, key, state, level, isListed) {
    const found = getOwnPropertyDescriptor(value, key) ?? { value: value[key] }
    let text
    if ('value' in found) {
      state.indent += 2
      text = inspectValue(found.value, state, level + 1)
      state.indent -= 2
    } else if (found.get !== undefined) text = found.set === undefined ? '[Getter]' : '[Getter/Setter]'
    else text = found.set === undefined ? 'undefined' : '[Setter]'
    if (isListed) return text
    if (typeof key === 'symbol') return `[${String(key)}]: ${text}`
    return `${/^[A-Za-z_]\w*$/.test(key) ? key : quote(key)}: ${text}`
  }

  const more = (count) => `... ${count} more item${count > 1 ? 's' : ''}`

  function listItems(value, state, level) {
    const items = []
    const limit = Math.min(state.maxArrayLength, value.length)
    let at = 0
    while (at < value.length && items.length < limit) {
      if (ArrayBuffer.isView(value)) items.push(primitive(value[at], state))
      else if (hasOwn(value, at)) items.push(property(value, `${at}`, state, level, true))
      else {
        const hole = at
        while (at + 1 < value.length && !hasOwn(value, at + 1)) at++
        items.push(`<${at - hole + 1} empty item${at > hole ? 's' : ''}>`)
      }
      at++
    }
    if (at < value.length) items.push(more(value.length - at))
    return items
  }

  function collectionItems(values, size, state, show) {
    const items = []
    state.indent += 2
    for (const item of values) {
      if (items.length >= state.maxArrayLength) break
      items.push(show(item))
    }
    state.indent -= 2
    if (size > items.length) items.push(more(size - items.length))
    return items
  }

  /** What is special about a kind of value: its `base`, its braces, its `items`, its own `names`. */
  function parts(value, state, level) {
    const inner = (item) => inspectValue(item, state, level + 1)
    const kind = tagOf(value)
    if (Array.isArray(value)) {
      const name = className(value)
      const head = name === 'Array' ? '' : prefix(value, 'Array', `(${value.length})`)
      return { open: `${head}[`, close: ']', items: () => listItems(value, state, level), isList: true }
    }
    if (ArrayBuffer.isView(value) && kind !== 'DataView') {
      const open = `${prefix(value, kind, `(${value.length})`)}[`
      return { open, close: ']', items: () => listItems(value, state, level), isList: true }
    }
    if (value instanceof Set) {
      const items = () => collectionItems(value.values(), value.size, state, inner)
      return { open: `${prefix(value, 'Set', `(${value.size})`)}{`, items }
    }
    if (value instanceof Map) {
      const pair = ([key, item]) => `${inner(key)} => ${inner(item)}`
      const items = () => collectionItems(value.entries(), value.size, state, pair)
      return { open: `${prefix(value, 'Map', `(${value.size})`)}{`, items }
    }
    if (typeof value === 'function') return { base: functionBase(value) }
    if (value instanceof Error) return { base: errorBase(value, state) }
    if (value instanceof RegExp) return { base: `${value}` }
    if (value instanceof Date) return { base: Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString() }
    for (const Box of [Number, String, Boolean, BigInt, Symbol]) {
      if (value instanceof Box) return { base: `[${Box.name}: ${primitive(value.valueOf(), { ...state, indent: 0 })}]` }
    }
    if (value instanceof Promise) return { open: `${prefix(value, 'Promise')}{`, items: () => ['<pending>'] }
    if (value instanceof WeakMap || value instanceof WeakSet) {
      return { open: `${className(value)} {`, items: () => ['<items unknown>'] }
    }
    if (kind === 'ArrayBuffer') {
      const bytes = [...new Uint8Array(value).slice(0, 50)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
      return { open: 'ArrayBuffer {', items: () => [`[Uint8Contents]: <${bytes}>`, `byteLength: ${value.byteLength}`] }
    }
    if (kind === 'Map Iterator' || kind === 'Set Iterator') return { open: `[${kind}] {`, items: () => [] }
    if (kind === 'Arguments') return { open: '[Arguments] {' }
    const head = prefix(value, 'Object')
    return { open: head === 'Object ' ? '{' : `${head}{` }
  }

  function inspectValue(value, state, level) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return primitive(value, state)
    const own = state.customInspect && value[custom]
    if (typeof own === 'function' && own !== inspect) {
      const depth = state.depth - level
      const result = own.call(value, depth, { ...state.options, depth }, inspect)
      if (result !== value) {
        if (typeof result !== 'object' || result === null)
          return `${result}`.replaceAll('\n', `\n${' '.repeat(state.indent)}`)
        return inspectValue(result, state, level)
      }
    }
    if (state.above.includes(value)) {
      if (!state.circular.has(value)) state.circular.set(value, state.circular.size + 1)
      return `[Circular *${state.circular.get(value)}]`
    }
    return inspectObject(value, state, level)
  }

  function inspectObject(value, state, level) {
    const { base = '', open = '{', close = '}', items, isList = false } = parts(value, state, level)
    let names = keys(value)
    if (isList || value instanceof String) names = names.filter((key) => !/^(?:0|[1-9]\d{0,9})$/.test(key))
    if (value instanceof Error) names = names.filter((key) => key !== 'stack' && key !== 'message')
    names.push(...getOwnPropertySymbols(value).filter((key) => isEnumerable(value, key)))
    const isEmpty = names.length === 0 && (items === undefined || (isList ? value.length === 0 : value.size === 0))
    if (isEmpty) return base !== '' ? base : `${open}${close}`
    if (level > state.depth) {
      const name = typeof value === 'function' ? 'Function' : prefix(value, 'Object').trimEnd()
      return name.startsWith('[') ? name : `[${name.replace(/ \[.*$/, '')}]`
    }
    state.above.push(value)
    state.deepest = level
    const output = items === undefined ? [] : items()
    if (state.sorted) names.sort()
    for (const key of names) output.push(property(value, key, state, level, false))
    state.above.pop()
    const mark = state.circular.has(value) ? `<ref *${state.circular.get(value)}> ` : ''
    return lay(
      output,
      { base: base && `${mark}${base}`, open: base ? open : `${mark}${open}`, close, isList },
      state,
      level,
      value,
    )
  }

  /** On one line when it is short and at most `compact` levels deep, else one entry a line; long lists in columns. */
  function lay(entries, { base, open, close, isList }, state, level, value) {
    const start = base === '' ? open : `${base} ${open}`
    let output = entries
    if (state.compact !== true && state.compact >= 1) {
      if (isList && entries.length > 6) output = columns(entries, state, value)
      if (state.deepest - level < state.compact && output === entries) {
        const used = entries.length + state.indent + open.length + base.length + 10
        const total = entries.reduce((sum, entry) => sum + entry.length, used + entries.length)
        const isShort = total <= state.breakLength && !base.includes('\n')
        if (isShort && !entries.some((entry) => entry.includes('\n'))) return `${start} ${entries.join(', ')} ${close}`
      }
    } else if (state.compact === true) return `${start} ${entries.join(', ')} ${close}`
    const gap = `\n${' '.repeat(state.indent)}`
    return `${start}${gap}  ${output.join(`,${gap}  `)}${gap}${close}`
  }

  let isWide
  let isHidden
  /** Terminal columns that a text takes: two for wide characters, none for marks. */
  function width(text) {
    if (/^[ -~]*$/.test(text)) return text.length
    // Made here: they take longer to make than all the rest of this file.
    const wide =
      '[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff01-\\uff60]'
    isWide ??= new RegExp(`${wide}|\\p{Emoji_Presentation}|[\\u{20000}-\\u{3fffd}]`, 'u')
    isHidden ??= /\p{Mn}|\p{Me}|\p{Cf}|\p{Cc}/u
    let sum = 0
    for (const char of text.normalize('NFC')) if (!isHidden.test(char)) sum += isWide.test(char) ? 2 : 1
    return sum
  }

  /** Puts the entries of a long list into columns, about 2.5 times as wide as high; the same list when it gains nothing. */
  function columns(entries, state, value) {
    const hasMore = state.maxArrayLength < entries.length
    const count = hasMore ? entries.length - 1 : entries.length
    const widths = entries.slice(0, count).map(width)
    const total = widths.reduce((sum, each) => sum + each + 2, 0)
    const longest = Math.max(...widths)
    const cell = longest + 2
    if (cell * 3 + state.indent >= state.breakLength || !(total / cell > 5 || longest <= 6)) return entries
    const biased = Math.max(longest - 1 - Math.sqrt(cell - total / entries.length), 1)
    const across = Math.min(
      Math.round(Math.sqrt(2.5 * biased * count) / biased),
      Math.floor((state.breakLength - state.indent) / cell),
      state.compact * 4,
      15,
    )
    if (across <= 1) return entries
    const lanes = Array.from({ length: across }, (_, lane) => {
      return widths.reduce((most, each, at) => (at % across === lane ? Math.max(most, each) : most), 0)
    })
    const isNumeric = entries.every((_, at) => typeof value[at] === 'number' || typeof value[at] === 'bigint')
    const rows = []
    for (let from = 0; from < count; from += across) {
      const row = entries.slice(from, Math.min(from + across, count))
      const cells = row.map((entry, lane) => {
        const pad = ' '.repeat(Math.max(0, lanes[lane] - widths[from + lane]))
        const comma = lane < row.length - 1 ? ', ' : ''
        return isNumeric ? `${pad}${entry}${comma}` : `${entry}${comma}${comma && pad}`
      })
      rows.push(cells.join(''))
    }
    if (hasMore) rows.push(entries[count])
    return rows
  }

  function inspect(value, options, ...old) {
    const given = typeof options === 'object' && options !== null ? options : {}
    const state = {
      depth: 2,
      breakLength: 80,
      compact: 3,
      maxArrayLength: 100,
      maxStringLength: 10_000,
      customInspect: true,
    }
    if (typeof options === 'boolean' && old.length > 0) given.depth = old[0]
    for (const key of keys(given)) state[key] = given[key]
    for (const key of ['depth', 'maxArrayLength', 'maxStringLength']) state[key] ??= Infinity
    if (state.compact === false) state.compact = 0
    return inspectValue(value, { ...state, options: given, indent: 0, above: [], circular: new Map(), deepest: 0 }, 0)
  }
  inspect.custom = custom
  inspect.defaultOptions = {}

  const asNumber = (value, read) => {
    if (typeof value === 'bigint') return `${value}n`
    return typeof value === 'symbol' ? 'NaN' : primitive(read(value), { maxStringLength: 0 })
  }
  function asString(value) {
    if (typeof value === 'bigint') return `${value}n`
    if (Object.is(value, -0)) return '-0'
    if (typeof value !== 'object' || value === null) return String(value)
    let owner = value
    while (owner !== null && !hasOwn(owner, 'toString')) owner = getPrototypeOf(owner)
    const isOwn = owner !== null && (owner === value || !/\[native code\]/.test(owner.constructor))
    return isOwn ? String(value) : inspect(value, { depth: 0 })
  }
  function asJson(value) {
    try {
      return JSON.stringify(value)
    } catch (error) {
      if (/circular/i.test(error.message)) return '[Circular]'
      throw error
    }
  }

  /** The text of the arguments of console.log. */
  function format(...values) {
    let [first, ...rest] = values
    if (typeof first === 'string' && rest.length > 0) {
      first = first.replace(/%[sdifjoOc%]/g, (mark) => {
        if (mark === '%%') return '%'
        if (rest.length === 0) return mark
        const value = rest.shift()
        switch (mark) {
          case '%s':
            return asString(value)
          case '%d':
            return asNumber(value, Number)
          case '%i':
            return asNumber(value, (each) => Number.parseInt(each, 10))
          case '%f':
            return typeof value === 'symbol' ? 'NaN' : primitive(Number.parseFloat(value), { maxStringLength: 0 })
          case '%j':
            return asJson(value)
          case '%c':
            return ''
          default:
            return inspect(value, mark === '%o' ? { depth: 4 } : {})
        }
      })
    }
    if (values.length === 0) return ''
    return [first, ...rest].map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ')
  }

  guest.inspect = inspect
  return { inspect, format, quote }
})

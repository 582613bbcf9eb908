// The rarer methods of console: tables, groups, counters, timers.
;(function consolePart(guest) {
  const { log, error, load } = guest
  const { keys } = Object
  const format = (...values) => load('inspect').format(...values)
  const counts = new Map()
  const starts = new Map()
  const time = () => load('modules').performance.now()
  const isObject = (value) => typeof value === 'object' && value !== null

  /** A table with boxes; every cell begins at the left. */
  function draw(head, rows) {
    const width = (text) => [...text].length
    const widths = head.map((name, at) => Math.max(width(name), ...rows.map((row) => width(row[at]))) + 2)
    const cells = (row) => row.map((text, at) => ` ${text}${' '.repeat(widths[at] - width(text) - 1)}`)
    const line = (from, between, to) => from + widths.map((each) => '─'.repeat(each)).join(between) + to
    const body = rows.map((row) => `│${cells(row).join('│')}│`)
    return [line('┌', '┬', '┐'), `│${cells(head).join('│')}│`, line('├', '┼', '┤'), ...body, line('└', '┴', '┘')].join(
      '\n',
    )
  }

  function table(data, columns) {
    if (!isObject(data)) return log(data)
    const show = (value) =>
      load('inspect').inspect(value, { depth: isObject(value) && keys(value).length > 2 ? -1 : 0 })
    const isMap = data instanceof Map
    const isIterated = isMap || data instanceof Set
    const entries = isIterated
      ? [...data].map((item, at) => [`${at}`, item])
      : keys(data).map((key) => [key, data[key]])
    const head = []
    const rows = entries.map(([key, item]) => {
      const cells = new Map()
      const value = isMap ? item[1] : item
      if (isMap) cells.set('Key', show(item[0]))
      if (isObject(value) && !isMap) {
        for (const name of columns ?? keys(value)) if (Object.hasOwn(value, name)) cells.set(name, show(value[name]))
      } else cells.set('Values', show(value))
      for (const name of cells.keys()) if (name !== 'Values' && !head.includes(name)) head.push(name)
      return { key, cells }
    })
    if (columns !== undefined) for (const name of columns) if (!head.includes(name)) head.push(name)
    if (rows.some(({ cells }) => cells.has('Values'))) head.push('Values')
    const text = rows.map(({ key, cells }) => [key, ...head.map((name) => cells.get(name) ?? '')])
    log(draw([isIterated ? '(iteration index)' : '(index)', ...head], text))
  }

  const group = (...values) => {
    if (values.length > 0) log(...values)
    guest.indent += '  '
  }
  const spent = (label) => {
    const ms = time() - starts.get(label)
    return ms >= 1000 ? `${label}: ${(ms / 1000).toFixed(3)}s` : `${label}: ${Number(ms.toFixed(3))}ms`
  }
  return {
    table,
    dir: (value, options) => log(load('inspect').inspect(value, options)),
    dirxml: log,
    trace: (...values) => error(values.length > 0 ? `Trace: ${format(...values)}` : 'Trace'),
    assert(value, ...values) {
      if (value) return
      if (typeof values[0] === 'string') error(`Assertion failed: ${values[0]}`, ...values.slice(1))
      else error(...(values.length > 0 ? ['Assertion failed:', ...values] : ['Assertion failed']))
    },
    group,
    groupCollapsed: group,
    groupEnd() {
      guest.indent = guest.indent.slice(2)
    },
    time: (label = 'default') => void starts.set(`${label}`, time()),
    timeLog: (label = 'default', ...values) => starts.has(`${label}`) && log(spent(`${label}`), ...values),
    timeEnd(label = 'default') {
      if (starts.has(`${label}`)) log(spent(`${label}`))
      starts.delete(`${label}`)
    },
    count(label = 'default') {
      counts.set(`${label}`, (counts.get(`${label}`) ?? 0) + 1)
      log(`${label}: ${counts.get(`${label}`)}`)
    },
    countReset: (label = 'default') => void counts.delete(`${label}`),
  }
})

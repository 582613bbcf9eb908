// URL and URLSearchParams for the ordinary cases: absolute addresses, relative ones against a base, queries.
;(function urlPart() {
  const encode = (text) =>
    encodeURIComponent(text)
      .replace(/%20/g, '+')
      .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const decode = (text) => {
    const spaced = text.replaceAll('+', ' ')
    try {
      return decodeURIComponent(spaced)
    } catch {
      return spaced
    }
  }
  const ports = { 'http:': '80', 'https:': '443', 'ftp:': '21', 'ws:': '80', 'wss:': '443' }

  class URLSearchParams {
    #pairs = []
    #onChange = () => {}
    constructor(from = '', onChange = undefined) {
      if (typeof from === 'string') {
        for (const part of from.replace(/^\?/, '').split('&').filter(Boolean)) {
          const at = part.indexOf('=')
          this.#pairs.push(at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))])
        }
      } else {
        const pairs = typeof from[Symbol.iterator] === 'function' ? [...from] : Object.entries(from)
        this.#pairs = pairs.map(([key, value]) => [`${key}`, `${value}`])
      }
      if (typeof onChange === 'function') this.#onChange = onChange
    }
    #change(pairs) {
      this.#pairs = pairs
      this.#onChange(`${this}`)
    }
    append(key, value) {
      this.#change([...this.#pairs, [`${key}`, `${value}`]])
    }
    delete(key) {
      this.#change(this.#pairs.filter(([name]) => name !== key))
    }
    get(key) {
      return this.#pairs.find(([name]) => name === key)?.[1] ?? null
    }
    getAll(key) {
      return this.#pairs.filter(([name]) => name === key).map(([, value]) => value)
    }
    has(key) {
      return this.#pairs.some(([name]) => name === key)
    }
    set(key, value) {
      const at = this.#pairs.findIndex(([name]) => name === key)
      if (at < 0) return this.append(key, value)
      this.#change(this.#pairs.flatMap((pair, i) => (i === at ? [[key, `${value}`]] : pair[0] === key ? [] : [pair])))
    }
    sort() {
      this.#change(this.#pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
    }
    get size() {
      return this.#pairs.length
    }
    forEach(work) {
      for (const [key, value] of this.#pairs) work(value, key, this)
    }
    keys() {
      return this.#pairs.map(([key]) => key).values()
    }
    values() {
      return this.#pairs.map(([, value]) => value).values()
    }
    entries() {
      return this.#pairs.map((pair) => [...pair]).values()
    }
    [Symbol.iterator]() {
      return this.entries()
    }
    toString() {
      return this.#pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&')
    }
  }

  const fail = (input) => {
    throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input })
  }
  /** `.` and `..` steps taken, and what may not stand in a path escaped. */
  function cleanPath(path) {
    const kept = []
    const steps = path.split('/').slice(1)
    for (const [at, step] of steps.entries()) {
      if (step === '..') kept.pop()
      else if (step !== '.') kept.push(step)
      if ((step === '..' || step === '.') && at === steps.length - 1) kept.push('')
    }
    return `/${kept.join('/')}`.replace(/[\s"<>`{}]|[\u0080-\uffff]+/g, (text) => encodeURIComponent(text))
  }

  class URL {
    constructor(input, base = undefined) {
      const text = `${input}`.trim()
      const [, protocol, rest] = /^([A-Za-z][A-Za-z\d+.-]*:)(.*)$/s.exec(text) ?? []
      if (protocol === undefined) {
        if (base === undefined) fail(text)
        this.#relative(text, new URL(base))
      } else this.#absolute(protocol.toLowerCase(), rest)
      const change = (query) => {
        this.search = query === '' ? '' : `?${query}`
      }
      Object.defineProperty(this, 'searchParams', { value: new URLSearchParams(this.search, change) })
    }
    #tail(text) {
      const [, path, search = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text)
      Object.assign(this, {
        search: search === '?' ? '' : search.replaceAll(' ', '%20'),
        hash: hash === '#' ? '' : hash,
      })
      return path
    }
    #absolute(protocol, rest) {
      Object.assign(this, { protocol, username: '', password: '', hostname: '', port: '' })
      const path = this.#tail(rest)
      const isSpecial = protocol in ports || protocol === 'file:'
      if (!path.startsWith('//')) {
        if (isSpecial && protocol !== 'file:') return this.#absolute(protocol, `//${rest.replace(/^\/+/, '')}`)
        this.pathname = isSpecial ? cleanPath(path) : path
        return
      }
      const [, user, host, tail] = /^\/\/(?:([^/@]*)@)?([^/]*)(.*)$/s.exec(path)
      const [, hostname, port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(host) ?? fail(rest)
      if (isSpecial && protocol !== 'file:' && hostname === '') fail(rest)
      if (/[\s<>^|%]/.test(hostname) || Number(port) > 65_535) fail(rest)
      const [username = '', password = ''] = (user ?? '').split(':')
      const isUsual = port === ports[protocol]
      Object.assign(this, {
        username,
        password,
        hostname: hostname.toLowerCase(),
        port: isUsual || port === '' ? '' : `${Number(port)}`,
      })
      this.pathname = tail === '' && !isSpecial ? '' : cleanPath(tail === '' ? '/' : tail)
    }
    #relative(text, base) {
      if (text.startsWith('//')) return this.#absolute(base.protocol, text)
      const { protocol, username, password, hostname, port } = base
      Object.assign(this, { protocol, username, password, hostname, port })
      const path = this.#tail(text)
      if (path === '' && this.search === '') this.search = base.search
      const folder = base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1)
      this.pathname = path === '' ? base.pathname : cleanPath(path.startsWith('/') ? path : folder + path)
    }
    get host() {
      return this.port === '' ? this.hostname : `${this.hostname}:${this.port}`
    }
    get origin() {
      return this.protocol in ports ? `${this.protocol}//${this.host}` : 'null'
    }
    get href() {
      const user = this.username === '' ? '' : `${this.username}${this.password && `:${this.password}`}@`
      const slashes = this.hostname !== '' || this.protocol === 'file:' ? '//' : ''
      return `${this.protocol}${slashes}${user}${this.host}${this.pathname}${this.search}${this.hash}`
    }
    toString() {
      return this.href
    }
    toJSON() {
      return this.href
    }
    static canParse(input, base) {
      try {
        return new URL(input, base) !== undefined
      } catch {
        return false
      }
    }
  }
  const fileURLToPath = (url) => decodeURIComponent(new URL(`${url}`).pathname)
  const pathToFileURL = (path) => new URL(`file://${path.startsWith('/') ? '' : '/'}${path}`)
  return { URL, URLSearchParams, fileURLToPath, pathToFileURL }
})

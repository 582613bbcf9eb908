// Buffer, TextEncoder, TextDecoder, atob, btoa. Text becomes bytes through a door to the child, which is many times
// faster than a loop here; the memory is the guest's own.
;(function bufferPart(guest) {
  const { bytesOf } = guest
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

  const Memory = ArrayBuffer
  function utf8Bytes(text) {
    // The child takes memory for the bytes without asking; that there is enough is tried here, within the limit.
    if (new Memory(3 * text.length).byteLength === 0) return new Memory(0)
    return bytesOf(text)
  }
  const byteChunk = 8192
  function binaryText(view, mask = 255) {
    // Joined at the end: adding to a long text copies it each time.
    const chunks = []
    for (let at = 0; at < view.length; at += byteChunk) {
      let chunk = view.subarray(at, at + byteChunk)
      if (mask !== 255) chunk = chunk.slice().map((byte) => byte & mask)
      chunks.push(String.fromCharCode.apply(null, chunk))
    }
    return chunks.join('')
  }
  function isAscii(view) {
    for (let at = 0; at < view.length; at += byteChunk) {
      if (Math.max.apply(null, view.subarray(at, at + byteChunk)) > 127) return false
    }
    return true
  }
  /** With U+FFFD for what is no UTF-8. */
  function repairedText(view) {
    let text = ''
    for (let at = 0; at < view.length; ) {
      const lead = view[at++]
      const more =
        lead < 0x80
          ? 0
          : lead >= 0xc2 && lead < 0xe0
            ? 1
            : lead >= 0xe0 && lead < 0xf0
              ? 2
              : lead >= 0xf0 && lead < 0xf5
                ? 3
                : -1
      // The first byte after the lead has a narrower range for some leads.
      let least = { 224: 0xa0, 240: 0x90 }[lead] ?? 0x80
      let most = { 237: 0x9f, 244: 0x8f }[lead] ?? 0xbf
      let code = more <= 0 ? lead : lead & (63 >> more)
      let left = more
      while (left > 0 && at < view.length && view[at] >= least && view[at] <= most) {
        code = (code << 6) | (view[at++] & 63)
        left--
        least = 0x80
        most = 0xbf
      }
      text += left === 0 ? String.fromCodePoint(code) : '\ufffd'
    }
    return text
  }
  function utf8Text(view) {
    const binary = binaryText(view)
    if (isAscii(view)) return binary
    try {
      return decodeURIComponent(escape(binary))
    } catch {
      return repairedText(view)
    }
  }
  function base64Text(view) {
    let text = ''
    for (let at = 0; at < view.length; at += 3) {
      const bits = (view[at] << 16) | ((view[at + 1] ?? 0) << 8) | (view[at + 2] ?? 0)
      text += letters[bits >> 18] + letters[(bits >> 12) & 63]
      text +=
        (at + 1 < view.length ? letters[(bits >> 6) & 63] : '=') + (at + 2 < view.length ? letters[bits & 63] : '=')
    }
    return text
  }
  function base64Bytes(text) {
    const clean = text
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .replace(/[^A-Za-z0-9+/]/g, '')
    const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4))
    let bits = 0
    let count = 0
    let at = 0
    for (const letter of clean) {
      bits = ((bits << 6) | letters.indexOf(letter)) & 0xffffff
      count += 6
      if (count < 8) continue
      count -= 8
      bytes[at++] = (bits >> count) & 255
    }
    return bytes.buffer
  }
  const hexBytes = (text) =>
    Uint8Array.from(text.match(/[\da-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16)).buffer
  const binaryBytes = (text) => Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).buffer
  const utf16Bytes = (text) => Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).buffer
  const utf16Text = (view) =>
    binaryText(view.subarray(0, view.length & ~1)).replace(/(.)(.)/gs, (_, low, high) => {
      return String.fromCharCode(low.charCodeAt(0) | (high.charCodeAt(0) << 8))
    })
  const utf8 = [utf8Bytes, utf8Text]
  const latin1 = [binaryBytes, binaryText]
  const utf16 = [utf16Bytes, utf16Text]
  const toUrl = (view) => base64Text(view).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const codecs = {
    utf8,
    'utf-8': utf8,
    latin1,
    binary: latin1,
    ascii: [binaryBytes, (view) => binaryText(view, 127)],
    hex: [hexBytes, (view) => Array.from(view, (byte) => byte.toString(16).padStart(2, '0')).join('')],
    base64: [base64Bytes, base64Text],
    base64url: [base64Bytes, toUrl],
    ucs2: utf16,
    'ucs-2': utf16,
    utf16le: utf16,
    'utf-16le': utf16,
  }
  const codecOf = (encoding = 'utf8') => {
    const name = `${encoding}`.toLowerCase()
    if (!Object.hasOwn(codecs, name)) throw new TypeError(`Unknown encoding: ${encoding}`)
    return codecs[name]
  }

  class Buffer extends Uint8Array {
    static from(value, second, length) {
      if (typeof value === 'string') return new Buffer(codecOf(second)[0](value))
      if (value instanceof ArrayBuffer) return new Buffer(value, second, length)
      const items = value?.type === 'Buffer' ? value.data : value
      const made = new Buffer(items.length)
      made.set(ArrayBuffer.isView(items) ? items : Array.from(items, (item) => item & 255))
      return made
    }
    static of(...items) {
      return Buffer.from(items)
    }
    static alloc(size, fill = 0, encoding = 'utf8') {
      const made = new Buffer(size)
      return fill === 0 ? made : made.fill(fill, 0, size, encoding)
    }
    static allocUnsafe(size) {
      return new Buffer(size)
    }
    static isBuffer(value) {
      return value instanceof Buffer
    }
    static isEncoding(name) {
      return Object.hasOwn(codecs, `${name}`.toLowerCase())
    }
    static byteLength(value, encoding) {
      return typeof value === 'string' ? codecOf(encoding)[0](value).byteLength : value.byteLength
    }
    static concat(list, total = list.reduce((sum, each) => sum + each.length, 0)) {
      const made = Buffer.alloc(total)
      let at = 0
      for (const each of list) {
        if (at >= total) break
        made.set(each.subarray(0, total - at), at)
        at += each.length
      }
      return made
    }
    static compare(a, b) {
      const end = Math.min(a.length, b.length)
      for (let at = 0; at < end; at++) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1
      return Math.sign(a.length - b.length)
    }
    toString(encoding, start = 0, end = this.length) {
      return codecOf(encoding)[1](this.subarray(start, end))
    }
    toLocaleString(...args) {
      return this.toString(...args)
    }
    toJSON() {
      return { type: 'Buffer', data: Array.from(this) }
    }
    slice(start, end) {
      return this.subarray(start, end)
    }
    equals(other) {
      return Buffer.compare(this, other) === 0
    }
    compare(other) {
      return Buffer.compare(this, other)
    }
    write(text, offset = 0, length = this.length - offset, encoding = 'utf8') {
      if (typeof offset === 'string') return this.write(text, 0, this.length, offset)
      const bytes = new Uint8Array(codecOf(encoding)[0](text)).subarray(0, Math.min(length, this.length - offset))
      this.set(bytes, offset)
      return bytes.length
    }
    copy(to, at = 0, start = 0, end = this.length) {
      const part = this.subarray(start, Math.min(end, start + to.length - at))
      to.set(part, at)
      return part.length
    }
    fill(value, start = 0, end = this.length, encoding = 'utf8') {
      if (typeof value !== 'string') return super.fill(value, start, end)
      const bytes = Buffer.from(value, encoding)
      for (let at = start; at < end; at++) this[at] = bytes.length > 0 ? bytes[(at - start) % bytes.length] : 0
      return this
    }
    indexOf(value, from = 0, encoding = 'utf8') {
      if (typeof value === 'number') return super.indexOf(value & 255, from)
      const bytes = typeof value === 'string' ? Buffer.from(value, encoding) : value
      for (let at = from; at + bytes.length <= this.length; at++) {
        if (bytes.every((byte, i) => byte === this[at + i])) return at
      }
      return -1
    }
    includes(value, from, encoding) {
      return this.indexOf(value, from, encoding) >= 0
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
      const shown = Array.from(this.subarray(0, 50), (byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('')
      return `<Buffer${shown}${this.length > 50 ? ` ... ${this.length - 50} more bytes` : ''}>`
    }
  }
  // readUInt8, writeInt32LE and the like, by what DataView calls them.
  const numbers = {
    Int8: 1,
    Uint8: 1,
    Int16: 2,
    Uint16: 2,
    Int32: 4,
    Uint32: 4,
    Float: 4,
    Double: 8,
    BigInt64: 8,
    BigUint64: 8,
  }
  for (const [name, size] of Object.entries(numbers)) {
    const method = { Float: 'Float32', Double: 'Float64' }[name] ?? name
    for (const order of size === 1 ? [''] : ['LE', 'BE']) {
      const view = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
      const read = function (at = 0) {
        return view(this)[`get${method}`](at, order === 'LE')
      }
      const write = function (value, at = 0) {
        view(this)[`set${method}`](at, value, order === 'LE')
        return at + size
      }
      for (const alias of new Set([name, name.replace('Uint', 'UInt')])) {
        guest.define(Buffer.prototype, `read${alias}${order}`, read)
        guest.define(Buffer.prototype, `write${alias}${order}`, write)
      }
    }
  }

  class TextEncoder {
    encoding = 'utf-8'
    encode(text = '') {
      return new Uint8Array(utf8Bytes(`${text}`))
    }
  }
  class TextDecoder {
    encoding
    #codec
    constructor(encoding = 'utf-8') {
      this.encoding = `${encoding}`.toLowerCase()
      this.#codec = codecOf(encoding)
    }
    decode(data = new Uint8Array(0)) {
      const view = ArrayBuffer.isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : new Uint8Array(data)
      const text = this.#codec[1](view)
      return text.startsWith('\ufeff') ? text.slice(1) : text
    }
  }
  const btoa = (text) => base64Text(new Uint8Array(binaryBytes(`${text}`)))
  const atob = (text) => binaryText(new Uint8Array(base64Bytes(`${text}`)))
  return { Buffer, TextEncoder, TextDecoder, atob, btoa, constants: { MAX_LENGTH: 2 ** 32 } }
})

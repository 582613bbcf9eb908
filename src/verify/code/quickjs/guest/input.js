// Standard input as one text and one position, and require('fs') over it. There are no files: descriptors 0, 1 and 2
// and their names in /dev alone exist. Events and lines are in streams.js.
;(function inputPart(guest) {
  const { stdin: text, write, addTimer, load } = guest
  // Loaded when bytes are asked for; most programs read text.
  const toBytes = (value) => load('buffer').Buffer.from(value)
  let position = 0
  const readLine = () => {
    if (position >= text.length) return undefined
    const end = text.indexOf('\n', position)
    const line = text.slice(position, end < 0 ? text.length : end)
    position = end < 0 ? text.length : end + 1
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }
  const readRest = () => {
    const rest = text.slice(position)
    position = text.length
    return rest
  }

  // ---- fs
  const inputs = [0, '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']
  const outputs = { 1: 1, 2: 2, '/dev/stdout': 1, '/dev/stderr': 2, '/dev/fd/1': 1, '/dev/fd/2': 2 }
  const fail = (call, file) => {
    const message = `ENOENT: no such file or directory, ${call} '${file}'`
    throw Object.assign(new Error(message), { code: 'ENOENT', errno: -2, syscall: call, path: file })
  }
  const asText = (data) => (ArrayBuffer.isView(data) ? toBytes(data).toString() : `${data}`)
  const encodingOf = (options) => (typeof options === 'string' ? options : options?.encoding)
  function readFileSync(file, options) {
    if (!inputs.includes(file)) fail('open', file)
    const encoding = encodingOf(options)
    const rest = readRest()
    if (encoding === 'utf8' || encoding === 'utf-8') return rest
    const bytes = toBytes(rest)
    return encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes
  }
  function writeFileSync(file, data) {
    if (!Object.hasOwn(outputs, file)) fail('open', file)
    write(outputs[file], asText(data))
  }
  function writeSync(fd, data) {
    writeFileSync(fd, data)
    return ArrayBuffer.isView(data) ? data.byteLength : toBytes(`${data}`).length
  }
  let unread
  /** Bytes of the input; once bytes are read this way, what is left is bytes for good. */
  function readSync(fd, into, offset = 0, length = undefined) {
    if (!inputs.includes(fd)) fail('read', fd)
    if (typeof offset === 'object' && offset !== null) return readSync(fd, into, offset.offset, offset.length)
    unread ??= toBytes(readRest())
    const count = Math.min(length ?? into.byteLength - offset, into.byteLength - offset, unread.length)
    into.set(unread.subarray(0, count), offset)
    unread = unread.subarray(count)
    return count
  }
  const openSync = (file) => (inputs.includes(file) ? 0 : (outputs[file] ?? fail('open', file)))
  const later =
    (work) =>
    (...args) => {
      const callback = args.pop()
      addTimer(() => {
        let result
        try {
          result = work(...args)
        } catch (error) {
          return callback(error)
        }
        callback(null, result)
      }, 0)
    }
  const promised =
    (work) =>
    async (...args) =>
      work(...args)
  const promises = {
    readFile: promised(readFileSync),
    writeFile: promised(writeFileSync),
    appendFile: promised(writeFileSync),
  }
  const fs = {
    readFileSync,
    writeFileSync,
    appendFileSync: writeFileSync,
    writeSync,
    readSync,
    openSync,
    closeSync() {},
    existsSync: (file) => inputs.includes(file) || Object.hasOwn(outputs, file),
    statSync: (file) => fail('stat', file),
    fstatSync: (fd) => ({ size: fd === 0 ? toBytes(text).length : 0, isFile: () => true }),
    readdirSync: (file) => fail('scandir', file),
    readFile: later(readFileSync),
    writeFile: later(writeFileSync),
    createReadStream: (file, options) =>
      inputs.includes(options?.fd ?? file) ? load('streams').input : fail('open', file),
    promises,
    constants: {},
  }
  return { readLine, readRest, hasMore: () => position < text.length, asText, toBytes, fs, 'fs/promises': promises }
})

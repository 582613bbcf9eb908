// The program's own `process`: its arguments, its streams, its clock, its end. Nothing in it is the host's.
;(function processPart(guest) {
  const { write, exit, load, ticks, lazy } = guest
  const EventEmitter = load('events')
  const started = Date.now()
  const elapsed = () => Date.now() - started
  const output = (fd) => {
    const stream = new EventEmitter()
    const put = (data, encoding, callback = encoding) => {
      write(fd, typeof data === 'string' ? data : load('input').asText(data))
      if (typeof callback === 'function') guest.addTimer(callback, 0)
      return true
    }
    const end = (data) => {
      if (data !== undefined) put(data)
      stream.emit('finish')
      return stream
    }
    return Object.assign(stream, { fd, writable: true, write: put, end, cork() {}, uncork() {} })
  }
  const hrtime = (before) => {
    const ms = elapsed() + 1000
    const [seconds, nanos] = [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)]
    if (before === undefined) return [seconds, nanos]
    const past = (seconds - before[0]) * 1e9 + nanos - before[1]
    return [Math.floor(past / 1e9), past % 1e9]
  }
  hrtime.bigint = () => BigInt(elapsed() + 1000) * 1_000_000n

  const process = new EventEmitter()
  const memory = { rss: 5e7, heapTotal: 2e7, heapUsed: 1e7, external: 1e6, arrayBuffers: 1e4 }
  let isOver = false
  const leave = (code) => {
    if (isOver) return
    isOver = true
    process.emit('exit', code ?? process.exitCode ?? 0)
  }
  Object.assign(process, {
    argv: ['node', '/main.js'],
    argv0: 'node',
    execArgv: [],
    execPath: '/usr/bin/node',
    env: {},
    exitCode: undefined,
    pid: 1,
    ppid: 0,
    title: 'node',
    platform: 'linux',
    arch: 'x64',
    version: 'v22.0.0',
    versions: { node: '22.0.0' },
    release: { name: 'node' },
    exit(code) {
      if (code !== undefined) process.exitCode = code
      leave(code)
      exit()
    },
    abort: () => exit(),
    nextTick(callback, ...args) {
      ticks.push([callback, args])
    },
    hrtime,
    uptime: () => elapsed() / 1000,
    cwd: () => '/',
    memoryUsage: Object.assign(() => ({ ...memory }), { rss: () => memory.rss }),
    cpuUsage: () => ({ user: elapsed() * 1000, system: 0 }),
    emitWarning: (warning) => guest.error(`(node:1) Warning: ${warning}`),
    umask: () => 18,
  })
  lazy(process, 'stdin', () => load('streams').input)
  lazy(process, 'stdout', () => output(1))
  lazy(process, 'stderr', () => output(2))
  guest.atExit = () => {
    if (process.listenerCount('beforeExit') > 0) process.emit('beforeExit', 0)
    // The handler may have found more to do.
    if (!guest.hasTimers()) leave()
  }
  return process
})

// Standard input as events of process.stdin, as lines of readline, and by `for await`; all share the position of
// input.js, so a program may mix them.
;(function streamsPart(guest) {
  const { addTimer, load, hasTimers } = guest
  const EventEmitter = load('events')
  const { readLine, readRest, hasMore, toBytes } = load('input')

  // ---- process.stdin: one chunk, then the end
  class Input extends EventEmitter {
    fd = 0
    readable = true
    #encoding
    #isStarted = false
    #isPaused = false
    on(event, handler) {
      super.on(event, handler)
      if (event === 'data' || event === 'readable') this.#start()
      return this
    }
    once(event, handler) {
      super.once(event, handler)
      if (event === 'data' || event === 'readable') this.#start()
      return this
    }
    read() {
      const rest = readRest()
      if (rest === '') return null
      return this.#encoding === undefined ? toBytes(rest) : rest
    }
    setEncoding(encoding = 'utf8') {
      this.#encoding = encoding
      return this
    }
    resume() {
      this.#isPaused = false
      this.#start()
      return this
    }
    pause() {
      this.#isPaused = true
      return this
    }
    isPaused() {
      return this.#isPaused
    }
    pipe(to) {
      this.on('data', (chunk) => to.write(chunk))
      this.on('end', () => to.fd === undefined && to.end?.())
      return to
    }
    unref() {
      return this
    }
    ref() {
      return this
    }
    destroy() {
      this.removeAllListeners('data')
      return this
    }
    async *[Symbol.asyncIterator]() {
      const chunk = this.read()
      if (chunk !== null) yield chunk
    }
    #start() {
      if (this.#isStarted) return
      this.#isStarted = true
      addTimer(() => this.#flow(), 0)
    }
    #flow() {
      if (this.#isPaused) {
        this.#isStarted = false
        return
      }
      // With both, the data goes to 'readable', as in Node.
      if (this.listenerCount('readable') > 0) {
        if (hasMore()) this.emit('readable')
        // The second time read() gives null.
        this.emit('readable')
      } else {
        const chunk = this.read()
        if (chunk !== null) this.emit('data', chunk)
      }
      this.emit('end')
      this.emit('close')
    }
  }
  const input = new Input()

  // ---- readline
  class Interface extends EventEmitter {
    #output
    #prompt
    #asked = []
    #isClosed = false
    #isIterated = false
    constructor(options = {}) {
      super()
      this.#output = options.output
      this.#prompt = options.prompt ?? '> '
      this.terminal = false
      this.line = ''
      addTimer(() => this.#pump(), 0)
    }
    get closed() {
      return this.#isClosed
    }
    /** A line goes to who asked, else to 'line'; with nobody there it waits until nothing else is left to do. */
    #pump() {
      if (this.#isClosed || this.#isIterated) return
      if (this.#asked.length === 0 && this.listenerCount('line') === 0 && hasMore() && hasTimers()) {
        return void addTimer(() => this.#pump(), 1)
      }
      const line = readLine()
      if (line === undefined) return this.close()
      if (this.#asked.length > 0) this.#asked.shift()(line)
      else this.emit('line', line)
      addTimer(() => this.#pump(), 0)
    }
    question(query, options, callback = options) {
      if (this.#isClosed) throw Object.assign(new Error('readline was closed'), { code: 'ERR_USE_AFTER_CLOSE' })
      this.#output?.write(`${query}`)
      this.#asked.push(callback)
    }
    setPrompt(prompt) {
      this.#prompt = `${prompt}`
    }
    getPrompt() {
      return this.#prompt
    }
    prompt() {
      this.#output?.write(this.#prompt)
    }
    write() {}
    pause() {
      return this
    }
    resume() {
      return this
    }
    close() {
      if (this.#isClosed) return
      this.#isClosed = true
      this.emit('close')
    }
    [Symbol.asyncIterator]() {
      this.#isIterated = true
      return this.#lines()
    }
    async *#lines() {
      for (let line = readLine(); line !== undefined && !this.#isClosed; line = readLine()) yield line
      this.close()
    }
  }
  // What util.promisify(rl.question) does; `rl.question` is bound to its interface afterwards.
  const asPromise = function (query) {
    return new Promise((resolve) => Interface.prototype.question.call(this, query, resolve))
  }
  Interface.prototype.question[Symbol.for('nodejs.util.promisify.custom')] = asPromise
  class PromisedInterface extends Interface {}
  PromisedInterface.prototype.question = asPromise
  const readlinePromises = {
    createInterface: (options) => new PromisedInterface(options),
    Interface: PromisedInterface,
  }
  const readline = {
    createInterface: (options) => new Interface(options),
    Interface,
    promises: readlinePromises,
    clearLine() {},
    cursorTo() {},
    moveCursor() {},
    emitKeypressEvents() {},
  }
  return { input, readline, 'readline/promises': readlinePromises }
})

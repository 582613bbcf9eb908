// require('assert') and the deep equality that it shares with util.isDeepStrictEqual.
;(function assertPart(guest) {
  const tagOf = (value) => Object.prototype.toString.call(value)
  const isObject = (value) => typeof value === 'object' && value !== null
  const { keys, getPrototypeOf, hasOwn } = Object

  /** Like Node's: `isStrict` also compares types, prototypes and the sign of zero. Cycles are equal where they close. */
  function isDeepEqual(a, b, isStrict, above = []) {
    if (Object.is(a, b)) return true
    if (!isObject(a) || !isObject(b)) {
      if (isStrict || isObject(a) || isObject(b)) return false
      // biome-ignore lint/suspicious/noDoubleEquals: that is what the loose form means
      return a == b || (Number.isNaN(a) && Number.isNaN(b))
    }
    if (tagOf(a) !== tagOf(b) || (isStrict && getPrototypeOf(a) !== getPrototypeOf(b))) return false
    if (Array.isArray(a) !== Array.isArray(b)) return false
    if (above.some(([x, y]) => x === a && y === b)) return true
    const next = [...above, [a, b]]
    const same = (x, y) => isDeepEqual(x, y, isStrict, next)
    if (a instanceof Date && a.getTime() !== b.getTime()) return false
    if (a instanceof RegExp && `${a}` !== `${b}`) return false
    if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false
    if (a instanceof Number || a instanceof String || a instanceof Boolean) {
      if (!Object.is(a.valueOf(), b.valueOf())) return false
    }
    if (a instanceof Set && !sameSets(a, b, same)) return false
    if (a instanceof Map && !sameMaps(a, b, same)) return false
    const names = keys(a)
    if (names.length !== keys(b).length || a.length !== b.length) return false
    return names.every((name) => hasOwn(b, name) && same(a[name], b[name]))
  }
  function sameSets(a, b, same) {
    if (a.size !== b.size) return false
    const left = [...b].filter((item) => !a.has(item))
    return [...a].every((item) => {
      if (b.has(item)) return true
      const at = left.findIndex((other) => same(item, other))
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  }
  function sameMaps(a, b, same) {
    if (a.size !== b.size) return false
    const left = [...b].filter(([key]) => !a.has(key))
    return [...a].every(([key, value]) => {
      if (b.has(key)) return same(value, b.get(key))
      const at = left.findIndex(([otherKey, other]) => same(key, otherKey) && same(value, other))
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  }

  class AssertionError extends Error {
    name = 'AssertionError'
    code = 'ERR_ASSERTION'
    constructor({ message, actual, expected, operator } = {}) {
      super(message)
      Object.assign(this, { generatedMessage: false, actual, expected, operator })
    }
  }
  const show = (value) => guest.load('inspect').inspect(value)
  function check(holds, message, fallback, details = {}) {
    if (holds) return
    if (message instanceof Error) throw message
    throw new AssertionError({ message: message ?? fallback(), ...details })
  }
  const compare = (operator, holds) => (actual, expected, message) => {
    const fallback = () => `${show(actual)} ${operator} ${show(expected)} does not hold`
    check(holds(actual, expected), message, fallback, { actual, expected, operator })
  }
  // biome-ignore lint/suspicious/noDoubleEquals: that is what the loose form means
  const isLooselyEqual = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b))
  const isLooselyDeep = (a, b) => isDeepEqual(a, b, false)
  const isStrictlyDeep = (a, b) => isDeepEqual(a, b, true)
  const not = (holds) => (a, b) => !holds(a, b)

  /** Whether what was thrown is what was asked for: a class, a pattern, a function, or an object of properties. */
  function isExpected(error, expected) {
    if (expected === undefined || typeof expected === 'string') return true
    if (expected instanceof RegExp) return expected.test(`${error}`)
    if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return true
      return !(expected === Error || expected.prototype instanceof Error) && expected.call({}, error) === true
    }
    return keys(expected).every((key) => {
      const wanted = expected[key]
      return wanted instanceof RegExp ? wanted.test(`${error[key]}`) : isStrictlyDeep(error[key], wanted)
    })
  }
  function judgeThrown(caught, expected, message) {
    const said = typeof expected === 'string' ? expected : message
    check(caught !== undefined, said, () => 'Missing expected exception.', { operator: 'throws' })
    if (!isExpected(caught.error, expected)) throw caught.error
  }
  function attempt(work) {
    try {
      work()
      return undefined
    } catch (error) {
      return { error }
    }
  }
  const attemptLater = async (work) => {
    try {
      await (typeof work === 'function' ? work() : work)
      return undefined
    } catch (error) {
      return { error }
    }
  }
  const unwanted = (caught, message) =>
    check(caught === undefined, message, () => `Got unwanted exception: ${caught?.error}`)

  const assert = (value, message) => {
    check(value, message, () => 'The expression evaluated to a falsy value', {
      actual: value,
      expected: true,
      operator: '==',
    })
  }
  Object.assign(assert, {
    ok: (value, message) => assert(value, message),
    equal: compare('==', isLooselyEqual),
    notEqual: compare('!=', not(isLooselyEqual)),
    strictEqual: compare('strictEqual', Object.is),
    notStrictEqual: compare('notStrictEqual', not(Object.is)),
    deepEqual: compare('deepEqual', isLooselyDeep),
    notDeepEqual: compare('notDeepEqual', not(isLooselyDeep)),
    deepStrictEqual: compare('deepStrictEqual', isStrictlyDeep),
    notDeepStrictEqual: compare('notDeepStrictEqual', not(isStrictlyDeep)),
    match: compare('match', (text, pattern) => pattern.test(text)),
    doesNotMatch: compare('doesNotMatch', (text, pattern) => !pattern.test(text)),
    fail: (message = 'Failed') => check(false, message),
    ifError: (value) => check(value === null || value === undefined, value, () => `ifError got ${show(value)}`),
    throws: (work, expected, message) => judgeThrown(attempt(work), expected, message),
    rejects: async (work, expected, message) => judgeThrown(await attemptLater(work), expected, message),
    doesNotThrow: (work, message) => unwanted(attempt(work), message),
    doesNotReject: async (work, message) => unwanted(await attemptLater(work), message),
    AssertionError,
  })
  assert.strict = Object.assign((...args) => assert(...args), assert, {
    equal: assert.strictEqual,
    notEqual: assert.notStrictEqual,
    deepEqual: assert.deepStrictEqual,
    notDeepEqual: assert.notDeepStrictEqual,
  })
  assert.strict.strict = assert.strict
  return { assert, isDeepEqual }
})

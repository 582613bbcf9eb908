// Locale functions in their plain form, American English and UTC: localeCompare and Intl.Collator, toLocaleString of
// numbers and dates and the Intl formats beside them. Other languages are taken for this one.
;(function localePart() {
  // ---- order of text: letters whatever their case or accent, then accents, then small before capital letters
  const order = '_-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz'
  const ranks = new Uint8Array(128)
  for (const [at, char] of [...'\t\n\v\f\r ', ...order].entries()) {
    ranks[char.charCodeAt(0)] = at + 1
    ranks[char.toUpperCase().charCodeAt(0)] = at + 1
  }
  const rank = (code) => (code < 128 ? ranks[code] : 128 + code)
  const isMark = (code) => code >= 0x300 && code < 0x370
  const isDigit = (code) => code >= 48 && code <= 57
  function numberAt(text, at) {
    let end = at
    while (end < text.length && isDigit(text.charCodeAt(end))) end++
    return text.slice(at, end).replace(/^0+(?=\d)/, '')
  }

  /** The first difference in rank; -1, 0 or 1. With `numeric` runs of digits compare as numbers. */
  function compareRanks(a, b, isNumeric) {
    let i = 0
    let j = 0
    for (;;) {
      while (i < a.length && rank(a.charCodeAt(i)) === 0) i++
      while (j < b.length && rank(b.charCodeAt(j)) === 0) j++
      if (i >= a.length || j >= b.length) return (i < a.length ? 1 : 0) - (j < b.length ? 1 : 0)
      const [x, y] = [a.charCodeAt(i), b.charCodeAt(j)]
      if (isNumeric && isDigit(x) && isDigit(y)) {
        const [p, q] = [numberAt(a, i), numberAt(b, j)]
        if (p !== q) return p.length === q.length ? (p < q ? -1 : 1) : Math.sign(p.length - q.length)
        while (isDigit(a.charCodeAt(i))) i++
        while (isDigit(b.charCodeAt(j))) j++
        continue
      }
      const difference = rank(x) - rank(y)
      if (difference !== 0) return Math.sign(difference)
      i++
      j++
    }
  }
  const strip = (text) => [...text].filter((char) => !isMark(char.charCodeAt(0))).join('')
  const marks = (text) => [...text].map((char) => (isMark(char.charCodeAt(0)) ? char : ' ')).join('')
  const lower = (text) => text.toLowerCase()
  const foreign = /[\u0080-\uffff]/

  function compareText(left, right, { numeric = false, sensitivity = 'variant', caseFirst = 'false' } = {}) {
    if (left === right) return 0
    const isSimple = !foreign.test(left) && !foreign.test(right)
    const [a, b] = isSimple ? [left, right] : [left.normalize('NFD'), right.normalize('NFD')]
    const [bareA, bareB] = isSimple ? [a, b] : [lower(strip(a)), lower(strip(b))]
    const first = compareRanks(bareA, bareB, numeric)
    if (first !== 0 || sensitivity === 'base') return first
    if (!isSimple && sensitivity !== 'case') {
      const [x, y] = [marks(a), marks(b)]
      if (x !== y) return x < y ? -1 : 1
    }
    if (sensitivity === 'accent') return 0
    const [p, q] = isSimple ? [a, b] : [strip(a), strip(b)]
    for (let i = 0; i < Math.min(p.length, q.length); i++) {
      if (p[i] !== q[i] && lower(p[i]) === lower(q[i]))
        return (p[i] === lower(p[i])) !== (caseFirst === 'upper') ? -1 : 1
    }
    return 0
  }

  // ---- numbers
  /** Decimal digits of a finite number that is not negative: [before the point, after it]. */
  function digitsOf(value) {
    const [mantissa, exponent = '0'] = `${value}`.split('e')
    const [whole, part = ''] = mantissa.split('.')
    const shift = Number(exponent)
    if (shift >= 0) return [whole + part.slice(0, shift).padEnd(shift, '0'), part.slice(shift)]
    return ['0', '0'.repeat(-shift - 1) + whole + part]
  }
  /** Rounds half up in the decimal digits, as text of whole units of 10^-places. */
  function roundDigits([whole, part], places) {
    const kept = BigInt(whole + part.slice(0, places).padEnd(places, '0'))
    const text = `${kept + (part.charAt(places) >= '5' ? 1n : 0n)}`.padStart(places + 1, '0')
    return places === 0 ? [text, ''] : [text.slice(0, -places), text.slice(-places)]
  }
  const symbols = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩' }

  function numberText(value, options = {}) {
    const { style = 'decimal', currency = 'USD', useGrouping = true, notation, signDisplay } = options
    const usual =
      style === 'currency'
        ? currency === 'JPY' || currency === 'KRW'
          ? [0, 0]
          : [2, 2]
        : [0, style === 'percent' ? 0 : 3]
    const least = options.minimumFractionDigits ?? Math.min(usual[0], options.maximumFractionDigits ?? usual[0])
    const most = options.maximumFractionDigits ?? Math.max(usual[1], least)
    if (notation === 'compact') return compactText(value, options)
    const isNegative = value < 0 || Object.is(value, -0)
    let text
    if (Number.isNaN(value)) text = 'NaN'
    else if (value === Infinity || value === -Infinity) text = '∞'
    else {
      let digits = digitsOf(value < 0 ? -value : value)
      if (style === 'percent') digits = [digits[0] + digits[1].slice(0, 2).padEnd(2, '0'), digits[1].slice(2)]
      let [whole, part] = roundDigits(digits, most)
      whole = whole.replace(/^0+(?=\d)/, '').padStart(options.minimumIntegerDigits ?? 1, '0')
      while (part.length > least && part.endsWith('0')) part = part.slice(0, -1)
      if (useGrouping) whole = whole.replace(/\d(?=(?:\d{3})+$)/g, '$&,')
      text = part === '' ? whole : `${whole}.${part}`
    }
    if (style === 'percent') text += '%'
    if (style === 'currency') text = `${symbols[currency] ?? `${currency}\u00a0`}${text}`
    if (style === 'unit') text += ` ${options.unit}`
    if (isNegative) return `-${text}`
    return signDisplay === 'always' || (signDisplay === 'exceptZero' && value > 0) ? `+${text}` : text
  }
  function compactText(value, options) {
    const step = [
      [1e12, 'T'],
      [1e9, 'B'],
      [1e6, 'M'],
      [1e3, 'K'],
    ].find(([size]) => Math.abs(Number(value)) >= size)
    const scaled = Number(value) / (step?.[0] ?? 1)
    const places =
      options.maximumFractionDigits ??
      (Math.abs(scaled) < 100 && !Number.isInteger(scaled) ? (Math.abs(scaled) < 10 ? 1 : 0) : 0)
    return numberText(scaled, { ...options, notation: undefined, maximumFractionDigits: places }) + (step?.[1] ?? '')
  }

  // ---- dates
  const months = 'January February March April May June July August September October November December'.split(' ')
  const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
  const two = (value) => `${value}`.padStart(2, '0')
  const sized = (value, size) => (size === '2-digit' ? two(value % 100) : `${value}`)
  const named = (name, size) => (size === 'long' ? name : size === 'narrow' ? name[0] : name.slice(0, 3))

  function dateParts(date, { weekday, year, month, day }) {
    const isNamed = month === 'long' || month === 'short' || month === 'narrow'
    const monthText =
      month && (isNamed ? named(months[date.getUTCMonth()], month) : sized(date.getUTCMonth() + 1, month))
    const [dayText, yearText] = [day && sized(date.getUTCDate(), day), year && sized(date.getUTCFullYear(), year)]
    const name = weekday && named(days[date.getUTCDay()], weekday)
    if (!isNamed) return [name, [monthText, dayText, yearText].filter(Boolean).join('/')].filter(Boolean).join(', ')
    const monthDay = [monthText, dayText].filter(Boolean).join(' ')
    const dated = dayText
      ? [monthDay, yearText].filter(Boolean).join(', ')
      : [monthDay, yearText].filter(Boolean).join(' ')
    return [name, dated].filter(Boolean).join(', ')
  }
  function timeParts(date, { hour, minute, second, hour12, hourCycle }) {
    const is12 = hour12 ?? (hourCycle === undefined || hourCycle === 'h12')
    const hours = date.getUTCHours()
    const hourText = is12 ? sized(hours % 12 || 12, hour) : two(hours)
    const parts = [hour && hourText, minute && two(date.getUTCMinutes()), second && two(date.getUTCSeconds())].filter(
      Boolean,
    )
    return parts.join(':') + (hour && is12 ? ` ${hours < 12 ? 'AM' : 'PM'}` : '')
  }
  const dateFields = ['weekday', 'year', 'month', 'day']
  const timeFields = ['hour', 'minute', 'second']
  const numeric = (fields) => Object.fromEntries(fields.map((field) => [field, 'numeric']))
  const usualDate = numeric(['year', 'month', 'day'])
  const usualTime = numeric(timeFields)
  const dateStyles = {
    full: { ...usualDate, weekday: 'long', month: 'long' },
    long: { ...usualDate, month: 'long' },
    medium: { ...usualDate, month: 'short' },
    short: { ...usualDate, year: '2-digit' },
  }
  function dateText(date, options = {}, usual = {}) {
    if (Number.isNaN(date.getTime())) return 'Invalid Date'
    const { dateStyle, timeStyle } = options
    const isGiven = [...dateFields, ...timeFields].some((field) => options[field] !== undefined)
    const wanted = { ...(isGiven || dateStyle || timeStyle ? {} : usual), ...options, ...dateStyles[dateStyle] }
    if (timeStyle) Object.assign(wanted, usualTime, timeStyle === 'short' ? { second: undefined } : {})
    const parts = [dateParts(date, wanted), timeParts(date, wanted)].filter((part) => part !== '')
    return parts.join(dateStyle === 'full' || dateStyle === 'long' ? ' at ' : ', ')
  }

  // ---- Intl
  class Format {
    #locale
    #options
    constructor(locale, options) {
      this.#locale = Array.isArray(locale) ? (locale[0] ?? 'en-US') : (locale ?? 'en-US')
      this.#options = { ...options }
    }
    get options() {
      return this.#options
    }
    resolvedOptions() {
      return { locale: this.#locale, timeZone: 'UTC', ...this.#options }
    }
    static supportedLocalesOf(locales) {
      return [locales].flat()
    }
  }
  class NumberFormat extends Format {
    format = (value) => numberText(typeof value === 'bigint' ? value : Number(value), this.options)
  }
  class DateTimeFormat extends Format {
    format = (date = Date.now()) => dateText(new Date(date), this.options, usualDate)
  }
  class Collator extends Format {
    compare = (a, b) => compareText(`${a}`, `${b}`, this.options)
  }
  class PluralRules extends Format {
    select(value) {
      if (this.options.type !== 'ordinal') return value === 1 ? 'one' : 'other'
      const [last, teens] = [value % 10, value % 100]
      if (last === 1 && teens !== 11) return 'one'
      if (last === 2 && teens !== 12) return 'two'
      return last === 3 && teens !== 13 ? 'few' : 'other'
    }
  }
  class ListFormat extends Format {
    format(items) {
      const all = [...items]
      const word = this.options.type === 'disjunction' ? 'or' : 'and'
      if (all.length < 3) return all.join(` ${word} `)
      return `${all.slice(0, -1).join(', ')}, ${word} ${all[all.length - 1]}`
    }
  }
  const getCanonicalLocales = (locales) => [locales].flat()
  /** These may be called without `new`. */
  const callable = (kinds) => {
    for (const [name, Kind] of Object.entries(kinds)) {
      kinds[name] = new Proxy(Kind, { apply: (_, _this, args) => new Kind(...args) })
    }
    return kinds
  }
  const both = { ...usualDate, ...usualTime }
  return {
    localeCompare(other, _locale, options) {
      return compareText(`${this}`, `${other}`, options)
    },
    numberText(_locale, options) {
      return numberText(this.valueOf(), options)
    },
    dateTimeText(_locale, options) {
      return dateText(this, options, both)
    },
    dateText(_locale, options) {
      return dateText(this, options, usualDate)
    },
    timeText(_locale, options) {
      return dateText(this, options, usualTime)
    },
    Intl: { ...callable({ NumberFormat, DateTimeFormat, Collator }), PluralRules, ListFormat, getCanonicalLocales },
  }
})

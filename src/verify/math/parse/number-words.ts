// Numbers in words: "twenty-five", "one hundred and five", "three thousand"; "third" and "twenty-fifth", which are places
// in an order; "two thirds", which is a fraction. Up to the billions.

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'
const values = new Map<string, number>([
  ...small.split(' ').map((word, i) => [word, i] as const),
  ...tens.split(' ').map((word, i) => [word, 20 + 10 * i] as const),
])
const scales = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
])

const smallOrders =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
  'sixteenth seventeenth eighteenth nineteenth'
const tensOrders = 'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth'
const orders = new Map<string, number>([
  ...smallOrders.split(' ').map((word, i) => [word, i + 1] as const),
  ...tensOrders.split(' ').map((word, i) => [word, 20 + 10 * i] as const),
  ['hundredth', 100],
  ['thousandth', 1e3],
  ['millionth', 1e6],
])

/** Parts of a whole to how many of them make it: thirds and, of one, third. A second is no half. */
const wholes = new Map<string, number>([
  ...[...orders].filter(([, value]) => value > 2).map(([word, value]) => [`${word}s`, value] as const),
  ['halves', 2],
  ['quarters', 4],
])
const lonePart = new Map<string, number>([...[...orders].filter(([, value]) => value > 2), ['half', 2], ['quarter', 4]])

/** Whether a word names a place in an order or a part of a whole. */
export function isOrderWord(word: string): boolean {
  return (orders.has(word) && word !== 'second') || wholes.has(word) || lonePart.has(word)
}

/** How many of these parts make a whole: 3 for thirds, and for third when there is one of it. */
export function partsOfWhole(word: string, isOne: boolean): number | undefined {
  return wholes.get(word) ?? (isOne ? lonePart.get(word) : undefined)
}

/** The place that lower-case words name: 25 for twenty-fifth; undefined when they name none. */
export function readOrderWords(words: readonly string[]): number | undefined {
  const last = orders.get(words[words.length - 1] ?? '')
  if (last === undefined || words.length > 2) return undefined
  if (words.length === 1) return last
  const ten = values.get(words[0])
  return ten !== undefined && ten >= 20 && last < 10 ? ten + last : undefined
}

/** Whether a word is part of a number. */
export function isNumberWord(word: string): boolean {
  return values.has(word) || scales.has(word) || word === 'hundred'
}

/** The number that lower-case words spell; undefined when they spell none. */
export function readNumberWords(words: readonly string[]): number | undefined {
  if (words.length === 0 || words.length > 24) return undefined
  let total = 0
  let group: number | undefined
  let lastScale = Number.POSITIVE_INFINITY
  let before = ''
  for (const word of words) {
    const value = values.get(word)
    const scale = scales.get(word)
    if (value !== undefined) {
      if (!mayFollow(group, value, before)) return undefined
      group = (group ?? 0) + value
    } else if (word === 'hundred') {
      if (group === undefined || group < 1 || group > 9) return undefined
      group *= 100
    } else if (scale !== undefined) {
      if (group === undefined || group === 0 || scale >= lastScale) return undefined
      total += group * scale
      lastScale = scale
      group = undefined
    } else if (word !== 'and' || !(before === 'hundred' || scales.has(before))) return undefined
    before = word
  }
  return before === 'and' ? undefined : total + (group ?? 0)
}

/** A number follows nothing, a hundred, or, below ten, a multiple of ten. */
function mayFollow(group: number | undefined, value: number, before: string): boolean {
  if (group === undefined) return true
  if (before === 'hundred' || before === 'and') return value > 0
  return value > 0 && value < 10 && group % 100 >= 20 && group % 10 === 0
}

const chineseDigits = '零一二三四五六七八九'

/** A number below a thousand in Chinese: 五, 十二, 三百零五; undefined for anything else. */
export function readChineseNumber(text: string): number | undefined {
  if (text === '' || text[0] < '\u3000') return undefined
  const plain = text.replaceAll('两', '二').replaceAll('〇', '零')
  const match = /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(plain)
  if (match === null) return plain === '零' ? 0 : undefined
  const digit = (found: string | undefined): number => (found === undefined ? 0 : chineseDigits.indexOf(found))
  const [, hundreds, tenDigit, ten, ones] = match
  // 三百五 is 350.
  if (hundreds !== undefined && ten === undefined && ones !== undefined && !plain.includes('零')) return undefined
  return 100 * digit(hundreds) + (ten === undefined ? 0 : 10 * (digit(tenDigit) || 1)) + digit(ones)
}

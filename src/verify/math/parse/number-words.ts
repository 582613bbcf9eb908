// Numbers in words: "twenty-five", "one hundred and five", "three thousand". Up to the billions, whole numbers only.

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

// The last number in prose, as a grader falls back to it. Numbers joined by "and" or "or" are one answer with several
// values: a text that names two candidates has not decided.

const window = 20_000
const number =
  /(?<![\p{L}\d_\\]|\d\.)(?:(?<![\d)}\]])[-−+])?[$€£]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,4}(?!\d))?(?:\s?\/\s?\d+)?(?:\s?\\?%)?/gu

/** The number, or the numbers as a list; undefined when there is none or the sentence denies it ("not 5"). */
export function lastNumber(text: string): string | undefined {
  const near = text.slice(-window)
  const places = [...near.matchAll(number)]
  if (places.length > 0 && isCode(near, places[places.length - 1].index)) return undefined
  let first = places.at(-1)
  if (first === undefined) return undefined
  const end = first.index + first[0].length
  let isJoined = false
  for (let i = places.length - 2; i >= 0; i--) {
    const gap = near.slice(places[i].index + places[i][0].length, first.index)
    const isWord = /^[\s,$]{0,4}(?:and|or|und|et|y|ou)[\s$]{1,4}(?:-|−)?$/.test(gap)
    if (!isWord && !(isJoined && /^\s{0,3}[,;]\s{0,3}$/.test(gap))) break
    isJoined = true
    first = places[i]
  }
  if (isDenied(near.slice(Math.max(0, first.index - 60), first.index))) return undefined
  return near.slice(first.index, end).trim()
}

/** The number of a short text that holds one among words and does not deny it: `18 eggs left`. */
export function onlyNumber(text: string): string | undefined {
  if (text.length > 400 || isDenied(text)) return undefined
  const plain = text.replace(/\\(?:text|textbf|mathrm|mbox)\s?\{([^{}]{0,400})\}/g, ' $1 ').replace(/\\[,;:! ]|~/g, ' ')
  if (!/^(?:[\p{L}\d\s.,%$€£°:!?'’+/−-]|\\[%$])*$/u.test(plain)) return undefined
  const [only, ...others] = plain.matchAll(number)
  if (only === undefined || others.length > 0) return undefined
  const [digits, all] = [only[0], plain].map((part) => part.replace(/\D/g, ''))
  const isAlone = !/\p{L}/u.test(plain[only.index + only[0].length] ?? '')
  return isAlone && digits === all ? only[0].trim() : undefined
}

/** Whether the line around a place is a program rather than prose: what it computes is not what it says. */
function isCode(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 400), at + 100)
  return /__|==|!=|&&|\|\||=>|\w\(['"]|\w\.\w+\(|;\s*(?:$|\n|\w+\s*=)/.test(line)
}

/** Whether the words before, in the same sentence, say that it is not so. */
export function isDenied(before: string): boolean {
  const sentence = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n'), -1) + 1)
  return /\b(?:not|never|no|cannot|neither|nor|isn['’]t|wasn['’]t|doesn['’]t|don['’]t|wrong|rather than|instead of|unlike)\b/iu.test(
    sentence,
  )
}

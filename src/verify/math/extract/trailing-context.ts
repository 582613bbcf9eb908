// Numbers that end a sentence without being what it is about: "33 people on the bus at 5 p.m.", "33 miles in week 3", "$33
// in 4 days". The last number is the answer as a rule; only these forms, with a number before them, are passed over, and
// not where the sentence asks for a time: "reaches 33 miles in week 3". Also mixed numbers, "3 1/2" and "3 and a half".

const clock = /\s(?:at|by|around|before|after|until)\s(?:about\s)?\d{1,2}(?::\d\d)?\s?[ap]\.?\s?m\b\.?[\s.!*]{0,4}$/i
const numbered =
  /\s(?:in|during|of)\s(?:week|month|year|quarter|semester|term|round|lap|game|class|grade|room|chapter|part|group|level|stage)\s#?\d{1,4}[\s.!*]{0,4}$/i
const spanOfTime =
  /(?:[$€£]\d[\d,]{0,15}(?:\.\d\d)?)\s(?:in|over|during|within)\s(?:the\s|those\s|just\s|only\s)?(?<time>\d{1,4}\s(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?))[\s.!*]{0,4}$/i
/** Words of sentences that tell when, not how many. */
const tellsTime =
  /\b(?:first|exceed\w*|reach\w*|surpass\w*|pass(?:es|ed)?|finish\w*|complet\w*|end(?:s|ed)?|begin\w*|began|start\w*|arriv\w*|leav\w*|left|depart\w*|open\w*|clos\w*|meet\w*|met|happen\w*|occur\w*|become\w*|became|until|land\w*|wake\w*|return\w*|when|time|hits?|runs? out|will (?:be|have)|schedul\w*|held|due|planned|earliest|latest|soonest|takes?|took)\b/i

/** The end of what a sentence is about: where its trailing context begins, or its length. */
export function contextStart(sentence: string): number {
  const near = sentence.slice(-400)
  const offset = sentence.length - near.length
  if (!/\d/.test(near) || tellsTime.test(near)) return sentence.length
  const money = spanOfTime.exec(near)
  if (money?.groups !== undefined) return offset + money.index + money[0].lastIndexOf(money.groups.time)
  const found = clock.exec(near) ?? numbered.exec(near)
  return found !== null && /\d/.test(near.slice(0, found.index)) ? offset + found.index : sentence.length
}

const whole =
  /(?<![\p{L}\d.,/_^)\-−])(?<![+*×·÷/−-]\s{0,2}|(?:week|day|page|step|option|part|case|year|in|problem|question|number|chapter|grade)\s)(?<sign>[-−])?(?<whole>\d{1,3})\s$/iu
const half = /^\s(?:and\s(?:a|one)[\s-])(?<part>half|third|quarter|fourth)\b(?!\sof\b)/i
const parts: Readonly<Record<string, string>> = { half: '1/2', third: '1/3', quarter: '1/4', fourth: '1/4' }

/** `3 1/2` for the fraction that ends it, when a whole number stands right before. */
export function mixedBefore(before: string, fraction: string, after: string): string | undefined {
  const [, top, bottom] = /^(\d{1,3})\/(\d{1,3})$/.exec(fraction) ?? []
  if (top === undefined || Number(top) >= Number(bottom) || top === '0' || /^\sof\b/.test(after)) return undefined
  const found = whole.exec(before.slice(-40))?.groups
  return found === undefined ? undefined : `${found.sign === undefined ? '' : '-'}${found.whole} ${fraction}`
}

/** `3 1/2` of `3 and a half`. */
export function mixedBehind(
  number: string,
  after: string,
): { readonly text: string; readonly length: number } | undefined {
  const found = /^[-−]?\d{1,3}$/.test(number) ? half.exec(after) : null
  const part = parts[found?.groups?.part.toLowerCase() ?? '']
  return found === null || part === undefined ? undefined : { text: `${number} ${part}`, length: found[0].length }
}

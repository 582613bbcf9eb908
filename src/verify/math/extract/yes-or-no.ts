// A yes, no, true or false in prose: the word that a text begins with, or the only kind of it in the last sentence.
// "It is not true" says false; "true if n is even" says neither.

const word = /\b(?:yes|no|true|false)\b/gi
const opposite: Readonly<Record<string, string>> = { yes: 'no', no: 'yes', true: 'false', false: 'true' }
const negated =
  /\b(?:not|never|cannot be|can['’]t be|isn['’]t|wasn['’]t|far from)\s(?:(?:always|necessarily|in general|really|actually)\s)?["'“‘*_]{0,3}$/i
const conditional =
  /^["'”’*_]{0,3}[,;:]?\s(?:[—–-]\s|but\s)?(?:only\s)?(?:if|when|whenever|unless|provided|providing|assuming|as long as|so long as|for some|in some|except|with the exception)\b/i

/** The word, or undefined when there is none or it is not plain which. */
export function yesOrNo(text: string): string | undefined {
  const first = /^[\s*_"'`]{0,8}(?:yes|no|true|false)\b(?! (?:doubt|matter|longer|idea|answer|solution))/i.exec(text)
  const sentence =
    text
      .trim()
      .slice(-400)
      .split(/[.!?\n]\s/)
      .at(-1) ?? ''
  const place = first === null ? sentence : text.slice(0, 400)
  if (/\b(?:opposite|contrary|reverse|converse|negation|inverse)\b/i.test(place)) return undefined
  const meanings = new Set<string>()
  for (const match of place.matchAll(word)) {
    const said = match[0]
    if (conditional.test(place.slice(match.index + said.length))) return undefined
    const isNegated = negated.test(place.slice(Math.max(0, match.index - 40), match.index))
    meanings.add(isNegated ? opposite[said.toLowerCase()] : said.toLowerCase())
    if (first !== null) return said
  }
  return meanings.size === 1 ? [...meanings][0] : undefined
}

// A text in other words that the reader knows: a set of the values of a formula `\{2k : k \in \mathbb{Z}\}` as the formula
// with its letter's domain, numbers behind `\ldots` written out, "for any real constant k" as a membership, and a function
// without the "for all x" that says no more of it. Each says exactly what the text says.

const longest = 400
const mayBeRewritten = /\\in(?![a-zA-Z])|\\forall|\bfor\s|\bwhere\b|dots|\.\.\.|…/
const mostNumbers = 120

/** The same text when nothing in it can be put so. */
export function rewritten(text: string): string {
  if (text.length > longest || !mayBeRewritten.test(text)) return text
  return withDomain(asFamily(writtenOut(withoutUniversal(text))))
}

const letter = String.raw`\$?(?:[a-zA-Z]|\\(?:lambda|mu|alpha|beta|theta))(?:_\{?\d\}?)?\$?`
const space = String.raw`(?:\s|~|\\[,;: !]|\\q?quad(?![a-zA-Z]))*`
const set = String.raw`\\(?:mathbb|mathbf)\s?\{?[RZNQ]\}?`
const builder = new RegExp(
  String.raw`^\$?\\(?:left)?\s?\\?\{(?<head>[^:|{}]{1,100}(?:\{[^{}]{0,40}\}[^:|{}]{0,60}){0,4}?)(?::|\||\\mid(?![a-zA-Z])|\\middle\||\\colon)(?<tail>${space}(?<name>${letter})${space}\\in${space}${set})${space}\\(?:right\s?\\)?\}\$?$`,
)

/** `\{2k : k \in \mathbb{Z}\}` is 2k for the integers k; a condition on the formula's own letter alone is a set-builder. */
function asFamily(text: string): string {
  if (!text.includes('\\in') || !text.includes('\\{')) return text
  const groups = builder.exec(text.trim())?.groups
  if (groups === undefined) return text
  const head = groups.head.trim()
  const isPlain = head !== groups.name && !/[=<>]|\\(?:in|n?eq|le|ge|leq|geq|lt|gt)(?![a-zA-Z])/.test(head)
  return isPlain && !head.includes(',') ? `${head}, ${groups.tail.trim()}` : text
}

const dots = String.raw`(?:\\[lc]?dots|\\dotsc|\.\.\.|…)`
const run = new RegExp(
  String.raw`(?<first>-?\d{1,4})\s?,\s?(?:(?<second>-?\d{1,4})\s?,\s?)?(?:(?<third>-?\d{1,4})\s?,\s?)?(?:(?<fourth>-?\d{1,4})\s?,\s?)?${dots}\s?,\s?(?<last>-?\d{1,4})(?!\d)`,
)

/** `1, 2, \ldots, 10`: with steps of one, or of three numbers given that are evenly spaced. */
function writtenOut(text: string): string {
  if (!/dots|\.\.\.|…/.test(text)) return text
  return text.replace(run, (whole, ...rest) => {
    const { first, second, third, fourth, last } = rest.at(-1) as Record<string, string | undefined>
    const given = [first, second, third, fourth].flatMap((one) => (one === undefined ? [] : [Number(one)]))
    const end = Number(last)
    const step = given.length > 1 ? given[1] - given[0] : Math.sign(end - given[0])
    const isEven = given.every((one, i) => one === given[0] + i * step)
    const isSure = Math.abs(step) === 1 || given.length > 2
    const count = step === 0 ? 0 : (end - given[0]) / step + 1
    if (!isEven || !isSure || !Number.isInteger(count) || count <= given.length || count > mostNumbers) return whole
    return Array.from({ length: count }, (_, i) => given[0] + i * step).join(', ')
  })
}

const words = String.raw`(?:\\(?:text|mbox|textrm)\s?\{)?\s{0,3}`
const constant = new RegExp(
  String.raw`[\s,;(]{0,4}${words}(?:for|where)\s(?:(?:any|some|all|every|each)\s)?(?<kind>(?:arbitrary\s)?(?:real\s)?(?:constants?|numbers?|parameters?)|(?:arbitrary\s)?integers?)\s?\}?\s?(?<name>${letter})\)?[\s.}$]{0,4}$`,
)
const stands = new RegExp(
  String.raw`[\s,;(]{0,4}${words}where\s?\}?\s?(?<name>${letter})\s?${words}is\s(?:(?:any|an?|some)\s)?(?<kind>(?:arbitrary\s)?(?:real\s)?(?:constant|number|parameter)|(?:arbitrary\s)?integer)[)\s.}$]{0,4}$`,
)

/** "for any real constant k" and "where k is an integer": the letter's domain. */
function withDomain(text: string): string {
  if (!/\b(?:for|where)\b/.test(text)) return text
  const match = constant.exec(text) ?? stands.exec(text)
  const { kind, name } = match?.groups ?? {}
  if (match === null || kind === undefined || match.index === 0) return text
  const plain = name.replaceAll('$', '')
  return `${text.slice(0, match.index).replace(/^\$|\$$/g, '')}, ${plain} \\in \\mathbb{${kind.includes('integer') ? 'Z' : 'R'}}`
}

const called = /^\$?\s{0,3}[a-zA-Z]\s?\(\s?([a-z])\s?\)\s?=/
const universal = new RegExp(
  String.raw`[,;(]?${space}(?:${words}for\s(?:all|every|any|each)(?:\sreal(?:\snumbers?)?)?\s?\}?|\\forall(?![a-zA-Z]))${space}\$?(?<name>[a-z])${space}(?:\\in${space}\\(?:mathbb|mathbf)\s?\{?R\}?)?[)\s.$]{0,4}$`,
)

/** `f(x) = x` is meant for all x anyway. */
function withoutUniversal(text: string): string {
  const own = called.exec(text)?.[1]
  if (own === undefined) return text
  const match = universal.exec(text)
  return match?.groups?.name === own && match.index > 0
    ? text.slice(0, match.index).replace(/\$$/, '').replace(/^\$/, '')
    : text
}

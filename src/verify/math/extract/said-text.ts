// Answers that are words, where a sentence says them: "There is no solution.", "The series converges.", and texts that
// hold a "not" themselves ("numbers not divisible by 3"), which deny nothing. Words are only equal to the same words, so a
// whole sentence may be taken; other wordings of it that say the same are offered for a second look.
import type { ExpectedKind } from './expected-kind.ts'

const lead = String.raw`^(?:(?:so|thus|therefore|hence|then),?\s)?`
const existence = new RegExp(
  String.raw`${lead}(?:(?:there\s(?:is|are|exists?)|(?:it|(?:the|this)\s(?:equation|system|inequality|problem|polynomial|function|matrix|limit|sequence|series))\s(?:has|have))\s(?<there>no\s[\p{L} -]{2,40})|(?<none>no\s[\p{L} -]{2,40}?)\sexists?)$`,
  'iu',
)
const sentence = new RegExp(
  String.raw`${lead}(?:it|this|(?:the|this)\s(?:series|sequence|integral|limit|sum|product|system|equation|function|statement|graph|curve|matrix|triangle|value))\s(?:(?:is|are)\s)?(?<said>(?!(?:is|are|if|or)\s)[\p{L}'’-]{1,20}(?:\s[\p{L}'’-]{1,20}){0,4})$`,
  'iu',
)
const unsure =
  /\b(?:either|almost|nearly|hardly|barely|probably|possibly|sometimes|usually|only|if|unless|or|maybe|perhaps|whether|might|could|may)\b/i
const longest = 240

/** "no solution" of "There is no solution." */
export function saidMissing(text: string): string | undefined {
  const last = lastSentence(text)
  if (last.length > longest || !/\bno\b/i.test(last)) return undefined
  const { there, none } = existence.exec(last)?.groups ?? {}
  return there ?? none
}

/** The last sentence, for an answer that is a text. */
export function saidSentence(text: string): string | undefined {
  const last = lastSentence(text)
  return last === '' || last.length > longest ? undefined : last
}

/** What a text without figures says there is none of; for a text its last sentence. */
export function saidWithoutFigures(text: string, expect: ExpectedKind): string | undefined {
  return saidMissing(text) ?? (expect === 'text' ? saidSentence(text) : undefined)
}

/** Another wording of the same: without its subject, one more or fewer of what there is none of, neither B nor A. */
export function otherWording(text: string): string | undefined {
  if (text.length > longest || !/^[\p{L}\s,'’-]+$/u.test(text)) return undefined
  if (/^no\s\p{L}/iu.test(text) && !unsure.test(text)) return /s$/.test(text) ? text.slice(0, -1) : `${text}s`
  const plain = text.replace(/,(?=\s(?:but|and)\s)/g, '')
  const said = sentence.exec(plain)?.groups?.said ?? plain
  const { first, second } = /^neither\s(?<first>\p{L}{1,20})\snor\s(?<second>\p{L}{1,20})$/iu.exec(said)?.groups ?? {}
  if (first !== undefined && said === text) return `neither ${second} nor ${first}`
  return said === text || unsure.test(said) ? undefined : said
}

function lastSentence(text: string): string {
  const near = text.trim().slice(-600)
  const last = near.split(/[.!?]\s(?=[\p{Lu}\\$(])|\n/u).at(-1) ?? ''
  return last
    .trim()
    .replace(/^[*_\s]{1,6}|[*_\s]{1,6}$/g, '')
    .replace(/(?<!\.)\.$/, '')
    .trim()
}

// The clause that may follow an answer in its sentence: a reason ("because 2 + 3 = 5"), a remark ("which is prime", "for all
// real x") or a contrast ("not 6"). Only what leaves the answer as it is goes; "for n = 1 and 6 for n = 2", "by 6",
// "which is wrong", "in thousands" stay with it, so that the whole is read and found to be no plain value.
import { changesValue } from '../parse/changing-words.ts'

const text = String.raw`\\(?:text|mbox|textrm|mathrm)\s?\{\s?`
const opening = String.raw`(?:[\s,;~(–—]|\\[,;:! ]|\\q?quad\b|${text})`
const marker = new RegExp(
  `${opening}(?:(?<reason>because|since|i\\.e\\.|e\\.g\\.|I hope)|(?<contrast>(?:(?:and|but|а|und|et|y|e)\\s)?(?:not|rather than|instead of|as opposed to|не|nicht|non(?:\\spas)?|pas|no|não)` +
    `(?=[\\s}]{1,3}(?:[-−$\\\\(]{0,3}\\d|\\$|\\\\|\\(?[A-J]\\b(?!\\s[a-z]))))|(?<result>so|therefore|thus|hence|meaning|which|that is)|` +
    `(?<remark>where|given that|note that|so that|as|by|from|using|for|when|after))(?=[\\s,}])`,
  'giu',
)
/** What makes of a clause a doubt. */
const doubtful =
  /\b(?:wrong|incorrect|false|mistaken?|errors?|guess\w*|doubt\w*|unsure|not (?:sure|certain|right|correct)|wanted|(?:true|actual|correct|real|right) (?:answer|value|result)|supposed|maybe|perhaps|probably|know|think|disagree|tell)\b|\?/i
/** What narrows or changes the answer. */
const condition =
  /[=<>≤≥≠∈→]|\\(?:n?eq|ne|leq?|geq?|lt|gt|in|to|rightarrow|mathbb|setminus|infty)\b|\b(?:or|not|if|unless|otherwise|approaches|tends|goes|integer|mod|positive|negative|nonzero|even|odd|each|every|per|squared?|cubed?|gives?|means?|units?)\b/i
/** Words that change a number they stand beside, but not here. */
const harmless = new Set('so all any first one required'.split(' '))

/** Clauses looked at. */
const most = 12

/** The answer without the clause that follows it; the same text when it has none or the clause matters. */
export function withoutClause(answer: string): string {
  if (answer.length > 2_000) return answer
  let looked = 0
  for (const match of answer.matchAll(marker)) {
    if (looked++ >= most) break
    if (match.index === 0) continue
    const head = answer.slice(0, match.index)
    const { reason, contrast, result } = match.groups ?? {}
    const tail = answer.slice(match.index + match[0].length)
    const isKept =
      contrast === undefined &&
      (reason === undefined ? mayChange(tail, head, (result ?? match[0]).toLowerCase(), result) : isNoReason(tail))
    if (!isKept) return head.replace(/[\s,;]+$/, '')
  }
  return answer
}

const unsure =
  /\b(?:guess\w*|doubt\w*|unsure|not sure|wanted|mistake|(?:it|this|that)(?: is|['’]s) (?:wrong|false|incorrect)|maybe|perhaps)\b/i

/** A reason repeats what is known and may hold any relation, but it has to say something. */
function isNoReason(tail: string): boolean {
  return (
    unsure.test(tail) || !/[=<>≤≥]|\\[gln]eq?\b|\p{L}+[\s}$]+.*[\p{L}\d]/u.test(plain(tail)) || /^\W*not\b/i.test(tail)
  )
}

function mayChange(tail: string, head: string, word: string, result: string | undefined): boolean {
  if (doubtful.test(tail) || /^\s{0,3}far\b/.test(tail)) return true
  const words = plain(tail).replace(/\bof the (?:square|cube|circle|triangle|base)s?\b/g, ' ')
  if (words.match(/\p{L}{2,20}(?:['’]t)?/gu)?.some((one) => !harmless.has(one.toLowerCase()) && changesValue(one)))
    return true
  if (result !== undefined) {
    // "which is 10/2", "so there are 5 of them": nothing new.
    if (word === 'which' && /^\s{0,3}(?:is|equals)\b/.test(tail)) return false
    const known = new Set(head.match(/\d+/g))
    return condition.test(tail) || (tail.match(/\d+/g) ?? []).some((digits) => !known.has(digits))
  }
  return /\d/.test(tail) || condition.test(tail.replace(/\\in\s?\\mathbb\s?\{?R\}?/g, ''))
}

const plain = (tail: string): string => tail.replace(/\\(?:text\w*|mbox|mathrm|q?quad)\b|\\[,;:! ]/g, ' ')

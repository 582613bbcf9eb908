// Answers that a text takes back or never gave: "\boxed{42}. Actually, it is 43.", "a student claims the answer is 5",
// "is the answer 5?". A correction counts only when it names another value: "wait, let me check: 42" confirms.

/** Behind an answer this far a correction is looked for. */
const reach = 600

const lead = String.raw`(?:(?:wait|no|hmm|oops|sorry|but|so|actually|in fact|rather)[\s,.:!—–-]{1,4}){0,3}`
const it = String.raw`(?:it|that|this)(?:['’]s|\s(?:is|was|should (?:actually |really )?be|must be))`
const proper =
  '(?:the|my) (?:correct|actual|true|right|real|proper|corrected) (?:answer|value|result|one|number)(?: is| should be| must be|:)'
const shown = String.raw`\s(?:actually |really |in fact |rather )?[$\\(*\s]{0,6}(?:boxed\{)?(?<value>[-−]?\d[\d,]{0,20}(?:\.\d{1,20})?)(?!\s?[-+*/×·^=\d\\%]|\s?[a-z]?\s?=)`
const restated = new RegExp(
  `(?:(?:^|[.!?;\\n]\\s{0,3})${lead}(?:(?:wait|no|hmm|oops|sorry|actually|in fact)[\\s,]{1,3}${it}|correction:?(?: it is)?|it should (?:actually |really )?(?:be|have been)|make that)|\\b${proper}|\\bso the (?:final )?answer is)${shown}`,
  'gi',
)
const admits =
  /\bI(?:['’]ve| have)? (?:made|make|see|spotted|noticed|found) (?:an?|my|the) (?:\w{1,12} )?(?:error|mistake|slip)\b|\bI disagree\b|\b(?:my|this|that) answer is wrong\b/i

/** Whether what follows an answer replaces it by another. */
export function isReplaced(behind: string, content: string): boolean {
  const near = behind.slice(0, reach)
  if (admits.test(near)) return true
  const said = numberOf(content.replace(/^[^=]*=/, ''))
  if (said === undefined) return false
  for (const { groups, 0: all } of near.matchAll(restated)) {
    const value = numberOf(groups?.value ?? '')
    // "So the answer is 6" behind another box may be the answer to another part.
    if (value !== undefined && value !== said && !(/^so the/i.test(all) && !/\b(?:but|wait|actually)\b/i.test(near)))
      return true
  }
  return false
}

function numberOf(text: string): number | undefined {
  const digits = text.replace(/[$\s,{}]|\\[!,]/g, '').replace('−', '-')
  return /^-?\d{1,20}(?:\.\d{1,20})?$/.test(digits) ? Number(digits) : undefined
}

const verbs =
  'claim|claims|claimed|says|said|say|thinks|thought|believed|believes|argues|argued|insists|insisted|suggests|guesses|guessed|assumed'
const attributed = new RegExp(
  [
    String.raw`\b(?:not the case|not true|false|untrue|incorrect|wrong|mistaken|unlikely|doubt(?:s|ful|ed)?|den(?:y|ies)|disagree)\b[^,]{0,40}`,
    String.raw`\b(?!(?:we|I|as)\b)\p{L}{1,14}\s(?:${verbs})\b[^,]{0,20}`,
    String.raw`\bI (?:thought|guessed|assumed)\b[^,]{0,20}`,
    String.raw`\b(?:might|may|could|would) (?:think|say|guess|believe|expect|assume|conclude)\b[^,]{0,30}`,
    String.raw`\b(?:if|whether|unless|suppose|supposing|assume|assuming|imagine|pretend)(?: for (?:a )?(?:contradiction|moment))?(?:,? that)?\s(?:the |our |my )?(?:\w{1,12} ){0,2}`,
    String.raw`\b(?:digits?|figures?|half|twice|double|square(?: root)?|multiples?|factors?|divisors?|reciprocal|inverse) of`,
    String.raw`\b(?:naive|wrong|incorrect|initial|old|previous|tempting|obvious but wrong|false)\s`,
  ]
    .map((one) => `(?:${one})`)
    .join('|'),
  'iu',
)
const article = /(?:\b(?:the|our|my|an?|final|correct|right)[\s*_]{1,3}){0,3}$/i

/** Whether the words before "answer" say that it is somebody else's, or none. */
export function isAttributed(text: string, at: number): boolean {
  const sentence = sentenceBefore(text, at).replace(article, ' ')
  const match = attributed.exec(sentence)
  return match !== null && match.index + match[0].length >= sentence.trimEnd().length
}

/** Whether an answer is only one of two cases: "else the answer is 5". */
export function isOtherCase(text: string, at: number): boolean {
  return /\b(?:else|otherwise),?\s$/i.test(sentenceBefore(text, at).replace(article, ''))
}

/** Whether the words behind a phrase ask or take it back at once: "the answer is 18? No". */
export function isQuestioned(text: string, from: number, at: number): boolean {
  const question = /^[^.!?\n]{1,60}\?/.exec(text.slice(from, from + 62))
  if (question === null) return false
  const end = from + question[0].length
  return (
    /^\s{0,3}(?:no|wait|hmm|not)\b/i.test(text.slice(end, end + 20)) ||
    /^[\s*_]{0,3}(?:is|was|could|might|would|can)\b/i.test(sentenceBefore(text, at))
  )
}

const sentenceBefore = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - 120), at)
    .split(/[.;!?]\s|\n/)
    .at(-1) ?? ''

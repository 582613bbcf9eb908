// Answers that a text takes back or never gave: "\boxed{42}. Actually, it is 43.", "a student claims the answer is 5",
// "is the answer 5?". A correction counts only when it names another value: "wait, let me check: 42" confirms.

/** Behind an answer this far a correction is looked for. */
const reach = 600

const turn = String.raw`(?:wait|no|hmm|oops|sorry|actually|in fact|correction|on second thought|on reflection|scratch that)`
const lead = String.raw`(?:(?:${turn}|but|so|rather)[\s,.:!—–-]{1,4}){0,3}`
const be = String.raw`(?:is|was|should (?:actually |really )?be|must be)(?: therefore| then| thus)?`
const it = String.raw`(?:it|that|this)(?:['’]s|\s${be})`
const theAnswer = String.raw`the (?:final )?answer\s${be}`
const proper = String.raw`(?:the|my) (?:correct|actual|true|right|real|proper|corrected) \p{L}{1,14}(?:\s${be}|:)`
const heading = String.raw`(?:^|\n)\s{0,3}(?:####|[#*\s]{0,8}(?:final answer|answer)[*\s]{0,4}:[*]{0,2})`
const shown = String.raw`\s(?:actually |really |in fact |rather )?[$\\(*\s]{0,6}(?:boxed\{)?(?<value>[-−]?\d[\d,]{0,20}(?:\.\d{1,20})?)(?!\s?(?:[-+*/×·^=\d%]|\\(?!\)))|\s?[a-z]?\s?=)`
const restated = new RegExp(
  `(?:(?:^|[.!?;\\n]\\s{0,3})${lead}(?:${turn}[\\s,:]{1,3}(?:${it}|${theAnswer})|correction:?(?: it is)?|scratch that[,:]?|it should (?:actually |really )?(?:be|have been)|make that)|\\b${proper}|${heading}|(?<weak>\\bso (?:${theAnswer}|${it})|(?:^|[.!?;\\n]\\s{0,3})${theAnswer}))${shown}`,
  'giu',
)
/** Beside one of these a weak conclusion is a correction; alone it may be the answer to another part. */
const reconsiders =
  /\b(?:but|wait|actually|hmm|oops|re-?check(?:ing)?|re-?compute|re-?calculate|redo|i forgot|mistake|let me check|double-check|doesn['’]t look right)\b/i
const rejects =
  /\b(?:so|thus|hence|therefore),? (?:this|that|(?:the|my) (?:result|answer|value)(?: above)?|(?<value>\d{1,20})) (?:is|must be|cannot be) (?:incorrect|wrong|invalid|impossible|correct|right|not (?:valid|correct|right|possible|allowed))\b/i
const admits =
  /\bI(?:['’]ve| have)? (?:made|make|see|spotted|noticed|found) (?:an?|my|the) (?:\w{1,12} )?(?:error|mistake|slip)\b|\bI disagree\b|\b(?:my|this|that) answer is wrong\b/i

/** Whether what follows an answer replaces it by another, or rejects it. */
export function isReplaced(behind: string, content: string): boolean {
  const near = behind.slice(0, reach)
  if (admits.test(near)) return true
  const said = numberOf(content.replace(/^[^=]*=/, ''))
  if (said === undefined) return false
  if (isRejected(near, said)) return true
  for (const { groups } of near.matchAll(restated)) {
    const value = numberOf(groups?.value ?? '')
    if (value !== undefined && value !== said && (groups?.weak === undefined || reconsiders.test(near))) return true
  }
  return false
}

/** "So this is incorrect", "therefore 12 is not valid" of the 12 that was given. */
function isRejected(near: string, said: number): boolean {
  const match = rejects.exec(near)
  if (match === null) return false
  const { value } = match.groups ?? {}
  const isOf = value === undefined || Number(value) === said
  // "so this is correct", "so that cannot be wrong"
  const isNegative = / (?:is|must be) (?:not |incorrect|wrong|invalid|impossible)| cannot be (?:correct|right)/i.test(
    match[0],
  )
  return isOf && isNegative
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

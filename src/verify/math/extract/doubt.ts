// What a completion says against its own answer: a box that is denied ("not \boxed{6}", "\boxed{6} is wrong"), one of
// several guesses ("\boxed{5} or maybe \boxed{6}"), a search that was given up. A correction is none of these: of
// "\boxed{5}. Wait, it is \boxed{6}" the last counts.

import { isGivenUpAbroad, isGuessedAbroad, isMarkDeniedAbroad, isTakenBackAbroad } from './foreign-denial.ts'

/** A marked answer in a text: a box, or what stands in a tag. */
export interface Marked {
  readonly start: number
  readonly end: number
  readonly content: string
}

const deniedBefore =
  /(?:\b(?:previously|old (?:answer|result|value)|I (?:earlier|originally|initially|first|previously) (?:wrote|had|said|got)|(?:earlier|originally|initially) I (?:wrote|had|said|got)|(?:suppose|assume)[^.]{0,20} contradiction[^.]{0,20})[\s:=$(){}[\\a-z]{0,8}|\b(?:not|never|cannot|rather than|instead of|other than|unlike|anything but)|n['’]t)(?:\s(?:be|equal|equal to|the|our|my|correct|final|right|answer|simply|actually)){0,5}[\s:$*([\\]{0,6}$/i
const wrong = String.raw`(?:wrong|incorrect|false|impossible|invalid|a mistake|an error|too (?:large|small|big|high|low))\b`
const noun = String.raw`(?:(?:the|my|our|a|an)\s)?(?:final\s|correct\s|right\s|true\s|valid\s|possible\s){0,2}`
const noAnswer = String.raw`${noun}(?:answer|solution|result|value|correct|right|true|valid|possible|it)\b`
const edge = String.raw`^[\s$:*)\]\\]{0,6}`
const verb = String.raw`(?:is|was|seems|looks|would be|must be)\s(?:(?:obviously|clearly|definitely|also|actually)\s)?`
/** Whatever stands in the box; a choice may well be asked for because it "is wrong". */
const deniedAsAnswer = new RegExp(
  String.raw`${edge}(?:${verb}not\s|(?:isn|can)['’]?t\s(?:be\s)?|cannot\sbe\s)${noun}(?:answer|solution|result)\b`,
  'i',
)
const deniedAfter = new RegExp(
  String.raw`${edge}(?:${verb}(?:not\s${noAnswer}|${wrong})|(?:isn|wasn|can)['’]?t\s(?:be\s)?${noAnswer}|cannot\sbe\s${noAnswer}|does(?:n['’]t|\snot)\s(?:work|satisfy|fit)\b|(?:\(|[—–,-]\s?)${wrong})`,
  'i',
)
const deniedName = new RegExp(
  String.raw`${edge}(?:${verb}(?:not\s(?:right|correct)\b|${wrong})|(?:isn|wasn)['’]?t\s(?:right|correct)\b)`,
  'i',
)
/** "would be the answer if", "is what most people say, but it is wrong". */
const deniedLater = new RegExp(
  String.raw`${edge}(?:would (?:be|have been) (?:the |my |our )?(?:\w{1,12} )?(?:answer|value|result|case|correct|right)\b|[^.!?\n]{0,60}\bbut (?:it|that|this)(?:\sis|['’]s|\swas)\s${wrong})`,
  'i',
)
const asks = /^\W{0,4}(?:is|was|could|might|can)\s(?:the|it|this|that)\b/i
/** The sentence behind takes it back. */
const takenBack = new RegExp(
  String.raw`^[\s$.,;:!?*)\]\\—–-]{0,8}(?:(?:wait|no|hmm|oops|sorry|actually|but)\b[\s,.:!—–-]{0,4}){0,3}(?:that|this|it)(?:\s(?:is|was)|['’]s)\s(?:${wrong}|not\s${noAnswer})`,
  'i',
)

/** Whether the words next to a marked answer deny it. */
export function isDeniedMark(text: string, { start, end, content }: Marked): boolean {
  const before = text.slice(Math.max(0, start - 60), start)
  const sentence = before.slice(
    Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n'), before.lastIndexOf('; ')) + 1,
  )
  if (deniedBefore.test(sentence)) return true
  const behind = text.slice(end, end + 140)
  if (asks.test(sentence) && /^[\s$)*\]\\]{0,6}\?/.test(behind)) return true
  if (deniedLater.test(behind) || isMarkDeniedAbroad(before, behind)) return true
  // A letter may be asked for because it is wrong, a name less so.
  if (deniedName.test(behind) && /\p{L}{2}/u.test(content.replace(/\\[a-zA-Z]+/g, ''))) return true
  return deniedAsAnswer.test(behind) || (/\d/.test(content) && (deniedAfter.test(behind) || isTakenBack(behind)))
}

/** Whether the sentence behind an answer says that it is wrong. */
export function isTakenBack(behind: string): boolean {
  return takenBack.test(behind) || isTakenBackAbroad(behind)
}

const hedge =
  /\b(?:maybe|perhaps|possibly|probably|(?:could|might|may)(?: also| well| even)? be|alternatively|otherwise|guess|not sure|unsure|or else)\b/i
const either = /\bor\b/i
const corrects =
  /\b(?:or rather|correct(?:ion|ed|ing)|mistake|should be|instead|same|equivalent(?:ly)?|equal to|that is|in other words|written|simplif(?:y|ied|ies)|decimal|fraction)\b/i
/** Guesses stand together. */
const longestGap = 160

/** Whether the answer is offered beside another one: `other` stands before it and is no part of it. */
export function isHedged(text: string, other: Marked | undefined, answer: readonly Marked[]): boolean {
  const [first] = answer
  if (other === undefined || first === undefined || first.start - other.end > longestGap) return false
  if (answer.some(({ content }) => content.trim() === other.content.trim())) return false
  const sentence = lastSentence(text.slice(other.end, first.start))
  return (hedge.test(sentence) || either.test(sentence) || isGuessedAbroad(sentence)) && !corrects.test(sentence)
}

/** Whether the sentence up to a place only guesses. */
export function isGuess(text: string, at: number): boolean {
  return hedge.test(lastSentence(text.slice(Math.max(0, at - 120), at)))
}

const lastSentence = (text: string): string => text.split(/[.!?]\s|\n/).at(-1) ?? text

const givenUp =
  /\bI (?:could not|couldn['’]t|cannot|can['’]t|can not|am unable to|was unable to|am not able to|failed to|do not|don['’]t|did not|didn['’]t) (?:\w{1,12} )?(?:find|verify|determine|solve|answer|work|figure|compute|decide|tell|know|see)\b|\bI['’]?(?:m| am) (?:not sure|unsure|unable)|\bI give up\b|\bI(?:['’]m| am| got| was) stuck\b|\bran out of (?:space|time|room|tokens)\b/i
const choosing =
  /\b(?:(?:one|any|some|either) of(?: the)?(?: (?:following|numbers|values|options))?|(?:among(?: the)? (?:following|options|numbers|values)|options|choices|candidates|possibilities)\b[^\d.]{0,30}|\bamong\s(?=[^.]{0,12}\d\s?(?:,|or|and)\s?\d))[\s:$({]{0,4}[-−]?\d/i

/** The last sentence only says what is still to be done. */
const unfinished =
  /^\W{0,4}(?:now,? )?(?:we|I) (?:now |still ){0,2}(?:need|have) to (?:now )?(?:compute|find|determine|count|calculate|evaluate|solve|check|prove|show)\b/i

/** Whether the end of a text says that there is no answer, so that no formula or number in it is one. */
export function isGivenUp(text: string): boolean {
  const end = text.trim().slice(-400)
  return givenUp.test(end) || unfinished.test(lastSentence(end)) || isGivenUpAbroad(end)
}

/** Whether the last sentence only names what the answer may be. */
export function namesCandidates(text: string): boolean {
  return choosing.test(lastSentence(text.trim().slice(-300)))
}

const listing =
  /(?<!\b(?:correct|right|true|best|valid) )\b(?:options|choices|alternatives)\s(?:are|were|include|given)\b/i

/** Whether the last sentence says which choices there are: "the options are (A) 1, (B) 2". */
export function listsChoices(text: string): boolean {
  const sentence = lastSentence(text.trim().slice(-300))
  return listing.test(sentence) && !/\b(?:correct|right|true|valid)\b/i.test(sentence)
}

// The value that a sentence without formulas states in mathematics: "The point is (3, 4).", "We conclude that n=42.", "So d =
// 2√5 units.", "x = 2 or x = 3" behind an arrow. Only when nothing but mathematics stands behind the verb, and no word of
// the sentence changes or denies it.
import { changesValue } from '../parse/changing-words.ts'
import { findUnit } from '../parse/unit-table.ts'
import { isDenied } from './bare-number.ts'
import { concluded } from './foreign-conclusion.ts'
import { proseWords } from './plain-looks.ts'

const verb =
  /(?:(?:^|(?<=\s))(?:(?:is|are|lies|located|occurs|found|intersect|meet)\sat(?:\sthe\spoints?)?(?=\s\()|is\sthe\spoint(?=\s\()|is|are|equals?|was|were|gives(?: us)?|yields|get|have|be|becomes|obtain|find|conclude that|means that|follows that|arrives at|leaves at)\s|(?<!\w)(?:so|thus|hence|therefore),?\s|(?<=^[\p{L}\s]{3,60})[:：]\s|^ans\.\s)/giu
const arrow = /^.*(?:⇒|⟹|=>|∴|\\(?:Rightarrow|implies|therefore|Longrightarrow)(?![a-zA-Z]))/su
/** Words that name a value, though they would change one beside them. */
const naming = new Set(
  'maximum minimum max min so first point points least greatest smallest integral derivative limit exactly one'.split(
    ' ',
  ),
)
const longest = 300

/** What the last sentence of a text states, or undefined. */
export function saidValue(text: string): string | undefined {
  const sentence = lastSentence(text).replace(/^\\(?:text|mbox|textrm)\s?\{([^{}:]{1,200})\}(?=[^\\]*$)/, '$1')
  if (sentence === '' || sentence.length > longest || /[?$]|\\boxed|`/.test(sentence)) return undefined
  const derived = sentence.replace(arrow, '').trim()
  if (derived !== sentence && isMaths(derived)) return derived
  const rest = concluded(sentence)
  if (rest !== undefined && isMaths(rest)) return rest
  let looked = 0
  for (const match of sentence.matchAll(verb)) {
    if (looked++ > 12) return undefined
    const head = sentence.slice(0, match.index)
    const tail = sentence.slice(match.index + match[0].length).trim()
    if (!isMaths(tail)) continue
    // What a calculation comes to is a number, which is looked for elsewhere.
    if (/^[-−+$€£(]{0,3}\d.*=/.test(tail)) return undefined
    return isPlainHead(head) ? tail : undefined
  }
  return undefined
}

/** The few words that the last sentence says something is: "so it's a Monday", "the minimum is negative three". */
export function saidWords(text: string): string | undefined {
  const sentence = lastSentence(text)
  if (sentence.length > longest || /[?$\\`\d]/.test(sentence.slice(-60))) return undefined
  const said =
    /(?:\s(?:is|are|was|equals)|['’]s)\s(?:an?\s|the\s)?(\p{L}[\p{L}'’-]{0,20}(?:\s[\p{L}'’-]{1,20}){0,2})$/u.exec(
      sentence,
    )
  if (said === null || isDenied(sentence) || /\b(?:if|unless|or|either|whether|maybe|perhaps)\b/i.test(sentence))
    return undefined
  return said[1]
}

/** Whether a text is mathematics alone, perhaps with a unit. */
function isMaths(text: string): boolean {
  if (!/[\dπ∞∅]|\\pi/.test(text) || text.length > 200) return false
  const bare = text
    .replace(/\b(?:a\.?m\.?|p\.?m\.?)(?!\p{L})/giu, ' ')
    .replace(/\p{L}{2,14}/gu, (word) => (findUnit(word) === undefined || word === 'in' ? word : ' '))
    .replace(/\b(?:square|cubic|units?)\b/g, ' ')
  // One sentence in a bracket is no mathematics.
  return proseWords(bare) === 0 && !/\p{L}['’]\p{L}|[?!]$/u.test(text)
}

function isPlainHead(head: string): boolean {
  if (isDenied(head)) return false
  const words = head.match(/\p{L}[\p{L}'’-]{1,24}/gu) ?? []
  return words.length <= 16 && !words.some((word) => !naming.has(word.toLowerCase()) && changesValue(word))
}

function lastSentence(text: string): string {
  const near = text.trim().slice(-600)
  // The points of "p.m." end nothing.
  const sentence = near.split(/(?<!\b[ap]\.?m)[.!?]\s(?=[\p{Lu}\\$(])|\n/u).at(-1) ?? ''
  return sentence
    .trim()
    .replace(/^[#>*_\-–✅☑✔\s]{1,8}(?=[^\d\s])|[*_✓✔✅\s]{1,8}$/gu, '')
    .replace(/(?<!\b[ap]\.?m)(?<!\.)\.$/, '')
    .replace(/\*\*/g, '')
    .trim()
}

// Remarks behind a complete answer: "(as required)", "since n > 0", ", where x is the number of apples". They say why or
// what, and change no value. Conditions ("if n is even", "for x > 0", "or more", `k \in \mathbb{Z}`) do and are kept.
import { otherWording } from './said-text.ts'
import { withoutClause } from './tail-clauses.ts'

const opening = String.raw`(?:[\s,;~]|\\[,;:! ]|\\q?quad\b|\\(?:text|mbox|textrm|mathrm)\s?\{\s?)`
const bracket = new RegExp(String.raw`${opening}{0,8}[(\[]\s?(?:\\text\s?\{\s?)?([^()[\]]{1,200})[)\]][\s}.$]{0,6}$`)
const required = 'required|requested|desired|wanted|needed|expected|claimed|shown|asked'
/** Brackets that say nothing; all of what stands in one. */
const label = new RegExp(
  String.raw`^(?:verified|checked|(?:rounded\s)?to the nearest (?:\w{1,14}\s?){1,2}|rounded(?: (?:up|down|off))?|(?:the |my |our )?(?:final |correct )?(?:answer|ans)|final|(?:as )?(?:${required})|proved|qed|(?:the )?(?:minimum|maximum|min|max|smallest|largest))[.!]?$`,
  'i',
)
const wish = new RegExp(String.raw`${opening}{1,8}as (?:${required})\b[\s}.$]{0,6}$`, 'i')

/** What ends a proof, behind an answer. */
const mark =
  /(?<=[\p{L}\d)}\]$%])(?:[\s~]|\\[,;:! ]|\\q?quad(?![a-zA-Z])){0,8}(?:\\(?:checkmark|blacksquare|qed|qedsymbol)|[✓✔∎■]|\(Q\.?E\.?D\.?\)|(?<=\s)Q\.?E\.?D\.?)[\s.$]{0,4}$/iu

/** The answer without the remark that ends it, or words put otherwise; the same text when there is neither. */
export function withoutRemark(text: string): string {
  if (text.length > 2_000) return text
  const unmarked = text.replace(mark, '')
  if (unmarked !== text) return tidy(unmarked)
  const bracketed = bracket.exec(text)
  if (bracketed !== null && bracketed.index > 0) {
    const inside = bracketed[1].replace(/[{}]/g, ' ').trim()
    const head = text.slice(0, bracketed.index)
    if (label.test(inside) || withoutClause(`${head} ${inside}`) === head.trim()) return tidy(head)
  }
  const asked = wish.exec(text)
  if (asked !== null && asked.index > 0) return tidy(text.slice(0, asked.index))
  const bare = withoutClause(text)
  return bare === text ? (otherWording(text) ?? text) : tidy(bare)
}

const tidy = (text: string): string => text.replace(/(?:[\s,;~]|\\[,;:! ]|\\q?quad)+$/, '')

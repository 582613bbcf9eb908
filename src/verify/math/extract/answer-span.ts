// Where an answer that prose announces ends: at the end of the clause, without the reasons that follow. Formulas at its
// beginning stand for themselves when nothing but a unit or words without weight comes behind them; otherwise all of the
// clause is the answer, since `$5$ less than $x$` is not 5. Works on a short window.
import { changesValue } from '../parse/changing-words.ts'
import { joinFormulas, joinsFormulas } from './join-formulas.ts'
import { type Formula, findFormulas } from './maths-environments.ts'
import { withApproximation } from './said-twice.ts'
import { withoutClause } from './tail-clauses.ts'
import { mixedBehind } from './trailing-context.ts'

const window = 2_000

const edges = /^[\s*_✅☑✔✓"“”`:：]{1,20}|(?:입니다|です|이다)?[\s*_✅☑✔✓"“”`,;:。．]{1,20}$|(?:입니다|です|이다)$/gu
/** Words behind a formula that make something else of it. */
const weighty = /^(?:of|to|per|over|by|in|mod|and|with|for|on|into|from|plus|minus|times|is|was|e|x|y|n|k)$/

/** The answer that begins at `from`, or '' when there is none. */
export function answerSpan(text: string, from: number): string {
  const rest = text.slice(from, from + window).replace(/^[\s*_"“'`:：]{1,20}/u, '')
  const formulas = findFormulas(rest)
  const clause = rest.slice(0, clauseEnd(masked(rest, formulas)))
  const leading = withApproximation(rest, clause, formulas) ?? leadingFormulas(clause, formulas)
  if (leading !== undefined) return leading
  const plain = trimmed(withoutClause(clause))
  const whole = /^[-−]?\d{1,3}(?=\sand\s)/.exec(plain)?.[0] ?? ''
  const mixed = whole === '' ? undefined : mixedBehind(whole, plain.slice(whole.length))
  return mixed === undefined ? plain : `${mixed.text}${plain.slice(whole.length + mixed.length)}`
}

/** The answer of a clause that begins with a formula; undefined for others. */
function leadingFormulas(clause: string, formulas: readonly Formula[]): string | undefined {
  const [first, ...others] = formulas
  if (first === undefined || first.start > 0 || first.end > clause.length) return undefined
  const taken = [first]
  const between: string[] = []
  for (const one of others) {
    const gap = clause.slice(taken[taken.length - 1].end, one.start)
    if (one.end > clause.length || !joinsFormulas(gap)) break
    taken.push(one)
    between.push(gap)
  }
  const answer = joinFormulas(taken, between)
  const head = 'x'
  const rest = withoutClause(head + clause.slice(taken[taken.length - 1].end)).slice(head.length)
  // A mark of exclamation is one of the sentence.
  const words = rest.replace(/^[*_]{1,4}/, '').replace(/[\s*_"”'’,;:)!]{1,20}$/, '')
  if (words === '') return answer
  if (/^ ?(?:\p{L}{1,14}(?: \p{L}{1,14}){0,2}|%)$/u.test(words) && !words.trim().split(' ').some(changesValue))
    return `${answer} ${words.trim()}`
  return isWeightless(words) ? answer : trimmed(clause)
}

/** Whether words behind a formula leave it alone: "of them in the box" may not, "ways in all" does. */
function isWeightless(words: string): boolean {
  if (!/^[\s(]/.test(words)) return false
  const all = words.trim().split(/[\s,()]+/)
  if (all.length > 12 || !all.every((word) => /^(?:\p{L}['’\p{L}-]{0,20})?$/u.test(word))) return false
  return !weighty.test(all[0]) && !all.some((word) => word !== '' && changesValue(word))
}

/** The text with every formula blanked out, so that its stops end no sentence. */
export function masked(text: string, formulas: readonly Formula[]): string {
  let out = ''
  for (const { start, end } of formulas) {
    if (start < out.length) continue
    out += text.slice(out.length, start)
    out += '\uE000'.repeat(end - start)
  }
  return out + text.slice(out.length)
}

/** The end of the line or sentence; a point inside a number ends nothing, nor do dots. */
function clauseEnd(rest: string): number {
  const end = rest.search(/\n|(?<!\.)\.(?=[\s*_"”']|$)|[!?](?=[\s*_"”']|$)|[。．！]/u)
  return end < 0 ? rest.length : end
}

/** A text without Markdown, quotes and a final mark around it; of `0.3...` and `60"` what follows the digits stays. */
export function trimmed(text: string): string {
  if (/\d"$/.test(text) && text.indexOf('"') === text.length - 1) return text.trimStart()
  // The last point of "p.m." ends nothing.
  const bare = text.replace(edges, '')
  return /\b[ap]\.m$/i.test(bare) ? `${bare}.` : bare.replace(/(?<!\.)\.$/, '')
}

// Where an answer that prose announces ends: a formula stands for itself, otherwise the clause up to the end of the
// sentence or line, without the reasons that follow. Works on a short window.
import { findFormulas, lastRow } from './maths-environments.ts'

const window = 2_000

const reasons =
  /[\s,;]\(?(?:because|since|which|where|so|given|as|for|therefore|meaning|when|after|assuming|i\.e\.|e\.g\.|i hope)\s/iu
const edges = /^[\s*_"“”`:：]{1,20}|[\s*_"“”`,;:。．]{1,20}$/gu

/** The answer that begins at `from`, or '' when there is none. */
export function answerSpan(text: string, from: number): string {
  const rest = text.slice(from, from + window).replace(/^[\s*_"“'`:：]{1,20}/u, '')
  const formula = leadingFormulas(rest)
  if (formula !== undefined) return formula
  const line = rest.slice(0, clauseEnd(rest))
  const reason = line.slice(1).search(reasons)
  return trimmed(reason < 0 ? line : line.slice(0, reason + 1))
}

/** `$2$ and $3$` as `2 and 3`; a short word behind is a unit: `$3$ cm`. Undefined when the text begins otherwise. */
function leadingFormulas(rest: string): string | undefined {
  if (!/^(?:\$|\\\(|\\\[|\\begin\{)/.test(rest)) return undefined
  const [first, ...others] = findFormulas(rest)
  if (first === undefined || first.start > 0) return undefined
  let answer = lastRow(first.content)
  let end = first.end
  for (const { start, end: itsEnd, content } of others) {
    const gap = /^[\s,;]{0,4}(and|or|,|;)[\s,;]{0,4}$/.exec(rest.slice(end, Math.max(end, start)))
    if (gap === null) break
    answer += gap[1] === 'or' || gap[1] === 'and' ? ` ${gap[1]} ${content}` : `, ${content}`
    end = itsEnd
  }
  const unit = /^ ?(\p{L}{1,14}(?: \p{L}{1,14}){0,2}|%)[\s*_]{0,4}(?:[.!]|\n|$)/u.exec(rest.slice(end, end + 60))
  return unit === null ? answer : `${answer} ${unit[1]}`
}

/** The end of the line or sentence; a point inside a number ends nothing, nor do dots. */
function clauseEnd(rest: string): number {
  const end = rest.search(/\n|(?<!\.)\.(?=[\s*_"”']|$)|[!?](?=[\s*_"”']|$)|[。．！]/u)
  return end < 0 ? rest.length : end
}

/** A text without Markdown, quotes and a final mark around it; of `0.3...` and `60"` what follows the digits stays. */
export function trimmed(text: string): string {
  if (/\d"$/.test(text) && text.indexOf('"') === text.length - 1) return text.trimStart()
  return text.replace(edges, '').replace(/(?<!\.)\.$/, '')
}

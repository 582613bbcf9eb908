// Words before an answer that are not part of it: "The answer is", "Final answer:", "Therefore,". Only at the
// beginning, and only from the lists below. JSON with an answer and nothing else has a label too.

const openings = ['therefore', 'thus', 'so', 'hence', 'finally', 'we get', 'we have', 'we find', 'then', '####', '=>']
const articles = ['the', 'our', 'my', 'your']
const adjectives = ['final', 'correct', 'right', 'exact', 'simplified', 'numerical', 'desired', 'required', 'total']
const nouns = ['answer', 'answers', 'result', 'solution', 'solutions', 'solution set', 'value', 'ans']
const verbs = ['is equal to', 'equals', 'is', 'are', 'will be', 'would be', 'must be', ':', '=']
/** No label is longer. */
const longestLabel = 120

/** The text behind its label, which may stand in `\text{…}`. */
export function dropLabel(text: string): string {
  if (text.startsWith('{"')) return dropKey(text)
  const close = text.startsWith('\\text{') ? text.indexOf('}') : -1
  if (close < 0 || close > longestLabel) return dropPlainLabel(text)
  // A label with nothing behind it is kept, so one more character tells whether all of it is a label.
  const isLabel = dropPlainLabel(`${text.slice(6, close)} x`) === 'x'
  return isLabel ? text.slice(close + 1) || text : text
}

const answerKey = /^\{\s{0,9}"(?:final_?)?answer"\s{0,9}:\s{0,9}("?)/i

/** `{"answer": 7}`: the value of the only key. */
function dropKey(text: string): string {
  const match = answerKey.exec(text)
  if (match === null || !text.endsWith('}')) return text
  const value = text.slice(match[0].length, -1).trimEnd()
  const bare = match[1] === '' ? value : value.endsWith('"') ? value.slice(0, -1) : ''
  return bare === '' || bare.includes('"') ? text : bare
}

function dropPlainLabel(text: string): string {
  const head = text.slice(0, longestLabel).toLowerCase()
  let at = skip(head, 0, openings)
  at = skip(head, at, ['that', 'that is', 'it is'])
  const afterOpening = at
  at = skip(head, at, articles)
  at = skip(head, at, adjectives)
  const noun = skip(head, at, nouns)
  if (noun === at) return text.slice(afterOpening) || text
  const verb = skip(head, noun, verbs)
  if (verb === noun) return text.slice(afterOpening) || text
  const behind = skip(head, skip(head, verb, [':', 'simply', 'just', 'therefore']), [':'])
  return behind >= text.length ? text : text.slice(behind)
}

/** Behind the first phrase that stands at `at`, with the comma and the spaces after it; `at` when none does. */
function skip(head: string, at: number, phrases: readonly string[]): number {
  const phrase = phrases
    .filter((candidate) => head.startsWith(candidate, at) && endsWord(head, at, candidate))
    .sort((a, b) => b.length - a.length)[0]
  if (phrase === undefined) return at
  let end = at + phrase.length
  while (head[end] === ' ' || head[end] === ',') end++
  return end
}

function endsWord(head: string, at: number, phrase: string): boolean {
  const isWordy = /[a-z]$/.test(phrase)
  return !isWordy || !/[a-z0-9_]/.test(head[at + phrase.length] ?? ' ')
}

// English in answers: phrases with a meaning of their own, and words that make a sentence of what would be a value
// with a unit.

/** Whole answers in words that mean a set. */
export const setPhrases: ReadonlyMap<string, 'empty' | 'reals' | 'integers' | 'naturals' | 'rationals' | 'complex'> =
  new Map([
    ['empty set', 'empty'],
    ['null set', 'empty'],
    ['all real numbers', 'reals'],
    ['all reals', 'reals'],
    ['real numbers', 'reals'],
    ['set of real numbers', 'reals'],
    ['set of all real numbers', 'reals'],
    ['all real', 'reals'],
    ['all integers', 'integers'],
    ['integers', 'integers'],
    ['set of integers', 'integers'],
    ['set of all integers', 'integers'],
    ['all natural numbers', 'naturals'],
    ['natural numbers', 'naturals'],
    ['all rational numbers', 'rationals'],
    ['rational numbers', 'rationals'],
    ['all complex numbers', 'complex'],
    ['complex numbers', 'complex'],
  ])

/** Phrases that say the same as another. */
const samePhrases: ReadonlyMap<string, string> = new Map([
  ['does not exist', 'dne'],
  ["doesn't exist", 'dne'],
  ['limit does not exist', 'dne'],
  ["limit doesn't exist", 'dne'],
  ['it does not exist', 'dne'],
  ['d n e', 'dne'],
  ['infinitely many solutions', 'infinitely many'],
  ['infinitely many', 'infinitely many'],
  ['there are infinitely many solutions', 'infinitely many'],
  ['infinite solutions', 'infinitely many'],
  ['infinitely many real solutions', 'infinitely many'],
  ['infinite number of solutions', 'infinitely many'],
  ['infinite number', 'infinitely many'],
  ['it cannot be determined', 'cannot be determined'],
  ['noon', '12:00'],
  ['midnight', '0:00'],
])

/** A text in the words that stand for all of its kind. */
export function plainPhrase(text: string): string {
  return samePhrases.get(text) ?? text
}

const monthNames = 'january february march april may june july august september october november december'.split(' ')
const months = new Set(monthNames)
const monthNumbers: ReadonlyMap<string, number> = new Map(
  monthNames.flatMap((name, i) => [
    [name, i + 1],
    [name.slice(0, 3), i + 1],
  ]),
)

/** The number of a month by its name or its first three letters, in any case; "sept" too. */
export function monthOf(word: string): number | undefined {
  if (word.length < 3 || word.length > 9) return undefined
  const lower = word.toLowerCase()
  return monthNumbers.get(lower === 'sept' ? 'sep' : lower)
}

/** Whether a lower-case word is a month, beside which 20th is 20. */
export function isMonth(word: string): boolean {
  return months.has(word)
}

const answerWords = new Set(
  (
    'is are was were be if when for where because since and or not no so then thus hence therefore which that this ' +
    'have has does do can yes true false from by with assuming to than at on th st nd rd all any every some none it its'
  ).split(' '),
)

/** Whether a word belongs to a sentence rather than to a unit. */
export function isAnswerWord(word: string): boolean {
  return answerWords.has(word)
}

/** Words before a value that say it is rounded. */
export const aboutWords: ReadonlySet<string> = new Set(['about', 'approximately', 'roughly', 'approx', 'around'])

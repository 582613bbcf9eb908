// Renames the names in a family's instance. Which texts of an instance are names it can only guess, so it checks the
// guess: the prompt must change by that renaming alone, and the family must solve what comes out.
import type { Json } from '../../base/json.ts'
import type { Rng } from '../../base/rng.ts'
import type { Family } from '../family/family.ts'

/** Letters alone: one or two of them, or capitals. Longer words in small letters are kinds of things, not names. */
const isName = (text: string): boolean => /^(?:[a-z]{1,2}|[A-Z]{1,64})$/.test(text)

/** The instance with its names renamed, or undefined where no renaming that was tried is sound. */
export function renameInstance<K>(family: Family<Json, K>, instance: Json, rng: Rng): Json | undefined {
  const names = namesIn(instance)
  if (names.size === 0) return undefined
  for (const letters of [family.alphabet, [...names].join('')]) {
    const map = new Map([...renaming(letters, /[a-z]/, rng), ...renaming(letters, /[A-Z]/, rng)])
    if ([...names].every((name) => (map.get(name) ?? name) === name)) continue
    try {
      const renamed = mapped(instance, map)
      if (family.accept !== undefined && !family.accept(renamed)) continue
      if (!isRenaming(family.prompt(instance), family.prompt(renamed), map)) continue
      const { answer } = family.solve(renamed)
      if (isAnswer(family.solve(instance).answer, answer, map) && family.judge(renamed, answer) === true) return renamed
    } catch {
      // Letters that the family does not know as names there: no renaming.
    }
  }
  return undefined
}

function renaming(letters: string, kind: RegExp, rng: Rng): [string, string][] {
  const of = [...new Set(letters)].filter((letter) => kind.test(letter))
  const shuffled = rng.shuffle(of)
  return of.map((letter, i) => [letter, shuffled[i]])
}

function namesIn(value: Json, found = new Set<string>()): Set<string> {
  if (typeof value === 'string' && isName(value)) for (const letter of value) found.add(letter)
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) namesIn(inner, found)
  return found
}

function mapped(value: Json, map: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string')
    return isName(value) ? [...value].map((letter) => map.get(letter) ?? letter).join('') : value
  if (Array.isArray(value)) return value.map((inner: Json) => mapped(inner, map))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, map)]))
}

/**
 * Every character stays or is renamed, and something is. Capitals and letters that stand alone are names, and must be
 * renamed wherever they are; letters of words may stay, since the words of the prompt do.
 */
function isRenaming(before: string, after: string, map: ReadonlyMap<string, string>): boolean {
  if (before === after || before.length !== after.length) return false
  const isLetter = (char: string | undefined): boolean => char !== undefined && /[a-zA-Z]/.test(char)
  return [...before].every((char, i) => {
    const renamed = map.get(char) ?? char
    const isWord = /[a-z]/.test(char) && (isLetter(before[i - 1]) || isLetter(before[i + 1]))
    return after[i] === renamed || (isWord && after[i] === char)
  })
}

/** The answer stays, or its characters are the renamed ones, perhaps in another order (names are often listed by alphabet). */
function isAnswer(before: string, after: unknown, map: ReadonlyMap<string, string>): boolean {
  if (typeof after !== 'string') return false
  const sorted = (chars: readonly string[]): string => [...chars].sort().join('')
  return before === after || sorted([...before].map((char) => map.get(char) ?? char)) === sorted([...after])
}

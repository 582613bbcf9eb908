// The value of a JSON field that is called "answer", for models that are asked for an object: `{"answer": 7}`. Looked at
// only where a phrase was found; the object itself may be broken or cut off.

const value =
  /^\s{0,4}(?:("(?:[^"\\\n]|\\.){0,2000}")|(-?\d[\d.]{0,40}(?:[eE][-+]?\d{1,4})?|true|false)(?=\s{0,4}[,}\n]))/

/** The field's value, when the noun before `from` is a key; undefined otherwise. */
export function jsonAnswer(text: string, from: number): string | undefined {
  if (!/["']\s{0,3}:\s{0,3}$/.test(text.slice(Math.max(0, from - 8), from))) return undefined
  const [, quoted, bare] = value.exec(text.slice(from, from + 2_100)) ?? []
  if (bare !== undefined) return bare
  if (quoted === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(quoted)
    return typeof parsed === 'string' ? parsed : undefined
  } catch {
    // `"\frac{1}{2}"` is no JSON; its backslashes are LaTeX's.
    return quoted.slice(1, -1)
  }
}

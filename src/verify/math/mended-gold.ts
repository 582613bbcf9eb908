// Gold answers as some data sets store them: after the MATH normaliser, which drops spaces and halves line breaks, so
// that `\tan x` has become `\tanx` and `1 \\ 2` in a matrix `1\2`. Puts back what can be told for sure. Only for gold
// answers that cannot be read as they are: a prediction is not mended.

const names =
  'sin cos tan cot sec csc ln log exp leq geq le ge cdot times pi triangle angle in cup cap infty theta alpha beta pm'.split(
    ' ',
  )
const glued = new RegExp(`\\\\(${names.join('|')})([A-Za-z]{1,3})(?![A-Za-z])`, 'g')

/** Commands that begin with one of the names and are none with letters behind it. */
const known = new Set([
  ...names,
  ...'sinh cosh tanh coth leqq geqq left cdots inf int pitchfork pmod pmb triangleq exists lnot'.split(' '),
])

/** The text with commands apart from letters and rows apart from each other; the same text when nothing is broken. */
export function mendedGold(gold: string): string {
  const apart = gold.replace(glued, (whole, command: string, letters: string) =>
    known.has(command + letters) ? whole : `\\${command} ${letters}`,
  )
  if (!/\\begin\{[pbvBV]?matrix\}/.test(apart)) return apart
  return apart.replace(/(?<!\\)\\(?=[-\d.])/g, '\\\\')
}

// Whether a text is an answer and nothing else, or prose that an answer must be taken out of. A rough look at its words;
// reading it is in parse/.

const longest = 4_000

/** Whether a text has no sentence around its answer. */
export function looksBare(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > longest || /\n\s*\S/.test(trimmed.replace(/\\\\\s*\n/g, ' '))) return false
  const words = proseWords(trimmed)
  return words <= 3 || (words <= 7 && /^[-−$]?\d/.test(trimmed) && !/\b(?:is|are|was|were|=)\b/.test(trimmed))
}

/** Words of prose: letters that no LaTeX command, text argument or function name accounts for. */
export function proseWords(text: string): number {
  const plain = text
    .replace(/\\(?:text|textbf|mbox|mathrm|textrm|operatorname)\s?\{[^{}]{0,400}\}/g, ' ')
    .replace(/\\[a-zA-Z]+/g, ' ')
    .replace(/\b(?:sin|cos|tan|log|ln|exp|sqrt|max|min|gcd|lcm|and|or|pi|frac|infinity|union)\b/g, ' ')
  return (plain.match(/\p{L}{2,}/gu) ?? []).length
}

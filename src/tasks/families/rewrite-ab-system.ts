// The two rewriting systems of the family rewrite-ab: pointing letters `A> <B` that pass or cancel each other, and a
// list of rules that each make two letters into one or none. One function gives every line that one rewrite can reach.

/** Rules such as `['ab', 'c']` in order; none stands for the pointing letters. */
export type Rules = readonly (readonly [from: string, to: string])[]

/** The pointing letters of a line, `A><B` as `A>` and `<B`; undefined when it is not made of them. */
export function readTokens(line: string): readonly string[] | undefined {
  const tokens: string[] = []
  for (let at = 0; at < line.length; at += 2) {
    const token = line.slice(at, at + 2)
    if (!/^(?:[A-D]>|<[A-D])$/.test(token)) return undefined
    tokens.push(token)
  }
  return tokens
}

/** What two neighbours become when they point at each other, otherwise undefined. */
function meet(left: string, right: string): string | undefined {
  if (left[1] !== '>' || right[0] !== '<') return undefined
  return left[0] === right[1] ? '' : right + left
}

/** Every line that one rewrite of the pointing letters gives, the leftmost first. */
function pointingRewrites(line: string): readonly string[] {
  const tokens = readTokens(line) ?? []
  return tokens.slice(1).flatMap((right, i) => {
    const met = meet(tokens[i], right)
    return met === undefined ? [] : [line.slice(0, 2 * i) + met + line.slice(2 * i + 4)]
  })
}

/** The line after the first rule that fits anywhere, at its leftmost place. */
function ruleRewrite(line: string, rules: Rules): readonly string[] {
  for (const [from, to] of rules) {
    const at = line.indexOf(from)
    if (at >= 0) return [line.slice(0, at) + to + line.slice(at + from.length)]
  }
  return []
}

/** The lines that one rewrite can give. Pointing letters may be rewritten anywhere: the end is the same. */
export function rewritesOf(line: string, rules: Rules): readonly string[] {
  return rules.length === 0 ? pointingRewrites(line) : ruleRewrite(line, rules)
}

/** The lines from the start to the one that nothing rewrites, at most `maxSteps` after the start. */
export function rewriteLines(line: string, rules: Rules, maxSteps: number): readonly string[] {
  const lines = [line]
  while (lines.length <= maxSteps) {
    const next = rewritesOf(lines[lines.length - 1], rules)
    if (next.length === 0) break
    lines.push(next[0])
  }
  return lines
}

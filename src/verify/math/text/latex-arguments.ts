// Small rewritings of LaTeX as text that the normal forms share: arguments without braces, and commands with one braced
// argument. No parsing: these graders compare texts.

/** `\frac12` and `\frac1{72}` with braces around both arguments; what has a first brace is left as it is. */
export function braceFractions(text: string): string {
  const [head, ...parts] = text.split('\\frac')
  const braced = parts.map((part) => {
    if (part.length < 2 || part[0] === '{') return part
    return part[1] === '{' ? `{${part[0]}}${part.slice(1)}` : `{${part[0]}}{${part[1]}}${part.slice(2)}`
  })
  return [head, ...braced].join('\\frac')
}

/** `\sqrt3` as `\sqrt{3}`. */
export function braceRoots(text: string): string {
  return text.replace(/\\sqrt([^{[\s\\])/g, '\\sqrt{$1}')
}

/** `\text{a}b` as `ab`, for the named commands; without nesting. */
export function unwrap(text: string, commands: readonly string[]): string {
  const pattern = new RegExp(`\\\\(?:${commands.join('|')})\\{([^{}]{0,2000})\\}`, 'g')
  return text.replace(pattern, '$1')
}

/** A text without any of these pieces, each taken out in turn. */
export function without(text: string, pieces: readonly string[]): string {
  return pieces.reduce((left, piece) => left.replaceAll(piece, ''), text)
}

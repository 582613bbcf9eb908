// Cuts a statement such as `A = \frac{1}{2}bh = 4` at its equals signs, brackets respected. Anything with another sign of
// relation, several answers or rows of text is no statement of one value; the rows of a matrix are.

/** The parts of a statement; one sign fewer than parts. */
export interface Statement {
  readonly parts: readonly string[]
  readonly signs: readonly ('=' | '≈')[]
}

const longest = 1_000
const matrix = /\\begin\{[pbvBV]?matrix\}[^=]{0,600}?\\end\{[pbvBV]?matrix\}/g
const joined =
  /\\(?:text|mbox|textrm)\s?\{\s?(?:and|or)\s?\}|\s(?:and|or)\s|\\q?quad\s*\S|\\(?:lor|land|vee|wedge)(?![a-zA-Z])/
const otherSigns =
  /^(?:[<>≤≥≠∈≡;]|\\(?:n?eq|ne|leq?|geq?|leqslant|geqslant|lt|gt|in|notin|not|equiv|to|rightarrow|Rightarrow|implies|iff|pm|mp)(?![a-zA-Z]))/
const aboutSign = /^(?:≈|\\(?:approx|doteq|simeq|thickapprox)(?![a-zA-Z]))/

/** The statement, or undefined when a text is none. */
export function splitStatement(text: string): Statement | undefined {
  if (text.length > longest || !/[=≈]|\\approx/.test(text)) return undefined
  const matrices: string[] = []
  const masked = text.includes('matrix') ? text.replace(matrix, (rows) => `\\matrix[${matrices.push(rows) - 1}]`) : text
  const statement = splitLine(masked)
  if (statement === undefined || matrices.length === 0) return statement
  const unmask = (part: string): string =>
    part.replace(/\\matrix\[(\d+)\]/g, (whole, i) => matrices[Number(i)] ?? whole)
  return { ...statement, parts: statement.parts.map(unmask) }
}

function splitLine(text: string): Statement | undefined {
  // A calculation over several rows goes on with its sign.
  const line = text.replace(/^\$+|\$+\.?$/g, '').replace(/\\\\\s*&?\s*(?==|\\approx)|&/g, ' ')
  if (line.includes('\\\\') || line.includes('\n\n') || joined.test(line)) return undefined
  const parts: string[] = []
  const signs: ('=' | '≈')[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < line.length; i++) {
    const character = line[i]
    if (/[([{]/.test(character)) depth++
    else if (/[)\]}]/.test(character)) depth--
    else if (character === '\\' && /[,;:! ]/.test(line[i + 1] ?? '')) i++
    else if (depth > 0) continue
    else if (character === ',' && !/^,(?:\d{3}(?!\d)|\s*$)/.test(line.slice(i))) return undefined
    else if (otherSigns.test(line.slice(i, i + 14))) return undefined
    else {
      const about = aboutSign.exec(line.slice(i, i + 14))
      if (character !== '=' && about === null) continue
      // `3!=6` is a factorial, `x!=6` a denial.
      const isFactorial = /[\d)}]!$/.test(line.slice(Math.max(0, i - 2), i))
      if (character === '=' && /[!:=]/.test(line[i - 1] ?? '') && !isFactorial) return undefined
      parts.push(line.slice(from, i).trim())
      signs.push(about === null ? '=' : '≈')
      from = i + (about?.[0].length ?? 1)
      i = from - 1
    }
  }
  parts.push(line.slice(from).trim())
  return depth === 0 && parts.length > 1 && !parts.includes('') ? { parts, signs } : undefined
}

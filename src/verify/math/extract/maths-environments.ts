// Finds the formulas of a text: `$...$`, `$$...$$`, `\(...\)`, `\[...\]` and display environments, in one forward pass.
// A dollar that is money (`$5 and $6`) opens nothing: as in Markdown, maths begins right behind its first dollar and ends
// right before its last, and no digit follows it.

/** A formula without its delimiters. */
export interface Formula {
  readonly start: number
  readonly end: number
  readonly content: string
}

const environments = [
  'align',
  'align*',
  'equation',
  'equation*',
  'gather',
  'gather*',
  'multline',
  'eqnarray',
  'displaymath',
]

type Kind = 'dollar' | 'display' | 'round' | 'square' | 'environment'

/** All formulas in order, without empty ones. */
export function findFormulas(text: string): Formula[] {
  const found: Formula[] = []
  /** Where the content of what is open begins, and the place of its delimiter. */
  const open: Partial<Record<Kind, { readonly start: number; readonly from: number }>> = {}
  const close = (kind: Kind, at: number, length: number): void => {
    const begun = open[kind]
    open[kind] = undefined
    if (begun === undefined) return
    const content = text.slice(begun.from, at).trim()
    if (content !== '') found.push({ start: begun.start, end: at + length, content })
  }
  const begin = (kind: Kind, at: number, length: number): void => {
    open[kind] = { start: at, from: at + length }
  }
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '\\') {
      const next = text[i + 1]
      if (next === '(') begin('round', i, 2)
      else if (next === ')') close('round', i, 2)
      else if (next === '[') begin('square', i, 2)
      else if (next === ']') close('square', i, 2)
      else if (text.startsWith('begin{', i + 1)) {
        const name = environmentAt(text, i + 7)
        if (name !== undefined) begin('environment', i, name.length + 8)
      } else if (text.startsWith('end{', i + 1)) {
        const name = environmentAt(text, i + 5)
        if (name !== undefined) close('environment', i, name.length + 6)
      }
      i++
    } else if (character === '$') {
      if (text[i + 1] === '$') {
        if (open.display) close('display', i, 2)
        else begin('display', i, 2)
        i++
      } else if (open.dollar && isClosing(text, i)) close('dollar', i, 1)
      else if (/\S/.test(text[i + 1] ?? '')) begin('dollar', i, 1)
      else open.dollar = undefined
    } else if (character === '\n' && text[i + 1] === '\n') open.dollar = undefined
  }
  return found
}

const isClosing = (text: string, at: number): boolean => !/\s/.test(text[at - 1]) && !/\d/.test(text[at + 1] ?? '')

function environmentAt(text: string, at: number): string | undefined {
  return environments.find((name) => text.startsWith(`${name}}`, at))
}

/** What a formula says in the end: the last row of several, without alignment marks. */
export function lastRow(content: string): string {
  if (!content.includes('&') || /\\begin\{/.test(content)) return content
  const rows = content.split('\\\\').map((row) => row.replaceAll('&', '').trim())
  return (rows.findLast((row) => row !== '') ?? content).replace(/^=\s*/, '')
}

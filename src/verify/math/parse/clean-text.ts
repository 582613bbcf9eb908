// A text before it is split into tokens: signs of Unicode become LaTeX, dollar signs of mathematics and Markdown's
// stars go, control characters become spaces. Each pass is linear; nothing is understood yet.

/** Unicode to LaTeX or plain signs. A command ends with a space, so that it does not join the letter behind it. */
const signs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '−–—‒―﹣': '-',
    '×✕✖⨯': '\\times ',
    '·⋅∙•∗': '\\cdot ',
    '÷∕⁄': '/',
    '√': '\\surd ',
    '∛': '\\sqrt[3]',
    '±': '\\pm ',
    '∓': '\\mp ',
    '≤⩽≦': '\\le ',
    '≥⩾≧': '\\ge ',
    '≠': '\\ne ',
    '≈≃': '\\approx ',
    '≡': '\\equiv ',
    '∞': '\\infty ',
    '∪⋃': '\\cup ',
    '∩⋂': '\\cap ',
    '∖': '\\setminus ',
    '∅⌀': '\\emptyset ',
    '∈': '\\in ',
    '°º˚': '\\circ ',
    '∠∡': '\\angle ',
    '∑': '\\sum ',
    '∏': '\\prod ',
    '′ʹ’‘': "'",
    '″': "''",
    '“”„«»': ' ',
    '…⋯': '...',
    '⟨〈': '\\langle ',
    '⟩〉': '\\rangle ',
    '⌊': '\\lfloor ',
    '⌋': '\\rfloor ',
    '⌈': '\\lceil ',
    '⌉': '\\rceil ',
    '∣｜': '|',
    '∥‖': '\\| ',
    '，、': ', ',
    '；': '; ',
    '：∶': ':',
    '。': '.',
    ℝ: '\\mathbb{R}',
    ℤ: '\\mathbb{Z}',
    ℕ: '\\mathbb{N}',
    ℚ: '\\mathbb{Q}',
    ℂ: '\\mathbb{C}',
    '½': '\\frac{1}{2}',
    '⅓': '\\frac{1}{3}',
    '⅔': '\\frac{2}{3}',
    '¼': '\\frac{1}{4}',
    '¾': '\\frac{3}{4}',
    '⅕': '\\frac{1}{5}',
    '⅖': '\\frac{2}{5}',
    '⅗': '\\frac{3}{5}',
    '⅘': '\\frac{4}{5}',
    '⅙': '\\frac{1}{6}',
    '⅚': '\\frac{5}{6}',
    '⅛': '\\frac{1}{8}',
    '⅜': '\\frac{3}{8}',
    '⅝': '\\frac{5}{8}',
    '⅞': '\\frac{7}{8}',
    α: '\\alpha ',
    β: '\\beta ',
    γ: '\\gamma ',
    δ: '\\delta ',
    εϵ: '\\epsilon ',
    ζ: '\\zeta ',
    η: '\\eta ',
    θϑ: '\\theta ',
    ι: '\\iota ',
    κ: '\\kappa ',
    λ: '\\lambda ',
    μµ: '\\mu ',
    ν: '\\nu ',
    ξ: '\\xi ',
    π: '\\pi ',
    ρ: '\\rho ',
    σς: '\\sigma ',
    τ: '\\tau ',
    υ: '\\upsilon ',
    φϕ: '\\phi ',
    χ: '\\chi ',
    ψ: '\\psi ',
    ω: '\\omega ',
    Γ: '\\Gamma ',
    'Δ∆': '\\Delta ',
    Θ: '\\Theta ',
    Λ: '\\Lambda ',
    Π: '\\Pi ',
    Σ: '\\Sigma ',
    Φ: '\\Phi ',
    Ψ: '\\Psi ',
    ΩΩ: '\\Omega ',
    '℃': '\\circ C',
    '℉': '\\circ F',
  }).flatMap(([from, to]) => [...from].map((char) => [char, to] as const)),
)

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ'
const subscripts = '₀₁₂₃₄₅₆₇₈₉₊₋ₙ'
const scriptDigits = '0123456789+-n'

/** Characters without width, which are dropped. */
const invisible = /\u00ad|[\u200b-\u200f]|[\u2060-\u2064]|[\ufe00-\ufe0f]|\ufeff/

/** Replaces what is not ASCII; runs of raised or lowered digits become one group. */
export function unicodeToLatex(text: string): string {
  if (isPlain(text)) return text
  let out = ''
  let script = ''
  const closeScript = (): void => {
    if (script !== '') out += '}'
    script = ''
  }
  for (const char of text) {
    const mark = superscripts.includes(char) ? '^' : subscripts.includes(char) ? '_' : ''
    if (mark !== script) closeScript()
    if (mark !== '') {
      if (script === '') out += `${mark}{`
      script = mark
      out += scriptDigits[(mark === '^' ? superscripts : subscripts).indexOf(char)]
    } else out += signs.get(char) ?? plainForm(char)
  }
  closeScript()
  return out
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 126 || code < 32) return false
  }
  return true
}

/** Full-width signs and mathematical letters in their plain form; spaces and control characters as a space. */
function plainForm(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code < 32 || code === 127) return ' '
  if (code < 127) return char
  if (invisible.test(char)) return ''
  if (code === 0xa0 || code === 0x202f || code === 0x3000 || (code >= 0x2000 && code <= 0x200a)) return ' '
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  return code >= 0x1d400 && code <= 0x1d7ff ? (signs.get(char.normalize('NFKC')) ?? char.normalize('NFKC')) : char
}

/** Drops the dollar signs around mathematics; those before an amount stay. */
export function dropMathDollars(text: string): string {
  if (!text.includes('$')) return text
  let out = ''
  let isOpen = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '\\') {
      out += text.slice(i, i + 2)
      i++
    } else if (char !== '$') out += char
    else if (text[i + 1] === '$') i++
    else if (isOpen || closesLater(text, i)) isOpen = !isOpen
    else out += char
  }
  return out
}

/** Whether the dollar sign at `at` begins mathematics: another one follows that does not itself begin an amount. */
function closesLater(text: string, at: number): boolean {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '$') {
      const beginsAmount = text[i - 1] === ' ' && i + 1 < text.length && isDigitOrPoint(text[i + 1])
      return !(beginsAmount && isDigitOrPoint(text[at + 1]))
    }
  }
  return false
}

function isDigitOrPoint(char: string): boolean {
  return (char >= '0' && char <= '9') || char === '.'
}

/** Drops Markdown's `**` around words; `2**3` and `2 ** 3` are powers and stay. */
export function dropStars(text: string): string {
  let from = 0
  let out = ''
  for (;;) {
    const open = text.indexOf('**', from)
    if (open < 0) return out + text.slice(from)
    const before = open === 0 ? ' ' : text[open - 1]
    const isOpening = /[\s:(]/.test(before) && /\S/.test(text[open + 2] ?? ' ')
    const close = isOpening ? text.indexOf('**', open + 2) : -1
    // Without a closing pair anywhere, no later opening has one either.
    if (isOpening && close < 0) return out + text.slice(from)
    if (close < 0) {
      out += text.slice(from, open + 2)
      from = open + 2
    } else {
      out += text.slice(from, open) + text.slice(open + 2, close)
      from = close + 2
    }
  }
}

/** `\(`, `\)`, `\[`, `\]` around mathematics. `\\[2pt]` is a line's end with a distance, and its distance goes too. */
export function dropDelimiters(text: string): string {
  if (!text.includes('\\')) return text
  let out = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      out += text[i]
      continue
    }
    const next = text[i + 1] ?? ''
    i++
    if (next === '(' || next === ')' || next === '[' || next === ']') out += ' '
    else out += `\\${next}`
    if (next === '\\' && text[i + 1] === '[') {
      const close = text.indexOf(']', i)
      if (close > 0 && close - i < 12 && /^\[-?[0-9.]{1,5} ?[a-z]{2}$/.test(text.slice(i + 1, close))) i = close
    }
  }
  return out
}

/** All passes. */
export function cleanText(text: string): string {
  const clean = dropDelimiters(dropMathDollars(unicodeToLatex(dropStars(text)))).trim()
  // Inside LaTeX the tilde is a space; before the first digit it says "about".
  return clean[0] === '~' && isDigitOrPoint(clean[1] ?? '') ? `\\approx ${clean.slice(1)}` : clean
}

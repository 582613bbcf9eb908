// Signs of Unicode in LaTeX or plain ASCII: operators, letters, digits of other scripts, raised and lowered digits. A
// table and one pass over texts that need it.
import { translateWords } from './foreign-words.ts'

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
    '➖': '-',
    '△▵': '\\triangle ',
    '‰': ' per mille ',
    '٫': '.',
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
    '⊥': '\\perp ',
    '⊙': '\\odot ',
    '¬': '\\neg ',
    '→⟶': '\\to ',
    '⇒⟹': '\\Rightarrow ',
    '⇔⟺': '\\iff ',
    '↔': '\\leftrightarrow ',
    '∀': '\\forall ',
    '∃': '\\exists ',
    '∉': '\\notin ',
    '⊂': '\\subset ',
    '⊆': '\\subseteq ',
    '∼': '\\sim ',
    '≅': '\\cong ',
    '∝': '\\propto ',
    '∂': '\\partial ',
    '∇': '\\nabla ',
    '⊕': '\\oplus ',
    '₽': ' rubles ',
    '₩': ' won ',
    '，、،': ', ',
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
const invisible = /\u00ad|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u2069]|\u20e3|[\ufe00-\ufe0f]|\ufeff/

/** Replaces what is not ASCII; runs of raised or lowered digits become one group. */
export function unicodeToLatex(source: string): string {
  if (isPlain(source)) return source
  const text = translateWords(source)
  let out = ''
  let script = ''
  // Two of them are the bars of a norm.
  const isLone = text.indexOf('∥') === text.lastIndexOf('∥')
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
    } else if (char === '∥' && isLone) out += '\\parallel '
    else out += signs.get(char) ?? plainForm(char)
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
  const digit = foreignDigit(code)
  if (digit !== undefined) return digit
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  return code >= 0x1d400 && code <= 0x1d7ff ? (signs.get(char.normalize('NFKC')) ?? char.normalize('NFKC')) : char
}

/** The zeros of other scripts; nine digits follow each. */
const foreignZeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
]

/** A digit of another script; a number in a circle is a mark in a row of them, which needs no commas. */
function foreignDigit(code: number): string | undefined {
  if (code >= 0x2460 && code <= 0x2473) return ` ${code - 0x245f}, `
  if (code < 0x660 || code > 0xf29) return undefined
  const zero = foreignZeros.find((first) => code >= first && code < first + 10)
  return zero === undefined ? undefined : String(code - zero)
}

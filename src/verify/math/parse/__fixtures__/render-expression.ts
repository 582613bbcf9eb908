// Writes an expression in a random style. Every choice keeps the tree: brackets where showExpression has them, an
// explicit sign wherever two neighbours would read as something else (2 and 3, 1 and \frac{1}{2}).
import type { Rng } from '../../../../base/rng.ts'
import type { Expression, Rational } from '../../expression.ts'

export interface Style {
  readonly rng: Rng
  readonly isLatex: boolean
}

/** As in show-answer.ts: what is looser than its place gets brackets. */
const level = { sum: 1, product: 2, power: 3, atom: 4 } as const

export function renderExpression(e: Expression, style: Style): string {
  return render(e, level.sum, style)
}

function render(e: Expression, least: number, style: Style): string {
  const [text, own] = renderNode(e, style)
  // (a) alone is a choice.
  if (text.length === 1 && own >= least) return text
  if (own >= least && (least === level.atom || style.rng.int(12) > 0 || least === level.sum)) return text
  return style.isLatex && style.rng.int(2) === 0 ? `\\left(${text}\\right)` : `(${text})`
}

function renderNode(e: Expression, style: Style): readonly [text: string, level: number] {
  const { rng, isLatex } = style
  switch (e.kind) {
    case 'number':
      return [renderNumber(e.value, style), e.value.top < 0n ? level.sum : level.atom]
    case 'constant':
      return [renderConstant(e.name, style), level.atom]
    case 'symbol':
      return [renderSymbol(e.name, style), level.atom]
    case 'sum':
      return [e.terms.map((term, i) => renderTerm(term, i === 0, style)).join(''), level.sum]
    case 'product':
      return renderProduct(e.factors, style)
    case 'quotient':
      return renderQuotient(e.top, e.bottom, style)
    case 'power':
      return renderPower(e.base, e.exponent, style)
    case 'negative':
      return [`${rng.pick(['-', isLatex ? '- ' : '−'])}${render(e.of, level.product, style)}`, level.sum]
    case 'plus-minus':
      return [`${isLatex ? '\\pm ' : '±'}${render(e.of, level.product, style)}`, level.sum]
    case 'call':
      return renderCall(e.name, e.arguments, style)
    case 'unknown-call': {
      const args = e.arguments.map((arg) => renderExpression(arg, style)).join(', ')
      const name = e.name === 'log' ? (isLatex ? '\\log' : 'log') : e.name.replace('^-1', '^{-1}')
      return [`${name}(${args})`, level.atom]
    }
    default:
      return e satisfies never
  }
}

function renderNumber({ top, bottom }: Rational, { rng, isLatex }: Style): string {
  if (bottom === 1n) {
    const digits = String(top)
    const canGroup = isLatex && /^[1-9][0-9]{3,5}$/.test(digits) && rng.int(2) === 0
    return canGroup ? `${digits.slice(0, -3)}{,}${digits.slice(-3)}` : digits
  }
  const places = 6
  const scaled = (top * 10n ** BigInt(places)) / bottom
  if (scaled * bottom !== top * 10n ** BigInt(places)) {
    return isLatex ? `\\frac{${top}}{${bottom}}` : `(${top}/${bottom})`
  }
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, '0')
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/0{1,6}$/, '')
  const short = text.startsWith('0.') && rng.int(4) === 0 ? text.slice(1) : text
  return (top < 0n ? '-' : '') + short
}

function renderConstant(name: string, { rng, isLatex }: Style): string {
  if (name === 'pi') return isLatex ? '\\pi ' : rng.pick(['pi', 'π'])
  if (name === 'infinity') return isLatex ? '\\infty ' : rng.pick(['∞', 'infinity', 'oo'])
  return name
}

function renderSymbol(name: string, { rng, isLatex }: Style): string {
  const match = /^([A-Za-z]{1,12})(_[0-9A-Za-z]{1,9})?('{0,3})$/.exec(name)
  if (match === null) return name
  const [, letter, index = '', primes] = match
  const base = letter.length > 1 && isLatex ? `\\${letter} ` : letter
  const shownIndex = index === '' ? '' : rng.int(2) === 0 || index.length > 2 ? `_{${index.slice(1)}}` : index
  return base + shownIndex + primes
}

function renderTerm(term: Expression, isFirst: boolean, style: Style): string {
  const text = render(term, term.kind === 'sum' ? level.product : level.sum, style)
  if (isFirst) return text
  const rest = text.slice(1)
  if (text.startsWith('-') || text.startsWith('−')) return ` - ${rest}`
  if (text.startsWith('±')) return ` ± ${rest}`
  return text.startsWith('\\pm') ? ` ${text}` : ` + ${text}`
}

function renderProduct(factors: readonly Expression[], style: Style): readonly [string, number] {
  const { rng, isLatex } = style
  let out = ''
  for (const [i, factor] of factors.entries()) {
    const isNegative = i === 0 && factor.kind === 'number' && factor.value.top < 0n
    const text = isNegative
      ? renderNode(factor, style)[0]
      : render(factor, i === 0 ? level.product : level.power, style)
    if (i === 0) out = text
    else if (mayJoin(factors[i - 1], text, style) && rng.int(2) === 0)
      out += isLatex && /^[a-zA-Z]/.test(text) && factors[i - 1].kind !== 'number' ? ` ${text}` : text
    else out += rng.pick(isLatex ? [' \\cdot ', ' \\times ', '*'] : ['*', ' * ', '·', ' × ']) + text
  }
  const [first] = factors
  return [out, first.kind === 'number' && first.value.top < 0n ? level.sum : level.product]
}

/** Whether a factor may follow without a sign: only where no other reading exists. */
function mayJoin(before: Expression, text: string, { isLatex }: Style): boolean {
  if (/^[0-9.]/.test(text) || text.startsWith('\\frac') || text.startsWith('\\dfrac') || text.startsWith('|'))
    return false
  if (before.kind === 'number') return before.value.bottom === 1n && /^(?:[xyzabnkt](?![a-z])|\\|\()/.test(text)
  return isLatex && before.kind === 'constant' && /^[xyzabnkt](?![a-z])/.test(text)
}

function renderQuotient(top: Expression, bottom: Expression, style: Style): readonly [string, number] {
  const { rng, isLatex } = style
  if (!isLatex || rng.int(4) === 0) {
    const slash = rng.pick(isLatex ? ['/'] : ['/', ' / ', '÷'])
    return [`${render(top, level.product, style)}${slash}${render(bottom, level.power, style)}`, level.product]
  }
  const isShort = isDigit(top) && isDigit(bottom) && rng.int(3) === 0
  const name = rng.pick(['\\frac', '\\dfrac', '\\tfrac', '\\frac '])
  if (isShort) return [name.trim() + renderExpression(top, style) + renderExpression(bottom, style), level.product]
  return [`${name}{${renderExpression(top, style)}}{${renderExpression(bottom, style)}}`, level.product]
}

function isDigit(e: Expression): boolean {
  return e.kind === 'number' && e.value.bottom === 1n && e.value.top >= 0n && e.value.top < 10n
}

function renderPower(base: Expression, exponent: Expression, style: Style): readonly [string, number] {
  const { rng, isLatex } = style
  const isRoot = exponent.kind === 'quotient' && isOne(exponent.top) && isDigit(exponent.bottom)
  if (isRoot && rng.int(3) > 0) {
    const isSquare = exponent.bottom.kind === 'number' && exponent.bottom.value.top === 2n
    const inner = renderExpression(base, style)
    if (isLatex) {
      const index = isSquare ? '' : `[${renderExpression(exponent.bottom, style)}]`
      return [`\\sqrt${index}{${inner}}`, level.power]
    }
    if (isSquare) return [rng.pick([`sqrt(${inner})`, `√(${inner})`]), level.power]
  }
  const shown = render(base, level.atom, style)
  if (isDigit(exponent) || (exponent.kind === 'symbol' && exponent.name.length === 1)) {
    const short = renderExpression(exponent, style)
    const isBare = /^.$/.test(short)
    const superscript = !isLatex && /^[0-9]$/.test(short) ? '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(short)] : undefined
    if (superscript !== undefined && rng.int(2) === 0) return [shown + superscript, level.power]
    if (isBare && rng.int(2) === 0) return [`${shown}^${short}`, level.power]
  }
  const inner = renderExpression(exponent, style)
  return [isLatex ? `${shown}^{${inner}}` : `${shown}${rng.pick(['^', '**'])}(${inner})`, level.power]
}

function isOne(e: Expression): boolean {
  return e.kind === 'number' && e.value.top === 1n && e.value.bottom === 1n
}

const commands = new Set(
  'sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth ln exp gcd min max arg'.split(
    ' ',
  ),
)
const spellings: Readonly<Record<string, string>> = {
  arsinh: 'arcsinh',
  arcosh: 'arccosh',
  artanh: 'arctanh',
  re: 'Re',
  im: 'Im',
  conjugate: 'conj',
}

function renderCall(name: string, args: readonly Expression[], style: Style): readonly [string, number] {
  const { rng, isLatex } = style
  const inner = args.map((arg) => renderExpression(arg, style))
  const [first] = args
  switch (name) {
    case 'abs':
      return [isLatex ? rng.pick([`|${inner[0]}|`, `\\left|${inner[0]}\\right|`]) : `abs(${inner[0]})`, level.atom]
    case 'floor':
      return [isLatex ? `\\lfloor ${inner[0]} \\rfloor` : `floor(${inner[0]})`, level.atom]
    case 'ceil':
      return [isLatex ? `\\lceil ${inner[0]} \\rceil` : `⌈${inner[0]}⌉`, level.atom]
    case 'factorial':
      return [`${render(first, level.atom, style)}!`, level.power]
    case 'double-factorial':
      return [`${render(first, level.atom, style)}!!`, level.power]
    case 'binomial':
      return [isLatex ? `\\binom{${inner[0]}}{${inner[1]}}` : `binom(${inner.join(', ')})`, level.atom]
    case 'mod':
      return [
        `(${render(first, level.atom, style)} ${isLatex ? '\\bmod ' : 'mod '}${render(args[1], level.atom, style)})`,
        level.atom,
      ]
    default: {
      const plain = spellings[name] ?? name
      const shown = !isLatex ? plain : commands.has(name) ? `\\${name}` : `\\operatorname{${plain}}`
      const isSimple = args.length === 1 && first.kind === 'symbol' && /^[xyzabnkt]$/.test(first.name)
      if (isSimple && isLatex && rng.int(3) === 0) return [`${shown} ${inner[0]}`, level.product]
      return [`${shown}(${inner.join(', ')})`, level.atom]
    }
  }
}

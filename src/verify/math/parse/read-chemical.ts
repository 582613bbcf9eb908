// Chemical formulas: `CO_2`, `\text{CO}_2`, `\ce{CO2}`, `CO2`. As mathematics some would be products and some words; as
// text, with their digits on the line, they are written in one way. Capitals count: CO is not Co. Only whole answers.
import type { Answer } from '../answer.ts'

const longest = 80
const symbols = new Set(
  (
    'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo ' +
    'Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U W Ta Re Os Ir Hf'
  ).split(' '),
)
const opening = /^(?:[A-Z(]|\\(?:text|mathrm|ce)\s?\{)/
const layout = /\\(?:text|mathrm|ce)\s?\{|[{}_]/g
const formula = /^(?:[A-Z][a-z]?\d{0,3}|\(|\)\d{0,3}){2,40}$/
const element = /[A-Z][a-z]?/g
/** The mathematical letter 𝐴, whose lower case is itself. */
const firstCapital = 0x1d434

/** The formula that `text` is, of two elements or more and with an index; undefined when it is none. */
export function readChemical(text: string): Answer | undefined {
  if (text.length > longest || !opening.test(text) || !/\d/.test(text)) return undefined
  const plain = text.replace(layout, '')
  if (!formula.test(plain)) return undefined
  const elements = plain.match(element) ?? []
  if (new Set(elements).size < 2 || !elements.every((name) => symbols.has(name))) return undefined
  // B_1C_1 are points: one atom has no index.
  const indices = plain.match(/\d+/g) ?? []
  if (indices.some((index) => index.startsWith('0') || index === '1') || !areClosed(plain)) return undefined
  const shown = plain.replace(/[A-Z]/g, (letter) => String.fromCodePoint(firstCapital + letter.charCodeAt(0) - 65))
  return { kind: 'text', text: shown }
}

function areClosed(plain: string): boolean {
  let open = 0
  for (const char of plain) {
    if (char === '(') open++
    else if (char === ')' && --open < 0) return false
  }
  return open === 0
}

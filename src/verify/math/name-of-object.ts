// Left sides that name what is asked for though they are no letter: operations on sets `A \cap B`, matrices `A^{-1}`, lengths
// and products of vectors, `\arg z`, `\operatorname{rank} A`, `\nabla f`, `AB:BC`. What makes them names is the kind of their
// value: `A \cap B = \{2\}` gives a set, `AB = 6` is a length, `A^2 = B` an equation. Where the letter inside might be what is
// asked for (`A^2`, `2\vec a`), they are names in a gold answer only.
import type { Answer } from './answer.ts'
import { symbolsOf } from './compare/symbols-of.ts'

/** A name in a normal spelling. */
export interface ObjectName {
  readonly name: string
  /** Only what a gold answer says is surely what was asked for. */
  readonly isGoldOnly: boolean
}

const longest = 80
const vector = /\\(?:vec|mathbf|boldsymbol|overrightarrow|bm)(?![a-zA-Z])/
const oneVector = String.raw`\\(?:vec|mathbf|boldsymbol|overrightarrow|bm)\s?(?:\{[A-Za-z]{1,2}\}|[A-Za-z])`
const setSign = String.raw`\\(?:cap|cup|setminus|backslash|times|triangle)(?![a-zA-Z])|-`
const setLetter = String.raw`(?:\\(?:overline|bar)\s?(?:\{[A-Z]\}|[A-Z])|(?:\\complement|C)_\s?\{?[A-Z]\}?\s?[A-Z]?|[A-Z](?:_\d)?(?:'|\^\s?\{?(?:c|C|\\complement)\}?)?)`
const index = String.raw`(?:_(?:\w|\{\w{1,6}\}))?`
const quantity = String.raw`(?:[A-Z]{1,4}|[a-zA-Z])${index}`

/** Each form with the kinds of value that it takes. */
const forms: readonly {
  readonly form: RegExp
  readonly kinds: readonly Answer['kind'][]
  readonly isGoldOnly?: true
}[] = [
  // A \cap B, (\complement_U A) \cup B, A^c
  {
    form: new RegExp(
      String.raw`^[( ]{0,3}${setLetter}(?:[() ]{0,4}(?:${setSign})?[() ]{0,4}${setLetter}){0,4}[) ]{0,3}$`,
    ),
    kinds: ['set', 'interval', 'tuple', 'set-operation', 'named-set', 'set-builder'],
  },
  // |A \cup B|
  {
    form: new RegExp(String.raw`^\| ?${setLetter} ?(?:(?:${setSign}) ?${setLetter} ?){1,4}\|$`),
    kinds: ['expression'],
  },
  // A^{-1}, A^T, AB, (AB)^{-1}
  {
    form: /^\(?(?:[A-Z] ?(?:\^ ?\{? ?(?:-1|T|\\top|\*|')\}?)? ?){1,4}\)?(?: ?\^ ?\{? ?(?:-1|T|\\top|\*)\}?)?$/,
    kinds: ['matrix'],
  },
  { form: /^(?:[A-Z\d+() -]|\^ ?(?:[\dn]|\{[\dn-]{1,4}\})){2,20}$/, kinds: ['matrix'], isGoldOnly: true },
  // |\vec a|, |2\vec a - \vec b|
  {
    form: new RegExp(String.raw`^\|\|? ?(?:[+-]? ?\d{0,2} ?${oneVector} ?){1,3}\|\|?$`),
    kinds: ['expression'],
  },
  { form: new RegExp(String.raw`^${oneVector} ?\\cdot ?${oneVector}$`), kinds: ['expression'], isGoldOnly: true },
  {
    form: new RegExp(String.raw`^(?:[+-]? ?\d{0,2} ?${oneVector} ?(?:\\times)? ?){1,3}$`),
    kinds: ['tuple', 'matrix'],
    isGoldOnly: true,
  },
  {
    form: new RegExp(String.raw`^(?:\\angle ?\( ?|\\langle ?)${oneVector} ?, ?${oneVector} ?(?:\)|\\rangle)$`),
    kinds: ['expression'],
  },
  // \arg z, \operatorname{rank} A, \dim V
  {
    form: /^(?:\\(?:arg|dim|deg|det|Re|Im)(?![a-zA-Z])|\\(?:operatorname|mathrm|text) ?\{ ?(?:rank|rk|tr|trace|nullity|Arg|arg|dim|deg|det|card|ord|Re|Im|Var|Cov) ?\}|rank|tr|nullity) ?(?:\( ?[A-Za-z](?:_\d)? ?\)|[A-Za-z](?:_\d)?)$/,
    kinds: ['expression'],
  },
  {
    form: /^\\nabla ?(?:\\cdot|\\times)? ?(?:\\vec|\\mathbf)? ?\{?[a-zA-Z]\}?(?: ?\([a-z0-9, ]{1,12}\))?$/,
    kinds: ['tuple', 'matrix', 'expression'],
  },
  // AB:BC, S_1:S_2:S_3
  { form: new RegExp(String.raw`^${quantity}(?: ?: ?${quantity}){1,3}$`), kinds: ['ratio', 'expression'] },
]

/** The name of something with such a value; undefined when the side is none. */
export function nameOfObject(side: string, value: Answer): ObjectName | undefined {
  // A letter is no object but a name.
  if (side.length < 3 || side.length > longest) return undefined
  const plain = side
    .replace(/\\(?:left|right|displaystyle)(?![a-zA-Z])|\\[,;:!]/g, '')
    .replace(/\\(?:[lr]?vert)(?![a-zA-Z])\s?/g, '|')
    .replace(/\\(?:[lr]?Vert)(?![a-zA-Z])\s?|\\\|/g, '||')
    .replace(/[\s~]+/g, ' ')
    .trim()
  const found = forms.find(({ form, kinds }) => kinds.includes(value.kind) && form.test(plain))
  if (found === undefined || (plain.includes(':') && symbolsOf(value).size > 0)) return undefined
  if (value.kind === 'tuple' && !isTupleOf(plain, value)) return undefined
  const name = plain.replace(/[\s{}]/g, '').replace(/^(\\[a-zA-Z]+)\((\w+)\)$/, '$1$2')
  return { name, isGoldOnly: found.isGoldOnly === true }
}

/** Of sets a pair is an open interval; vectors are pairs themselves. */
function isTupleOf(side: string, value: Answer & { readonly kind: 'tuple' }): boolean {
  return vector.test(side) || side.includes('\\nabla') || value.mayBeInterval === true
}

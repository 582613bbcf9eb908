// Whether the left side of a statement only names what its value is of: `x`, `f(2)`, `AB`, `m\angle A`, `P(X = 1)`,
// `\text{Area}`, `\frac{dy}{dx}`. `2x`, `x^2` and `x + y` are no names: with them a statement is an equation. Works on the
// text, since points, angles and words are no expressions.

const greek = 'alpha|beta|gamma|delta|epsilon|varepsilon|theta|lambda|mu|rho|sigma|phi|varphi|omega|tau|Delta|Omega|Phi'
const letter = String.raw`(?:[A-Za-z]|\\(?:${greek}))`
const index = String.raw`(?:_(?:\w|\\(?:${greek}|triangle)|\{[^{}]{1,30}\}))`

const patterns: readonly RegExp[] = [
  // One letter with its marks; a segment, a polygon, its length or area; a vector's length.
  new RegExp(`^${letter}'{0,3}${index}?'{0,3}$`),
  /^(?:[A-Z]'?\d?){2,6}$/,
  /^\|(?:[A-Z]'?){1,4}\|$/,
  /^\[(?:[A-Z]'?){3,8}\]$/,
  /^\|\|?[zwvu]_?\d?\|?\|$/,
  /^(?:m|\\mu)?\(?\\(?:angle|measuredangle|triangle|arc|odot)\s?\{?[A-Z\d]{1,4}'?\}?\)?$/,
  // Derivatives and ratios of two lengths or unknowns.
  /^\\d?t?frac\{(?:d|\\partial)(?:\^\{?\d\}?)?\s?[a-zA-Z]?\}\{(?:d|\\partial)\s?[a-z](?:\^\{?\d\}?)?\}$/,
  /^\\d?t?frac\{(?:[a-z]|[A-Z]{1,3}|\[[A-Z]{3,6}\])\}\{(?:[a-z]|[A-Z]{1,3}|\[[A-Z]{3,6}\])\}$/,
  /^(?:[a-z]\/[a-z]|[A-Z]{2}\/[A-Z]{2})$/,
  // What AIME asks for: m + n, a + b + c.
  /^(?:[a-dkm-t]\+){1,4}[a-dkm-t]$/,
  // Trigonometric functions of an angle.
  new RegExp(
    String.raw`^\\(?:sin|cos|tan|cot|sec|csc)\s?(?:${letter}|\\angle\s?[A-Z]{1,3}|\{${letter}\}|\(${letter}\))$`,
  ),
]
/** What operators with bounds, sums and integrals, say has a value. */
const operation = /^\\(?:i{0,3}int|oint|sum|prod|lim|limsup|liminf|max|min|sup|inf|det|gcd|Pr)(?![a-zA-Z])/
const call =
  /^(?:\\operatorname\{[A-Za-z]{1,12}\}|[A-Z][a-z]{2,11}|gcd|lcm|det|max|min|dim|deg|rank|area|vol|var|cov|ord|card|dist|[fghpqnuvsdyFGHPQEVACNTSLRM]|[a-w](?=[([]\w{1,2}[)\]]))'{0,3}(?:_(?:\w|\{\w{1,4}\}))?(?:\^(?:-1|\{-1\}|\{\(\w\)\}))?(?=[([])/
const phrase = /^(?:[A-Z][a-z]{2,}|[a-z]{3,})(?:[ -][A-Za-z'’]{1,20}){0,9}$/
/** Words that need no mark; other letters run together are a product. */
const quantities =
  /^(?:area|volume|length|width|height|radius|diameter|distance|perimeter|circumference|probability|total|answer|number|value|speed|time|price|cost|profit|ratio|slope|sum|average|mean|median|mode|angle|side|result|age|lcm|gcd|det)$/
/** Words that make of a quantity another one. */
const changing =
  /\b(?:twice|half|double|triple|times|squared?|cubed?|plus|minus|not|never|if|reciprocal|inverse|opposite|negative|wrong|incorrect|except|or|and|over|by|per|without|least|most|than|but|besides|at|when|where|for|bound|guess|approximation|estimate|attempt|distractor|decoy|counterexample|excluded|rejected|extraneous|discarded|undefined|false|maybe|perhaps)\b/i

/** The name in a normal spelling, with words marked; undefined when it is no name. */
export function nameOfValue(side: string): { readonly name: string; readonly isWords: boolean } | undefined {
  if (side.length > 160) return undefined
  const words = side
    .replace(/\\(?:text|textbf|textit|mbox|textrm)\s?\{([^{}]{0,120})\}/g, ' $1 ')
    .replace(/[\s~]+/g, ' ')
    .replace(/[:,]\s?$/, '')
    .trim()
  const hasText = /\\(?:text|mbox)/.test(side)
  // Letters run together are a product unless they are marked as text or begin as a word does.
  const isPhrase =
    phrase.test(words) && (hasText || /\s/.test(words) || /^[A-Z][a-z]{2,}$/.test(words) || quantities.test(words))
  if (isPhrase) return changing.test(words) ? undefined : { name: words.toLowerCase(), isWords: true }
  const name = plainName(words)
  if (patterns.some((pattern) => pattern.test(name)) || isCall(name) || operation.test(words))
    return { name, isWords: false }
  // "Area of ABC": words with a name behind.
  const [, said = '', rest = ''] =
    /^([A-Za-z][a-z]{2,}(?: [a-z]{2,12}){0,5}) (?:of )?([^a-z].*|[a-z])$/.exec(words) ?? []
  if (said === '' || changing.test(said) || nameOfValue(rest) === undefined) return undefined
  return { name: words.toLowerCase(), isWords: true }
}

function plainName(side: string): string {
  return side
    .replace(/\\(?:left|right|displaystyle|,|;|!|:| )/g, '')
    .replace(/\\(?:[lr]?vert)(?![a-zA-Z])\s?/g, '|')
    .replace(/\\(?:[lr]?Vert)(?![a-zA-Z])\s?|\\\|/g, '||')
    .replace(
      /\\(?:mathrm|mathbf|mathbb|mathcal|overline|overrightarrow|overleftrightarrow|widehat|vec|hat|bar|boldsymbol)\s?\{([A-Za-z']{1,8})\}/g,
      '$1',
    )
    .replace(/\\vec\s?([a-z])/g, '$1')
    .replace(/\s/g, '')
}

/** One call and nothing behind it. */
function isCall(name: string): boolean {
  const head = call.exec(name)
  if (head === null) return false
  let depth = 0
  for (let i = head[0].length; i < name.length; i++) {
    if (/[([{]/.test(name[i])) depth++
    else if (/[)\]}]/.test(name[i]) && --depth === 0) return i === name.length - 1
  }
  return false
}

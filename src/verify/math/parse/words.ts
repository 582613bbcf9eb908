// Which runs of letters are words and which are products of variables. `xy` is x times y, `cats` is not; there is no
// way to know, only habits: mathematics has short runs without meaning in English.
import { greekNames } from './commands.ts'

/** What functions are called, in LaTeX and plain text, to the name that the grammar uses. */
export const functionSpellings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sin: 'sin',
    cos: 'cos',
    tan: 'tan',
    tg: 'tan',
    cot: 'cot',
    ctg: 'cot',
    cotan: 'cot',
    sec: 'sec',
    csc: 'csc',
    cosec: 'csc',
    arcsin: 'arcsin',
    asin: 'arcsin',
    arccos: 'arccos',
    acos: 'arccos',
    arctan: 'arctan',
    arctg: 'arctan',
    atan: 'arctan',
    arccot: 'arccot',
    arcctg: 'arccot',
    acot: 'arccot',
    arcsec: 'arcsec',
    arccsc: 'arccsc',
    sinh: 'sinh',
    cosh: 'cosh',
    tanh: 'tanh',
    coth: 'coth',
    arcsinh: 'arsinh',
    arsinh: 'arsinh',
    asinh: 'arsinh',
    arccosh: 'arcosh',
    arcosh: 'arcosh',
    acosh: 'arcosh',
    arctanh: 'artanh',
    artanh: 'artanh',
    atanh: 'artanh',
    ln: 'ln',
    log: 'log',
    lg: 'lg',
    exp: 'exp',
    sqrt: 'sqrt',
    cbrt: 'cbrt',
    abs: 'abs',
    floor: 'floor',
    ceil: 'ceil',
    ceiling: 'ceil',
    sign: 'sign',
    sgn: 'sign',
    gcd: 'gcd',
    GCD: 'gcd',
    lcm: 'lcm',
    LCM: 'lcm',
    min: 'min',
    max: 'max',
    binom: 'binomial',
    binomial: 'binomial',
    choose: 'binomial',
    factorial: 'factorial',
    conj: 'conjugate',
    arg: 'arg',
    Arg: 'arg',
    Re: 're',
    Im: 'im',
    cis: 'cis',
  }),
)

/** Constants that plain text spells out. */
export const constantSpellings: ReadonlyMap<string, 'pi' | 'infinity'> = new Map([
  ['pi', 'pi'],
  ['Pi', 'pi'],
  ['inf', 'infinity'],
  ['infty', 'infinity'],
  ['infinity', 'infinity'],
  ['oo', 'infinity'],
])

const shortWords = new Set(
  (
    'a all an and any are as at be but by can cm do did due few for get had has her him his how if in is it its km let lot ' +
    'man may men mm new no nor not now odd of off old on one or our out own per put red saw see she six so sum ten ' +
    'the too top two up us use was way we who why win yes yet you dog cat boy day hat pen cup box bus car ' +
    'bag pie egg ft kg lb oz mph sq th st nd rd am pm'
  ).split(' '),
)

/** Magnitudes of other languages that are no other number in English: a Billion is not, "miles" are a length. */
const foreignScales: readonly (readonly [string, number])[] = [
  ...['tausend', 'millier', 'millares', 'mila', 'milhares', 'duizend', 'tusen'].map((word) => [word, 1e3] as const),
  ...[
    'millionen',
    'millones',
    'millon',
    'milione',
    'milioni',
    'miljoen',
    'milhoes',
    'milyon',
    'milion',
    'miliony',
    'juta',
  ].map((word) => [word, 1e6] as const),
  ...['milliarde', 'milliarden', 'milliard', 'miliardo', 'miliardi', 'miljard'].map((word) => [word, 1e9] as const),
  ...['billionen', 'billones'].map((word) => [word, 1e12] as const),
  ...['dutzend', 'douzaine', 'docena'].map((word) => [word, 12] as const),
]

/** Words that multiply the number before them: 5 million. */
export const scaleWords: ReadonlyMap<string, number> = new Map(
  (
    [
      ['dozen', 12],
      ['hundred', 100],
      ['thousand', 1e3],
      ['lakh', 1e5],
      ['million', 1e6],
      ['crore', 1e7],
      ['billion', 1e9],
      ['trillion', 1e12],
      ['quadrillion', 1e15],
      // 万 and 億, as foreign-words.ts spells them.
      ['myriad', 1e4],
      ['oku', 1e8],
      ...foreignScales,
    ] as const
  ).flatMap(([word, value]) => [
    [word, value],
    [`${word}s`, value],
  ]),
)

/** Words that begin like a function. */
const unglued = new Set('cost costs cosy cots logo logs sect single since sing sink sins tang tank tans'.split(' '))

/** Function names that stand at the start of a run: `sinx`. */
const gluedFunctions = ['sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'sqrt', 'log', 'ln'] as const

/** The function that a run begins with when one or two letters follow it. */
export function gluedFunction(word: string): string | undefined {
  if (word.length < 3 || word.length > 6 || unglued.has(word)) return undefined
  return gluedFunctions.find((name) => word.startsWith(name) && word !== name && word.length - name.length <= 2)
}

/** Whether a run has a meaning of its own: a function, a constant, a Greek letter. */
export function isMathWord(word: string): boolean {
  return functionSpellings.has(word) || constantSpellings.has(word) || greekNames.has(word)
}

/** Whether a run of letters is a product of variables rather than a word. */
export function isProductOfLetters(word: string, inText: boolean): boolean {
  if (word.length === 1) return true
  if (inText || word.includes("'") || shortWords.has(word.toLowerCase())) return false
  const isUpper = word === word.toUpperCase()
  const isLower = word === word.toLowerCase()
  if (isUpper) return word.length <= 6
  if (word.length <= 3) return isLower || !isCapitalised(word)
  return isLower && word.length <= 6 && (isAlphabetRun(word) || !/[aeiou]/.test(word))
}

function isCapitalised(word: string): boolean {
  return word[0] !== word[0].toLowerCase() && word.slice(1) === word.slice(1).toLowerCase() && word.length > 2
}

/** `abcd`, `wxyz`: letters in the order of the alphabet without a gap. */
function isAlphabetRun(word: string): boolean {
  for (let i = 1; i < word.length; i++) if (word.charCodeAt(i) !== word.charCodeAt(i - 1) + 1) return false
  return true
}

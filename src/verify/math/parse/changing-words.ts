// Words that change the value they stand beside, take it back or doubt it: "at least 5", "5 squared", "not 5". A number
// next to one of them is not that number. Nouns and adjectives of things (apples, left) are free; the list can only deny,
// so that a word too many costs an answer in odd words, and a word too few would let a wrong one pass.
import { isNumberWord, isOrderWord } from './number-words.ts'
import { scaleWords } from './words.ts'

const operations =
  'plus minus times multiply multiplied subtract subtracted subtracting add added adding divide divided dividing by ' +
  'squared cubed square cube sqrt root power powers exponent exponentiated raised factorial mod modulo modulus log ' +
  'logarithm ln sin sine cos cosine tan tangent exp inverse reciprocal opposite negated negation negative inverted ' +
  'complement conjugate double doubled triple tripled quadruple quadrupled twice thrice halved fold percent percentage ' +
  'permille recurring repeating repeated repetend point decimal dot comma base binary octal hex hexadecimal radix ' +
  'imaginary infinite differentiated derivative integrated integral limit truncated rounded shifted scaled transposed ' +
  'conjugated flipped mirrored reversed backwards lowered superscript subscript primed dotted barred hatted starred abs ' +
  'floor ceil grad kilo mega giga tera milli micro nano pico pct bps ppm ppb choose tens ones multiple multiples divisor divisors score gross grand mil mill mn mln bil bn bln tn'

const comparisons =
  'than more less lesser fewer greater larger smaller bigger higher lower least most few fewest above below over under ' +
  'beneath beyond exceed exceeds exceeding short shy off up down upwards downwards onward onwards too almost nearly ' +
  'barely hardly scarcely approximately approx about roughly around circa maximum minimum max min maximal minimal ' +
  'between within until till past before after behind inclusive exclusive bound estimate estimated so'

const denials =
  'not no never none neither nor nothing nobody noone without except excepting exception excluding excluded exclude ' +
  'excludes but wrong wrongly incorrect incorrectly false falsely untrue invalid impossible undefined unknown unlikely ' +
  'improbable implausible uncertain unsure unclear doubtful doubt dubious error errors erroneous mistake mistaken fake ' +
  'bogus reject rejected rejects discard discarded eliminate eliminated cannot unlike instead rather versus vs nope nil ' +
  'null nan nah sic void empty debt loss decrease deficit zeros zeroes omitted skipped ignored removed dropped missed exceeded approached decreased increased reduced ' +
  'lack lacks lacked lacking missing fails failed denies denied refuse refused'

const doubts =
  'maybe perhaps possibly probably likely guess guessed guessing thought think supposedly allegedly if unless or either ' +
  'else otherwise alternatively whichever any anything anyone some something various whether while although though ' +
  'assuming etc however despite like unequal first ish somewhat kinda sorta ever'

/** What other languages have for plus, minus, times, more, less, squared, hundreds and tenths. */
const foreign =
  'menos moins weniger mehr fois veces nicht meno geteilt hoch carré carre cuadrado quadrato quadrado quadrat quadriert ' +
  'kvadrat cubo kubik racine raíz raiz radice wurzel mille hundert hunderte centaine centaines cientos centinaia dizaine ' +
  'dizaines decenas decine zehntel hundertstel tausendstel dixième dixièmes centième centièmes millième décimas centésimas ' +
  'ciento cento doble doppelt doppelte hälfte moitié mitad metà metade tiers tercio drittel viertel cuarto ' +
  'quadrado quadrata вдвое половина'

const changing = new Set([operations, comparisons, denials, doubts, foreign].join(' ').split(' '))

/** Names for a value that say it is not the answer; behind a number, as in "5 attempts", they are things. */
const notAnswers = new Set(
  (
    'hint decoy attempt approximation distractor counterexample example excluded rejected extraneous draft option ' +
    'question figure problem exercise warning'
  ).split(' '),
)

/** Whether a word in the label of a value, `Hint: 5`, says that the value is not the answer. */
export function isLabelWord(word: string): boolean {
  return notAnswers.has(word.toLowerCase()) || changesValue(word)
}

/** No noun of everyday use is longer. */
const longestWord = 20

/** Whether a word next to a number may change it; in any case of letters. */
export function changesValue(word: string): boolean {
  if (word.includes('-')) return word.split('-').some(changesValue)
  const lower = word.toLowerCase()
  if (word.length > longestWord || changing.has(lower) || isNumberWord(lower) || isOrderWord(lower)) return true
  if (scaleWords.has(lower)) return true
  // `toString` is a name of a program; sevenfold, -wise and isn't say something about the value.
  if (word.length > 4 && /[a-z][A-Z]/.test(word)) return true
  return lower.endsWith('fold') || lower.endsWith("n't") || lower.endsWith('n’t')
}

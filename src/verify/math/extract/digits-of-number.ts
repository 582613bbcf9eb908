// A number that a sentence does not say the answer is, but tells of it: "the answer has 14 digits", "the number ends in 14",
// "die Antwort hat 14 Stellen". Of other things the same words may be what was asked for: "2^{45} has 14 digits", "its last
// two digits are 14", "the number has 14 divisors" are left alone.

const digits = String.raw`^[\s$)]{0,3}(?:(?:decimal|significant)\s)?(?:digits?|figures?|decimals?|places?|chiffres?|stellen|ziffern|cifras?|dígitos?|cifre|algarismos|цифр[аы]?|знак(?:а|ов)|位)(?!\p{L})`
const digitsBehind = new RegExp(digits, 'iu')
const adverb = String.raw`(?:(?:also|then|always|must|will|should|exactly|only|just)\s){0,2}`
const open = String.raw`[\s$({]{0,4}$`
const foreign = 'réponse|résultat|antwort|ergebnis|respuesta|resposta|resultado|risposta|risultato|ответ|результат'
const foreignNumber = 'nombre|zahl|número|numero|число'
const ends = String.raw`finit\spar|se\stermine\spar|endet\s(?:auf|mit)|(?:termina|acaba)\s(?:en|con|em|com|in|por)|finisce\s(?:con|per|in)|(?:оканчивается|заканчивается)\s(?:на)?|commence\spar|beginnt\smit|(?:empieza|comienza|inizia|começa)\s(?:con|por|com|per)|начинается\sс`
const has = 'a|hat|tiene|ha|tem|имеет|contient|enthält|contiene|contém|содержит'

/** Words before a number that tell something of the answer, whatever comes behind. */
const toldOfAnswer = new RegExp(
  [
    String.raw`\b(?:answer|result)\s${adverb}(?:has|have|contains?|includes?|exceeds)\s${adverb}${open}`,
    String.raw`\b(?:answer|result|number|integer|value)\s${adverb}(?:ends?|starts?|begins?)\s(?:in|with)\s${open}`,
    String.raw`\b(?:digits?|figures?|part)\sof\s(?:the|our|my)\s(?:final\s)?(?:answer|result|number|integer)\s(?:is|are)\s${open}`,
    String.raw`\b(?:answer|number|integer|result)['’]s\s(?:\p{L}{1,12}\s){0,3}(?:digits?|figures?|part)\s(?:is|are)\s${open}`,
    String.raw`\b(?:number|integer|value|it)\s(?:is|must\sbe)\s(?:divisible|divided|multiplied)\sby\s${open}`,
    String.raw`(?<!\p{L})(?:${foreign})\s(?:${has})\s${open}`,
    String.raw`(?<!\p{L})(?:${foreign}|${foreignNumber})\s(?:${ends})${open}`,
    `答案(?:有|含有?|包含|以|的(?:首|末|前|后|後|最后|最後).{0,4}(?:是|为|為))${open}`,
  ].join('|'),
  'iu',
)
const toldOfNumber = new RegExp(
  String.raw`\b(?:number|integer|value)\s${adverb}(?:has|have|contains?)\s${adverb}${open}|(?<!\p{L})(?:${foreignNumber})\s(?:${has})\s${open}`,
  'iu',
)

/** Whether the words around a number only tell something of the answer that it is not. */
export function isToldOfAnswer(before: string, behind: string): boolean {
  const near = before.slice(-90)
  if (toldOfAnswer.test(near)) return true
  return toldOfNumber.test(near) && (digitsBehind.test(behind) || /^[\s$)]{0,3}(?:[.,;!?]|$)/.test(behind))
}

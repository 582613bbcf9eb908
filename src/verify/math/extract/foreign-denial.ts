// Denial and doubt in other languages than English, by the small words that make them: "n'est pas 14", "ist nicht 14",
// "\boxed{14} est faux", "vielleicht 14", "14ではありません". What a completion in such a language denies or only guesses
// is no answer; a denial that belongs to a thing ("der nicht roten Kugeln ist 14") leaves the number alone. Words that
// English has too ("no", "non", "pas") count only beside words that it has not. Looks at short windows.
import { isBoundAbroad } from './foreign-bound.ts'

const begin = String.raw`(?<![\p{L}\p{M}'’-])`
const end = String.raw`(?![\p{L}\p{M}-])`
const word = (words: string): string => `${begin}(?:${words})${end}`

const spanishVerbs =
  'es|son|está|fue|era|sea|sería|puede|podría|hay|he|hemos|se|lo|sé|creo|pienso|vale|da|tiene|igual|corresponde'
const italianVerbs = 'è|sono|ho|può|si|so|sia|era|fa|vale|ha|credo|penso|abbiamo|lo|ugual[ei]'
/** Words that deny what comes next. */
const europeanNo = word(
  [
    'nicht|keine?[nmrs]?|nie|niemals|weder|niet|geen|inte|ikke',
    String.raw`(?:ce\s)?n['’](?:est|était|a|ai|avons|ont|y)|ne\s\p{L}{2,12}(?:\s\p{L}{1,6})?\s(?:pas|jamais)|pas|jamais|aucune?`,
    String.raw`no\s(?:${spanishVerbs})|nunca|tampoco|não|non\s(?:${italianVerbs})|(?:et?|y|mais|ma)\snon?|neppure|nemmeno`,
    'не|ни|нет|нельзя|никогда|неверно|неправда|неправильно|değil|không|नहीं|ليس|ليست|لا|لم',
  ].join('|'),
)
const asianNo =
  '不(?:是|为|為|等于|等於|可能|能|会|會|应|應|对|對|存在|正确|正確)|[并並]不|[并並]非|绝非|[没沒]有|[无無]法'
const before = new RegExp(`${europeanNo}|${asianNo}`, 'giu')
/** Behind a value the verb of Japanese and Korean comes last, and French has a noun "pas". */
const behind = new RegExp(
  [
    word(
      String.raw`nicht|keine?[nmrs]?|nie|niemals|niet|geen|inte|ikke|ne\s\p{L}{2,12}(?:\s\p{L}{1,6})?\s(?:pas|jamais)|no\s(?:${spanishVerbs})|não|non\s(?:${italianVerbs})|не|нет|değil|không|नहीं|ليس|ليست`,
    ),
    String.raw`${begin}n['’](?:est|était|a)${end}|ではな|ではあり|じゃな|でな[いく]|ません|아니|아닙|않|못\s?[하했]`,
    asianNo,
  ].join('|'),
  'iu',
)
const wrong = String.raw`falsch|inkorrekt|unmöglich|faux|fausse|incorrecte?|erronée?|inexacte?|impossible|incorrect[oa]|fals[oa]|erróne[oa]|equivocad[oa]|errat[oa]|sbagliat[oa]|erronea?|scorrett[oa]|errad[oa]|incorret[oa]|неверн\p{L}{1,3}|неправильн\p{L}{1,3}|ошибочн\p{L}{1,3}|yanlış|fout|خطأ`
const right = String.raw`antwort|lösung|ergebnis|richtig\p{L}{0,2}|korrekt\p{L}{0,2}|wahr|gesucht\p{L}{0,2}|réponse|solution|résultat|bonne?|correcte?|exacte?|juste|vraie?|respuesta|solución|resultado|correct[oa]|ciert[oa]|risposta|soluzione|risultato|corrett[oa]|giust[oa]|resposta|solução|corret[oa]|cert[oa]|ответ\p{L}{0,3}|решени\p{L}{0,3}|результат\p{L}{0,3}|верн\p{L}{0,3}|правильн\p{L}{0,3}|подходит|答案|正确|正確|答え|正解|답|정답`
const copula = 'ist|wäre|war|est|était|serait|es|está|era|sería|è|é|это|is'
const edge = String.raw`^[\s$:*)\]\\"'”»—–,-]{0,8}`
/** Behind a box: that it is wrong, or no answer. What is said of a thing ("ist nicht durch 3 teilbar") is no denial. */
const boxBehind = new RegExp(
  [
    String.raw`${edge}(?:(?:${copula})\s(?:\p{L}{2,12}\s){0,2})?(?:${wrong})${end}`,
    String.raw`${edge}[^.,;!?\n。，]{0,24}(?:${behind.source})[^.,;!?\n。，]{0,24}?(?:${right})`,
    String.raw`${edge}(?:$\s?)?(?:是|为|這|这)?(?:不对|不對|不正确|不正確|错误|錯誤|错的|錯的|错了|有误|不成立|不符合|不满足|不合题意)`,
    String.raw`${edge}(?:\p{L}{0,4}\s?)(?:ではあり|ではな|じゃな|でな|間違|誤り|違い|違う|아니|아닙|틀[렸린]|않)`,
  ].join('|'),
  'iu',
)

/** The sentence behind takes it back: "C'est faux", "Das ist nicht richtig", "这是错的". */
const takenBack = new RegExp(
  String.raw`^[\s$.!*)\]\\。，,—–-]{0,8}(?:(?:nein|non|no|не|нет|halt|aber|mais|pero|ma|但|不)[\s,]{1,2}){0,2}(?:(?:das|dies|es|cela|ça|ce|eso|esto|questo|ciò|isso|isto|это)\s|c['’]|(?=è\s)|[这這此])(?:(?:${copula})\s)?(?:\p{L}{2,10}\s)?(?:(?:${wrong})${end}|[^.,;!?\n。，]{0,16}?(?:${behind.source})[^.,;!?\n。，]{0,20}?(?:${right})|是?(?:不对|不對|错|錯))`,
  'iu',
)

/** What may stand between a denial and a box that it denies: "n'est pas égale à", "не является", "no es igual a". */
const filler = String.raw`(?:ist|gleich|est|être|égale?s?|à|ser|es|igual|a|al|è|uguale|é|равен|равна|равно|является|это|die|der|das|la|le|el|il|a|o|antwort|lösung|ergebnis|réponse|solution|résultat|respuesta|resultado|risposta|risultato|resposta|ответ\p{L}{0,3}|richtig|correcte?|correct[oa]|donc|also|bien|simplement|x|n)`
const boxBefore = new RegExp(
  String.raw`(?:${europeanNo}|${asianNo})(?:[\s$:*([=]{1,4}${filler}){0,5}[\s$:*([=\\]{0,8}$`,
  'iu',
)

/** Denies that something is so: "nicht wahr, dass", "pas sûr que", "не думаю, что"; "no doubt that" does not. */
const credence = String.raw`vraie?|correcte?|exact|juste|le\scas|crois|pense|sûre?|certaine?|wahr|richtig|korrekt|der\sfall|sicher|glaube|denke|cierto|verdad|creo|pienso|segur[oa]|vero|credo|penso|sicur[oa]|verdade|cert[oa]|acho|верно|правда|думаю|считаю|уверен[аы]?`
const deniedThat = new RegExp(
  String.raw`(?:${europeanNo})(?:\s\p{L}{1,9}){0,3}?\s(?:${credence}),?\s(?:que|qu['’]|dass|daß|che|что|ob|si|se)${end}|(?:${begin}(?:falsch|faux|falso|неверно|неправда)),?\s(?:que|qu['’]|dass|che|что)`,
  'iu',
)
const glaubeNicht =
  /(?<!\p{L})(?:glaube|denke|crois|pense|creo|credo|думаю)(?:\s\p{L}{1,6})?\s(?:nicht|pas|no|não),?\s(?:dass|que|qu['’]|che|что)(?!\p{L})/iu

const doubt = new RegExp(
  [
    word(
      String.raw`vielleicht|möglicherweise|vermutlich|wahrscheinlich|eventuell|peut-être|probablement|quizás?|tal\svez|a\slo\smejor|posiblemente|probablemente|forse|probabilmente|talvez|provavelmente|possivelmente|может|возможно|наверное|вероятно|misschien|может\sбыть|belki|ربما`,
    ),
    '也许|也許|或许|或許|大概|(?<!不)可能(?![性的取值解情])|猜|不确定|不確定|かもしれ|たぶん|おそらく|아마|일지도|것 같',
  ].join('|'),
  'iu',
)
const lost = new RegExp(
  [
    word(
      String.raw`ich\s(?:weiß|weiss)\s(?:es\s|das\s|die\s\p{L}{2,12}\s)?nicht|ich\s(?:konnte|kann|habe)\s(?:[\p{L}\d]{1,14}\s){0,4}nicht|je\sne\s(?:sais|peux|parviens|trouve|vois)\s(?:\p{L}{1,6}\s)?pas|je\sn['’](?:ai|arrive)\s(?:\p{L}{1,6}\s)?pas|no\s(?:lo\s)?(?:sé|pude|puedo)|no\sestoy\ssegur[oa]|non\s(?:lo\s)?(?:so|posso|riesco)|não\s(?:sei|consigo|consegui|posso)|(?:я\s)?не\s(?:знаю|могу|смог|смогла|уверен|уверена|нашёл|нашел|нашла)`,
    ),
    '我?不知道|[无無]法(?:得出|求出|求得|计算|計算|解答|解决|确认|確認)|我(?:不能|没能|沒能|没有|沒有)(?:求|算|解|找|得)|不确定|不確定|わかりません|分かりません|わからない|解けま|모르겠|모릅니다|몰라',
  ].join('|'),
  'iu',
)

/** Ends a clause; what follows a contrast or a conclusion is not denied. */
const clauseEnds =
  /[.!?;:]\s|[。！？；，、,\n]|\s(?:sondern|aber|mais|donc|sino|pero|luego|ma|bensì|quindi|mas|logo|но|а|поэтому|also|daher|somit)\s|而是|但是?|所以|因此|故/giu
const sentenceEnds = /[.!?;]\s|[。！？；\n]/gu
const copulas = new Set(
  'ist sind beträgt war est sont vaut es son è sono é são vale равно равна равен составляет'.split(' '),
)
const conjunctions = new Set('que qui si dass ob che se что ли wenn'.split(' '))

/** The denial belongs to a thing, which then is something: "les nombres qui ne sont pas premiers sont 14". */
function isOfThing(rest: string): boolean {
  if (/[\u4e00-\u9fff]{3,}(?:[为為是]|等于)[\s$({]{0,4}$/.test(rest)) return true
  const words = rest.toLowerCase().match(/[\p{L}'’]+/gu) ?? []
  return words.length > 1 && copulas.has(words[words.length - 1]) && !words.some((one) => conjunctions.has(one))
}

/** Whether the words before a value, in its clause, deny it. */
export function isDeniedAbroad(text: string): boolean {
  const near = text.slice(-160)
  const clause = lastPart(near, clauseEnds)
  for (const match of clause.matchAll(before)) if (!isOfThing(clause.slice(match.index + match[0].length))) return true
  return isDisbelieved(lastPart(near, sentenceEnds))
}

/** Whether a sentence says that what follows is not so. */
export function isDisbelieved(sentence: string): boolean {
  return deniedThat.test(sentence) || glaubeNicht.test(sentence)
}

/** Whether the clause behind a number denies it: "14 nicht bestätigen". */
export function isDeniedBehindAbroad(text: string): boolean {
  const clause = /^[^.,;!?\n。，；]{0,80}/u.exec(text)?.[0] ?? ''
  return behind.test(clause) || boxBehind.test(clause)
}

/** Whether the words next to a box deny it. */
export function isMarkDeniedAbroad(beforeBox: string, behindBox: string): boolean {
  return boxBefore.test(lastPart(beforeBox, clauseEnds)) || isDisbelieved(beforeBox) || boxBehind.test(behindBox)
}

/** Whether the sentence behind an answer takes it back. */
export function isTakenBackAbroad(text: string): boolean {
  return takenBack.test(text)
}

/** Whether the sentence that ends a text only guesses. */
export function isGuessedAbroad(text: string): boolean {
  return doubt.test(lastPart(text.slice(-200), sentenceEnds))
}

/** Whether the end of a text says that there is no answer. */
export function isGivenUpAbroad(text: string): boolean {
  return lost.test(text)
}

function lastPart(text: string, ends: RegExp): string {
  let at = 0
  for (const { index, 0: mark } of text.matchAll(ends)) if (index + mark.length < text.length) at = index + mark.length
  return text.slice(at)
}

/** Said to be supposed: "si la réponse est 14". */
const supposed =
  /(?<!\p{L})(?:si|wenn|falls|se|если|如果|若|假设|假設|만약|angenommen|supposons\sque|supongamos\sque|предположим,?\sчто)[,\s]{0,3}(?:(?:die|das|der|la|le|el|il|a|o)\s)?(?:\p{L}{1,12}\s)?$/iu

const wrongNoun = /(?:错误|錯誤|错|誤)的?$|(?<!\p{L})(?:falsche|mauvaise|fausse|неверный|неправильный|incorrecta)\s$/iu

/** Whether the words before "réponse" say that it is none, or only guessed or supposed. */
export function isDoubtedAbroad(text: string): boolean {
  const sentence = lastPart(text, sentenceEnds)
  return (
    doubt.test(sentence) ||
    wrongNoun.test(sentence) ||
    isDisbelieved(sentence) ||
    supposed.test(lastPart(sentence, /,\s/gu))
  )
}

/** A condition alone: "wenn x = 14". */
const opensSupposed = /^(?:(?:wenn|falls|angenommen|sei|si|soit|se|если|пусть)\s|如果|若|假设|假設|设|設|令|만약)/iu

/** Whether an answer denies its own value: "nicht x = 14". */
export function isDeniedInside(answer: string): boolean {
  if (answer.length > 400 || !/\p{L}{2}[^{}\\]*\d/u.test(answer)) return false
  const at = answer.search(/\d/)
  const words = answer.slice(0, at).replace(/\s?(?:[A-Za-z]\s?)?[=≈]\s?$/, ' ')
  return opensSupposed.test(words) || isDeniedAbroad(words) || isBoundAbroad(words) || doubt.test(words)
}

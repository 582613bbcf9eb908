// Sentences in other languages that come to a value: "Par conséquent, x = 14", "综上，x的值为14", "따라서 x = 14이다". Taken
// off are the connector at the beginning, the copula at the end, and in Chinese a subject that names the value and does
// nothing to it; and of what a sentence counts the number. Whether mathematics is left is for the caller to see.

import { isDeniedBehindAbroad } from './foreign-denial.ts'
import { scaledBehind } from './foreign-scale.ts'

const european =
  "par conséquent|donc|ainsi|alors|finalement|on a|on obtient|on trouve|d[’']où|enfin|also|daher|somit|folglich|deshalb|damit|schließlich|" +
  'luego|por (?:lo )?tanto|por consiguiente|entonces|así(?: que)?|finalmente|en conclusión|portanto|logo|assim|então|quindi|perciò|dunque|pertanto|infine|' +
  'итак|следовательно|значит|поэтому|таким образом|откуда|отсюда|получаем|dus|zatem|więc'
const asian =
  '综上所述|綜上所述|综上|綜上|因此|所以|于是|於是|从而|故而?|则|則|即|由此可?得|可得|解得|得到?|∴|したがって|従って|よって|ゆえに|以上より|따라서|그러므로|결국|그래서'
const arabic = 'إذن|إذًا|لذلك|وبالتالي'
const connector = new RegExp(String.raw`^(?:(?:${european}|${arabic})(?:,\s?|\s)|(?:${asian})[,，、:：\s]{0,2})`, 'iu')
const ending = /(?:입니다|이다|です|である|となる|になります)?[。．]?$/u
/** 三角形的面积为, x的值是: the last sign is a verb; what is doubled, denied or bounded is another value. */
const subject =
  /^(?:[\u4e00-\u9fffA-Za-z\d'$\\\s△∠]{1,24})(?:[为為]|是|等于|等於|共有?)\s{0,2}[:：]?\s{0,2}(?=[-−√π$\\({[\d])/u
const changing =
  /[不非未没沒无無别別否勿倍半负負余餘逆反倒约約超过過至除假若如设設令以多]|平方|立方|不等|大于|小于|的一|可能|相反|[<>=]/u

/** Names of things that hold one of these signs. */
const harmless =
  /多边形|多項式|多项式|立方体|立方體|半径|半徑|半圆|半圓|余弦|余数|餘數|余切|公倍数|公約數|公约数|约数|不同|不等式|所以|非负|非零|无理数/g
const isChanged = (text: string): boolean => changing.test(text.replace(harmless, ''))

/** The sentence without connector, subject and copula; undefined when there is none of them. */
export function concluded(sentence: string): string | undefined {
  if (sentence.length > 200) return undefined
  let rest = sentence.replace(ending, '').trimEnd()
  for (let i = 0; i < 2; i++) rest = rest.replace(connector, '')
  const named = subject.exec(rest)
  // 最大值 and 最小值 name a value.
  if (named !== null && !isChanged(named[0])) rest = rest.slice(named[0].length)
  return rest === sentence ? undefined : rest.trim()
}

const counts =
  'es gibt|es sind|insgesamt|wir (?:finden|erhalten|haben)|il y a|il existe|on (?:trouve|obtient|a)|nous (?:trouvons|obtenons|avons)|hay|existen|tenemos|' +
  'obtenemos|há|existem|temos|ci sono|esistono|abbiamo|существует|всего|есть|имеется|получаем'
const counted = new RegExp(
  String.raw`^(?:(?:${counts})(?:\s(?:genau|also|insgesamt|en tout|donc|exactement|exactamente|en total|ровно|всего))?\s(?<number>\$?\d[\d.,]{0,20}(?<!,)\$?)(?<noun>(?:\s[\p{L}'’-]{2,20}){1,4})|` +
    String.raw`[\u4e00-\u9fff]{0,12}?(?:[共总總]有?|有)\s?(?<count>\$?\d{1,20}\$?)(?<measure>\s?[种種个個条條只对對组組名人张張套][\u4e00-\u9fff]{0,10}))$`,
  'u',
)

/** The number of "Es gibt 14 Lösungen", "共有14种方法", with a word that multiplies it. */
export function countedNumber(text: string): string | undefined {
  if (text.length > 120) return undefined
  const plain = text.trim().replace(ending, '').replace(/\.$/, '').replace(connector, '')
  const groups = counted.exec(plain.slice(0, 1).toLowerCase() + plain.slice(1))?.groups
  if (groups === undefined) return undefined
  const number = groups.number ?? groups.count
  const behind = groups.noun ?? groups.measure
  return isChanged(plain) || isDeniedBehindAbroad(behind) ? undefined : scaledBehind(number.replaceAll('$', ''), behind)
}

// Words behind a number that multiply it or make another of it, in languages other than English: "14 Millionen" is read as
// `14\times 10^{6}`; "14 au carré", "14 veces x", "14以上" are no plain number. English words are read in parse/. Only what
// stands right behind a figure counts.

const scales: readonly (readonly [words: string, exponent: number])[] = [
  ['mil millones|milliards?|milliarden?|miliard[oi]|bilh(?:ão|ões)|миллиард(?:а|ов)?|млрд|miljard|십억|十亿|十億', 9],
  ['亿|億|억', 8],
  ['千万|千萬|천만', 7],
  ['millionen|millón|millones|milion[ei]|milh(?:ão|ões)|миллион(?:а|ов)?|млн|miljoen|百万|百萬|백만', 6],
  ['万|萬|만', 4],
  ['milliers?|mille|tausend|duizend|mila|migliaia|milhar(?:es)?|тысяч[аи]?|тыс|千(?![克米瓦卡帕焦赫伏])|천', 3],
]
const changers = String.raw`(?:élevé\s)?au\s(?:carré|cube)|(?:elevado\s)?al\s(?:cuadrado|cubo|quadrato)|ao\s(?:quadrado|cubo)|(?:zum|im)\squadrat|quadriert|hoch|в\s(?:квадрате|кубе)|fois|veces|volte|vezes|раза?|mal|fach|de\s(?:plus|moins)|(?:ou|oder|o|или)\s(?:plus|moins|mehr|weniger|más|menos|più|meno|mais|больше|меньше|более|менее)`
const asianChangers = String.raw`倍\s?(?:的|[a-z])|平方(?![厘分毫千公]?米|[厘分毫千公]|\p{L})|立方(?![厘分毫千公]?米)|次方|以上|以下|以内|以內|左右|제곱|이상|이하|乗`
const isCjk = /[\u3000-\u9fff\uac00-\ud7af]/

const gap = String.raw`(?<=\d[}$)*]{0,3})[\s~]{0,2}`
const scale = new RegExp(`${gap}(?:${scales.map(([words], i) => `(?<s${i}>${endingWords(words)})`).join('|')})`, 'iu')
const changed = new RegExp(`${gap}(?:(?<=\\s)(?:${changers})(?!\\p{L})|${asianChangers})`, 'iu')

/** Words in letters with spaces end where a word ends; a Chinese or Korean sign may be followed by a unit. */
function endingWords(words: string): string {
  const all = words.split(/\|(?![^(]*\))/)
  const signs = all.filter((word) => isCjk.test(word))
  const spelled = all.filter((word) => !isCjk.test(word))
  return [...(spelled.length > 0 ? [`(?:${spelled.join('|')})(?![\\p{L}])`] : []), ...signs].join('|')
}

/** No answer with such words is longer. */
const longest = 200

/** The text with its number as the word behind it makes it; undefined when it is changed in a way that is not read. */
export function withForeignScale(text: string): string | undefined {
  if (text.length > longest || !/\d[}$)*\s~]{0,4}\p{L}/u.test(text)) return text
  if (changed.test(text)) return undefined
  const match = scale.exec(text)
  if (match !== null) {
    const i = scales.findIndex((_, at) => match.groups?.[`s${at}`] !== undefined)
    const behind = text.slice(match.index + match[0].length).replace(/^\.?\s(?:de|di|d['’])\s?/, ' ')
    return `${text.slice(0, match.index).replace(/\$/g, '')}\\times 10^{${scales[i][1]}}${behind.replace(/^[.$]/, '')}`
  }
  return text
}

/** A number with the words of prose behind it; undefined when they change it in a way that is not read. */
export function scaledBehind(number: string, behind: string): string | undefined {
  const words = /^(?:[\s$)*~]|\\[,;: )\]]){0,4}(\p{L}[\p{L}\s]{0,24})/u.exec(behind.slice(0, 32))?.[1]
  if (words === undefined || !/\d$/.test(number)) return number
  const said = withForeignScale(`${number} ${words}`)
  if (said === undefined) return undefined
  return /^.*\\times 10\^\{\d\}(?=[^{}]*$)/.exec(said)?.[0] ?? number
}

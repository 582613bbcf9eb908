// Words of other scripts that stand beside numbers, in English: connectors, magnitudes, units. `5 см` is 5 cm, `14万` is 14
// myriads, `1或2` is 1 or 2. A run of Chinese or Korean signs is read only when known words are all of it, so that
// no sentence is half English; single letters only behind a number or another unit.

const cyrillic = `и=and;или=or
тыс,тысяча,тысячи,тысяч=thousand;млн,миллион,миллиона,миллионов=million;млрд,миллиард,миллиарда,миллиардов=billion
м,метр,метра,метров=meters;см,сантиметр,сантиметра,сантиметров=cm;мм,миллиметр,миллиметра,миллиметров=mm;дм=dm
км,километр,километра,километров=km;г,гр,грамм,грамма,граммов=grams;кг,килограмм,килограмма,килограммов=kg;мг=mg
т,тонна,тонны,тонн=tonnes;л,литр,литра,литров=liters;мл=mL;с,сек,секунда,секунды,секунд=seconds
мин,минута,минуты,минут=minutes;ч,час,часа,часов=hours;день,дня,дней,сутки,суток=days;неделя,недели,недель=weeks
месяц,месяца,месяцев=months;год,года,лет=years;руб,рубль,рубля,рублей=rubles;градус,градуса,градусов=degrees
кв=square;куб=cubic;процент,процента,процентов=percent;человек,чел,человека=people;шт,штук,штуки=pieces`

const eastern = `或,或者=or;和,与,以及,及,且,并且=and;十万=lakh;百万=million;千万=crore;百=hundred;千=thousand;万,萬=myriad;亿,億=oku;만=myriad;억=oku;천=thousand
元,块,人民币=yuan;美元=dollars;欧元=euros;日元,円=yen;원=won;米,公尺,미터=meters;厘米,公分,センチ,센티미터=cm;毫米,밀리미터=mm;分米=dm
千米,公里,킬로미터=km;克,그램=grams;千克,公斤,킬로그램=kg;毫克=mg;吨=tonnes;升,리터=liters;毫升,밀리리터=mL
秒,초=seconds;分钟,分鐘,분=minutes;小时,小時,时,시간=hours;天,日,일=days;周,星期=weeks;个月,個月,개월=months;年,년=years
度,도=degrees;平方=square;立方=cubic;每=per;人,名,명=people;个,個,只,种,種,条,本,张,개,가지=pieces`

const accented = `tysiąc,tysiące,tysięcy,nghìn,ngàn=thousand;milionów,triệu=million;tỷ=billion
millón=million;milhão,milhões=million;bilhão,bilhões,milliárd=billion;mètre,mètres=meters
centimètre,centimètres=cm;kilomètre,kilomètres=km;degré,degrés=degrees;día,días=days;año,años,année,années=years`

function tableOf(rows: string): Map<string, string> {
  const table = new Map<string, string>()
  for (const row of rows.split(/[;\n]/)) {
    const [words, meaning] = row.split('=')
    for (const word of words.split(',')) table.set(word, meaning)
  }
  return table
}

const words = tableOf(`${cyrillic}\n${accented}`)
const signs = tableOf(eastern)
const longestSign = 5

const run =
  /[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+|\p{Script=Cyrillic}+|(?:\p{Script=Han}|\p{Script=Hangul}|\p{Script=Katakana})+/gu

/** The text with its known words of other scripts in English. */
export function translateWords(text: string): string {
  return text.replace(run, (found: string, at: number) => {
    if (found.length > 20 || found.charCodeAt(0) < 0x80) return accentedWord(found)
    const isCyrillic = found.charCodeAt(0) >= 0x400 && found.charCodeAt(0) < 0x530
    if (isCyrillic) {
      const meaning = words.get(found.toLowerCase())
      const isFree = found.length > 1 || found === 'и' || isBehindValue(text, at)
      return meaning === undefined || !isFree ? found : ` ${meaning} `
    }
    if (found.charCodeAt(0) < 0x2000) return accentedWord(found)
    return easternWords(found, text, at) ?? found
  })
}

function accentedWord(found: string): string {
  return words.get(found) ?? found
}

/** The words that a run consists of; undefined when something else is in it. */
function easternWords(found: string, text: string, at: number): string | undefined {
  const whole = signs.get(found)
  if (whole === 'or' || whole === 'and') return at > 0 ? ` ${whole} ` : undefined
  if (!isBehindValue(text, at)) return undefined
  const parts: string[] = []
  for (let from = 0; from < found.length; ) {
    let length = Math.min(longestSign, found.length - from)
    while (length > 0 && !signs.has(found.slice(from, from + length))) length--
    const meaning = signs.get(found.slice(from, from + length))
    if (meaning === undefined || meaning === 'or' || meaning === 'and') return undefined
    parts.push(meaning)
    from += length
  }
  return ` ${parts.join(' ')} `
}

/** Whether a number or a unit ends before `at`, or a group of text begins behind one. */
function isBehindValue(text: string, at: number): boolean {
  let before = at - 1
  while (before >= 0 && before > at - 12 && (text[before] === ' ' || text[before] === '$' || text[before] === '~'))
    before--
  return before >= 0 && /[0-9{}/)½\u2070-\u209f²³]/.test(text[before])
}

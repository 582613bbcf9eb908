// Words of other languages right before a number that make it a bound or a part of another: "mehr als 14", "le double de
// 14", "至少14". English ones are in bare-number.ts.

const words = [
  '(?:mehr|weniger|größer|kleiner|höher|niedriger)\\sals|mindestens|höchstens|beinahe|(?:doppelte|dreifache|hälfte)(?:\\svon)?|zweimal|dreimal',
  'plus\\s(?:de|que|grande?\\sque|petite?\\sque)|moins\\s(?:de|que)|(?:supérieur|inférieur)e?s?\\sà|au\\s(?:moins|plus)|presque|(?:double|triple|moitié)\\sde',
  'm[áa]s\\s(?:de|que)|menos\\s(?:de|que)|(?:mayor|menor)(?:es)?\\s(?:que|de|a)|al\\smenos|a\\slo\\ssumo|como\\s(?:máximo|mínimo)|casi|(?:doble|mitad)\\sde',
  'più\\sdi|meno\\sdi|(?:maggior|minor)[ei]\\sdi|almeno|al\\smassimo|(?:doppio|metà)\\sdi',
  'mais\\s(?:de|que)|(?:maior|menor)(?:es)?\\s(?:que|do\\sque)|pelo\\smenos|no\\smáximo|quase|(?:dobro|metade)\\sde',
  'больше(?:,\\sчем)?|меньше(?:,\\sчем)?|более|менее|почти|вдвое|удвоенн\\p{L}{2}|половин[аы]\\sот|минус',
  'moins|menos|meno',
].join('|')
const bound = new RegExp(
  `(?:(?<!\\p{L})(?:${words})\\s|(?:超过|超過|至少|至多|最多|最少|不到|不足|大于|大於|小于|小於|高于|低于|少于|多于|几乎|将近|[两二三]倍|一半|[负負]))[\\s$({*]{0,4}$`,
  'iu',
)

const behind =
  /^[^.,;!?\n]{0,30}(?<!\p{L})(?:weniger|mehr|(?:de|en)\s(?:plus|moins|trop)|zu\sviel|menos|más|de\smás|di\s(?:più|meno)|больше|меньше)(?!\p{L})/iu

/** Whether the words behind a number say that there are so many more or fewer. */
export function isDifferenceAbroad(text: string): boolean {
  return behind.test(text.slice(0, 60))
}

/** Whether the words that end a text bound or change the number behind it. */
export function isBoundAbroad(before: string): boolean {
  return bound.test(before.slice(-40))
}

// Rewards for the form of a completion, not its content: think and answer tags, length, repetition. Formulas are the
// public ones of open-r1, Logic-RL, TRL and DAPO; where one differs, its comment says how. All are linear in the text.

const tags = ['<think>', '</think>', '<answer>', '</answer>'] as const

/** Where each tag stands when every tag occurs exactly once and in order, otherwise undefined. */
function tagPlaces(text: string): readonly number[] | undefined {
  let from = 0
  const places: number[] = []
  for (const tag of tags) {
    const at = text.indexOf(tag)
    if (at < from || text.indexOf(tag, at + tag.length) >= 0) return undefined
    places.push(at)
    from = at + tag.length
  }
  return places
}

/**
 * The thinking and the answer, when the text is exactly `<think>..</think>` and then `<answer>..</answer>`: each tag
 * once, nothing but white space before, between and after.
 */
export function readThinkAnswer(text: string): { readonly thinking: string; readonly answer: string } | undefined {
  const trimmed = text.trim()
  const places = tagPlaces(trimmed)
  if (places === undefined) return undefined
  const [think, thinkEnd, answer, answerEnd] = places
  const isWhole = think === 0 && answerEnd + tags[3].length === trimmed.length
  if (!isWhole || trimmed.slice(thinkEnd + tags[1].length, answer).trim() !== '') return undefined
  const inside = (from: number, to: number, tag: string): string => trimmed.slice(from + tag.length, to).trim()
  return { thinking: inside(think, thinkEnd, tags[0]), answer: inside(answer, answerEnd, tags[2]) }
}

/** open-r1's format reward: 1 for {@link readThinkAnswer}'s form, else 0. Line breaks around the tags are free here. */
export function thinkAnswerReward(text: string): 0 | 1 {
  return readThinkAnswer(text) === undefined ? 0 : 1
}

/** Logic-RL's format reward: 1 when the four tags stand once each and in order, whatever is around them, else -1. */
export function logicRlFormatReward(text: string): 1 | -1 {
  return tagPlaces(text) === undefined ? -1 : 1
}

/**
 * Logic-RL's whole reward, -3 to 3: the format's 1 or -1, and 2 for a right answer, -1.5 for a wrong one, -2 for one
 * that cannot be read or that stands in a broken format.
 */
export function logicRlReward(text: string, answer: 'right' | 'wrong' | 'unparsable'): number {
  const format = logicRlFormatReward(text)
  if (format === -1 || answer === 'unparsable') return format - 2
  return format + (answer === 'right' ? 2 : -1.5)
}

/** The bounds of {@link cosineLengthReward}. */
export interface CosineLengthOptions {
  /** Rewards of a right completion: the first for the longest, the second for the shortest. */
  readonly right?: readonly [longest: number, shortest: number]
  /** Rewards of a wrong completion: the first for the longest, the second for the shortest. */
  readonly wrong?: readonly [longest: number, shortest: number]
}

/**
 * TRL's cosine reward: `longest + (shortest - longest) / 2 * (1 + cos(pi * length / maxLength))`. Right answers earn
 * more when short, wrong ones lose less when long. Differs: beyond `maxLength` it stays at its end instead of turning.
 */
export function cosineLengthReward(
  isRight: boolean,
  length: number,
  maxLength: number,
  { right = [0.5, 1], wrong = [-0.5, -1] }: CosineLengthOptions = {},
): number {
  const [longest, shortest] = isRight ? right : wrong
  const progress = maxLength > 0 ? Math.min(1, Math.max(0, length) / maxLength) : 1
  return longest + ((shortest - longest) / 2) * (1 + Math.cos(Math.PI * progress))
}

// Enough for any completion; keeps the set of n-grams small for a hostile one.
const maxRepetitionWords = 32_768

/** How {@link repetitionPenalty} counts. */
export interface RepetitionOptions {
  readonly ngram?: number
  /** At most 0. */
  readonly maxPenalty?: number
}

/**
 * open-r1's repetition penalty: `(1 - different n-grams / n-grams) * maxPenalty` over words split at white space, case
 * ignored; 0 for a text of fewer than `ngram` words. Only the first 32,768 words are read.
 */
export function repetitionPenalty(text: string, { ngram = 3, maxPenalty = -1 }: RepetitionOptions = {}): number {
  const words = text
    .toLowerCase()
    .split(/\s+/, maxRepetitionWords + 1)
    .filter(Boolean)
  const count = words.length - ngram + 1
  if (count < 1 || ngram < 1) return 0
  // Words become numbers first: a few words of many thousand characters would make every n-gram as long.
  const numbers = new Map<string, number>()
  const ids = words.map((word) => {
    const id = numbers.get(word) ?? numbers.size
    numbers.set(word, id)
    return id
  })
  const different = new Set<string>()
  for (let i = 0; i < count; i++) different.add(ids.slice(i, i + ngram).join(' '))
  // `0 -` because a minus zero is no penalty either, but prints and compares as one.
  return 0 - (1 - different.size / count) * Math.abs(maxPenalty)
}

/**
 * DAPO's soft overlong punishment: 0 up to `maxLength - cache` tokens, linear down to -1 at `maxLength`, -1 beyond.
 */
export function softOverlong(length: number, maxLength: number, cache: number): number {
  const free = maxLength - cache
  if (length <= free) return 0
  if (length >= maxLength) return -1
  return (free - length) / cache
}

// Which boxes of a completion are its answer: the last one, or the last few when they stand together as one statement
// ("x = [2] or x = [3]"). Boxing every candidate so gives a list, never a choice of the best.
import type { Box } from './boxes.ts'

/** The boxes that make the answer, in order. */
export interface LastBoxes {
  readonly boxes: readonly Box[]
  /** What they hold, each content once. */
  readonly contents: readonly string[]
  /** Whether the last box was cut off. */
  readonly closed: boolean
  /** The box before them that is no part of the answer. */
  readonly before?: Box
}

/** More boxes than this are not one answer. */
const most = 32
const longestGap = 120

const joiningWords = new Set(
  'and or also with the other is are first second third one solution solutions value values root roots text quad qquad mbox textbf mathrm left right alpha beta theta lambda part y et und oder ou или 或者'.split(
    ' ',
  ),
)

/** The last box, with those right before it when `join` is set. Empty boxes are skipped: they quote the instructions. */
export function lastBoxes(text: string, boxes: readonly Box[], join: boolean): LastBoxes | undefined {
  const full = boxes.filter(({ content }) => content.trim() !== '')
  const last = full.at(-1)
  if (last === undefined) return undefined
  let at = full.length - 1
  while (join && at > 0 && full.length - at < most && isJoining(text, full[at - 1].end, full[at].start)) at--
  const group = full.slice(at)
  const contents = [...new Set(group.map(({ content }) => content.trim()))]
  return { boxes: group, contents, closed: last.closed, ...(at > 0 && { before: full[at - 1] }) }
}

/** Whether two boxes belong to one statement: nothing but connecting words, names and signs stand between them. */
function isJoining(text: string, from: number, to: number): boolean {
  if (to - from > longestGap) return false
  const gap = text.slice(from, to)
  // One value, written twice.
  if (/^[\s$]*(?:=|\\approx|≈|\\equiv)[\s$]*$/.test(gap)) return false
  const words = gap.replace(/[a-z]_\{?\w{1,2}\}?/gi, ' ').match(/[\p{L}\d]+/gu)
  return (words ?? []).every((word) => word.length === 1 || joiningWords.has(word.toLowerCase()))
}

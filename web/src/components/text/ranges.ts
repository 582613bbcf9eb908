// Stretches of a text that are set apart from the rest: what a search found, what differs from another text.

/** Places in a text, in UTF-16 units. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A stretch of a text. */
export interface Stretch {
  readonly text: string
  readonly isMarked: boolean
}

/** More finds than a reader looks at. */
const MAX_FINDS = 500

/** Where `search` stands in `text`, small and capital letters alike. */
export function findAll(text: string, search: string): readonly Range[] {
  if (search === '') return []
  const lower = text.toLowerCase()
  // A few letters change their length in lower case (İ), and places would shift; then letters must be as they were typed.
  const isSafe = lower.length === text.length
  const hay = isSafe ? lower : text
  const needle = isSafe ? search.toLowerCase() : search
  const found: Range[] = []
  for (
    let at = hay.indexOf(needle);
    at >= 0 && found.length < MAX_FINDS;
    at = hay.indexOf(needle, at + needle.length)
  ) {
    found.push({ from: at, to: at + needle.length })
  }
  return found
}

/** The first `end` units of a text cut at `ranges`, which must be in order and apart. */
export function stretches(text: string, ranges: readonly Range[], end = text.length): readonly Stretch[] {
  const parts: Stretch[] = []
  const add = (from: number, to: number, isMarked: boolean): void => {
    if (to > from) parts.push({ text: text.slice(from, to), isMarked })
  }
  let at = 0
  for (const { from, to } of ranges) {
    if (from >= end) break
    add(at, from, false)
    add(from, Math.min(to, end), true)
    at = Math.min(to, end)
  }
  add(at, end, false)
  return parts
}

/** Where to cut a long text for a first look: after `lines` lines or `units` units, whichever is less, never inside a character. */
export function cutAt(text: string, lines: number, units: number): number {
  let end = -1
  for (let line = 0; line < lines; line++) {
    end = text.indexOf('\n', end + 1)
    if (end < 0 || end > units) break
  }
  const cut = Math.min(end < 0 ? text.length : end, units, text.length)
  const isInside = cut < text.length && /[\ud800-\udbff]/.test(text[cut - 1] ?? '') && /[\udc00-\udfff]/.test(text[cut])
  return isInside ? cut - 1 : cut
}

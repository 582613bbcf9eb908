// Retrieval metrics over character or token ranges: recall, precision, IoU and Precision-Omega, after the chunking
// study of arXiv 2502.15854 (its public evaluation, chunking_evaluation). Differs from it: ranges that only touch share
// nothing, so they never count as an intersection; there a touching chunk of no overlap enters the denominator.
// It knows no question and no retriever.

/** From `start` up to, not including, `end`. Ranges that are empty, reversed or not finite are ignored. */
export type Range = readonly [start: number, end: number]

/** How well retrieved ranges cover the gold ones, each in [0, 1]. */
export interface SpanScores {
  /** Share of the gold that was retrieved; 1 when there is no gold. */
  readonly recall: number
  /** Share of what was retrieved that is gold; a place retrieved twice counts twice. 1 when both sides are empty. */
  readonly precision: number
  /** What is shared over what is retrieved or gold; a place retrieved twice counts twice. 1 when both are empty. */
  readonly iou: number
}

const isReal = ([start, end]: Range): boolean => Number.isFinite(start) && Number.isFinite(end) && start < end

/** The same places as disjoint ranges in order that do not touch. */
export function unionOf(ranges: readonly Range[]): readonly Range[] {
  const sorted = ranges.filter(isReal).sort((a, b) => a[0] - b[0])
  const union: [number, number][] = []
  for (const [start, end] of sorted) {
    const last = union.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else union.push([start, end])
  }
  return union
}

const total = (ranges: readonly Range[]): number => ranges.reduce((sum, [start, end]) => sum + (end - start), 0)

/** How much two unions share; both as {@link unionOf} gives them. */
function shared(a: readonly Range[], b: readonly Range[]): number {
  let [i, j, sum] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    sum += Math.max(0, Math.min(a[i][1], b[j][1]) - Math.max(a[i][0], b[j][0]))
    if (a[i][1] < b[j][1]) i++
    else j++
  }
  return sum
}

/**
 * Recall, precision and IoU of the retrieved ranges.
 *
 * @example scoreSpans([[0, 10]], [[5, 15]]) // recall 0.5, precision 0.5, iou 1/3
 */
export function scoreSpans(gold: readonly Range[], retrieved: readonly Range[]): SpanScores {
  const goldUnion = unionOf(gold)
  const goldLength = total(goldUnion)
  const retrievedLength = total(retrieved.filter(isReal))
  const hit = shared(goldUnion, unionOf(retrieved))
  const share = (whole: number): number => {
    if (whole === 0) return goldLength === 0 ? 1 : 0
    return hit / whole
  }
  return {
    recall: goldLength === 0 ? 1 : hit / goldLength,
    precision: share(retrievedLength),
    iou: share(retrievedLength + goldLength - hit),
  }
}

/**
 * Precision-Omega: the IoU of the retrieval that takes every chunk with a part of the gold, the best that this chunking
 * allows. `|E and R*| / |R* or E|` with `R*` those chunks; 1 when there is no gold.
 *
 * @example precisionOmega([[0, 10]], [[0, 20], [20, 40]]) // 0.5
 */
export function precisionOmega(gold: readonly Range[], chunks: readonly Range[]): number {
  const goldUnion = unionOf(gold)
  const goldLength = total(goldUnion)
  if (goldLength === 0) return 1
  const taken = unionOf(chunks.filter((chunk) => isReal(chunk) && overlaps(goldUnion, chunk)))
  const hit = shared(goldUnion, taken)
  return hit / (total(taken) + goldLength - hit)
}

/** Whether the range shares a place with one of the union's; a binary search. */
function overlaps(union: readonly Range[], [start, end]: Range): boolean {
  let [low, high] = [0, union.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (union[middle][1] <= start) low = middle + 1
    else high = middle
  }
  return low < union.length && union[low][0] < end
}

/** The place of a quoted excerpt in a document: its first occurrence, or undefined when it is not there word for word. */
export function findExcerpt(document: string, excerpt: string): Range | undefined {
  const start = excerpt === '' ? -1 : document.indexOf(excerpt)
  return start < 0 ? undefined : [start, start + excerpt.length]
}

/**
 * Scores quoted excerpts against gold ranges of the document. An excerpt that is not in the document counts as
 * retrieved text of its length that holds no gold.
 */
export function scoreExcerpts(document: string, gold: readonly Range[], excerpts: readonly string[]): SpanScores {
  let invented = document.length
  const ranges = excerpts.map((excerpt): Range => {
    const found = findExcerpt(document, excerpt)
    if (found !== undefined) return found
    invented += excerpt.length
    return [invented - excerpt.length, invented]
  })
  return scoreSpans(gold, ranges)
}

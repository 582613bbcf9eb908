// The few points of a sparkline, kept while a log grows: when there are too many, every second one goes and the next ones
// come at twice the distance. It follows one metric: the reward, or the loss of a run that has no reward.

/** What a sparkline is of, the better one last. */
const NAMES = ['sft/nll', 'reward/mean'] as const
/** Points of an answer. */
export const SPARK_POINTS = 40

/** A sparkline that grows. */
export class SparkPoints {
  #rank = -1
  #stride = 0
  #points: { readonly byte: number; readonly value: number }[] = []

  /** A row that begins at `byte` of its log. */
  add(row: Readonly<Record<string, unknown>>, byte: number): void {
    for (let rank = Math.max(0, this.#rank); rank < NAMES.length; rank++) {
      const value = row[NAMES[rank]]
      if (typeof value !== 'number') continue
      if (rank > this.#rank) {
        this.clear()
        this.#rank = rank
      }
      this.#addPoint(byte, value)
    }
  }

  clear(): void {
    this.#rank = -1
    this.#stride = 0
    this.#points = []
  }

  /** At most {@link SPARK_POINTS}, the last one among them. */
  get spark(): { readonly name: string; readonly points: readonly number[] } | null {
    if (this.#rank < 0) return null
    const last = this.#points.length - 1
    const count = Math.min(SPARK_POINTS, this.#points.length)
    const points = Array.from(
      { length: count },
      (_, i) => this.#points[Math.round((i * last) / Math.max(1, count - 1))].value,
    )
    return { name: NAMES[this.#rank], points }
  }

  #addPoint(byte: number, value: number): void {
    const last = this.#points.at(-1)
    if (last !== undefined && byte - last.byte < this.#stride) return
    this.#points.push({ byte, value })
    if (this.#points.length <= 2 * SPARK_POINTS) return
    this.#stride = ((byte - this.#points[0].byte) / (this.#points.length - 1)) * 2
    this.#points = this.#points.filter((_, i) => i % 2 === 0)
  }
}

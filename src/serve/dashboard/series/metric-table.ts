// The metrics of a run as growing columns of numbers, NaN where a row has none. It knows no files. A log that was made to
// fill the memory, with many names or many empty rows, meets a limit before it does.
import { ApiError } from '../../http/api-error.ts'

/** A row as it was written: null where a number was not finite. */
export type MetricValues = Readonly<Record<string, unknown>>

/** Rows of room in a new table. */
const FIRST_ROWS = 256

/** Columns by name, all of the same length. */
export class MetricTable {
  readonly #maxBytes: number
  readonly #columns = new Map<string, Float64Array>()
  #capacity = FIRST_ROWS
  #rows = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get rows(): number {
    return this.#rows
  }

  /** Memory of the columns. */
  get bytes(): number {
    return this.#columns.size * this.#capacity * 8
  }

  /** Sorted. */
  get names(): readonly string[] {
    return [...this.#columns.keys()].sort()
  }

  /** @throws ApiError 422 when there is no room */
  append(values: MetricValues): void {
    if (this.#rows === this.#capacity) this.#grow()
    const row = this.#rows++
    for (const name in values) {
      const value = values[name]
      // A metric that is null in all rows has a column too.
      if (typeof value === 'number' || value === null) this.#column(name)[row] = value ?? Number.NaN
    }
  }

  /** A view of a column, valid until the next row; undefined when no row has it. */
  column(name: string): Float64Array | undefined {
    return this.#columns.get(name)?.subarray(0, this.#rows)
  }

  /** One number. */
  at(name: string, row: number): number {
    return this.#columns.get(name)?.[row] ?? Number.NaN
  }

  #column(name: string): Float64Array {
    const known = this.#columns.get(name)
    if (known !== undefined) return known
    this.#checkRoom(this.#columns.size + 1, this.#capacity)
    const made = new Float64Array(this.#capacity).fill(Number.NaN)
    this.#columns.set(name, made)
    return made
  }

  #grow(): void {
    const capacity = this.#capacity * 2
    this.#checkRoom(this.#columns.size, capacity)
    this.#capacity = capacity
    for (const [name, column] of this.#columns) {
      const larger = new Float64Array(this.#capacity).fill(Number.NaN, this.#rows)
      larger.set(column)
      this.#columns.set(name, larger)
    }
  }

  #checkRoom(columns: number, capacity: number): void {
    if (columns * capacity * 8 <= this.#maxBytes) return
    throw new ApiError(
      `The metrics of this run (${this.#rows} rows, ${columns} names) need more than ${this.#maxBytes / 2 ** 20} MB, the limit here.`,
      { status: 422, code: 'run-too-large' },
    )
  }
}

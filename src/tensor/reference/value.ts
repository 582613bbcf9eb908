// Values of the reference interpreter: float64 numbers in row-major order under a fixed shape, and the two loops that
// every kernel is written with. Clear, not fast. Types live in the graph: an int32 here is a whole number, a bool 0 or 1.

/** Numbers under a shape. */
export interface Value {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

/** How many numbers a shape holds; 1 for a scalar. */
export const countOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** Where the number at these coordinates stands in row-major order. */
export function offsetOf(shape: readonly number[], coordinates: readonly number[]): number {
  let offset = 0
  for (let axis = 0; axis < shape.length; axis++) offset = offset * shape[axis] + coordinates[axis]
  return offset
}

/** Visits all coordinates in row-major order. */
export function forEachIn(
  shape: readonly number[],
  visit: (coordinates: readonly number[], offset: number) => void,
): void {
  const count = countOf(shape)
  for (let offset = 0; offset < count; offset++) {
    const coordinates = new Array<number>(shape.length)
    let rest = offset
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      coordinates[axis] = rest % shape[axis]
      rest = Math.floor(rest / shape[axis])
    }
    visit(coordinates, offset)
  }
}

/** The numbers of a shape, each worked out from its coordinates. */
export function fill(shape: readonly number[], at: (coordinates: readonly number[]) => number): Float64Array {
  const out = new Float64Array(countOf(shape))
  forEachIn(shape, (coordinates, offset) => {
    out[offset] = at(coordinates)
  })
  return out
}

/** The number at coordinates that may have more axes than the value: last axes line up, axes of size one repeat. */
export function read(value: Value, coordinates: readonly number[]): number {
  const lead = coordinates.length - value.shape.length
  const own = value.shape.map((size, axis) => (size === 1 ? 0 : coordinates[axis + lead]))
  return value.data[offsetOf(value.shape, own)]
}

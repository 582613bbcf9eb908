// What may still stand in the cells of a latin grid, as bit masks: bit v is set while value v is possible. Rows,
// columns and boxes exclude what stands in them; signs exclude what is too large or too small, to a fixed point.
/** Cells row by row; 0 is free. `box` is rows and columns of a box; `less` are pairs of cells, the first the smaller. */
export type LatinInstance = {
  readonly size: number
  readonly box: readonly [number, number] | null
  readonly given: readonly number[]
  readonly less: readonly (readonly [number, number])[]
}

const shapes = new Map<string, { readonly units: readonly (readonly number[])[]; readonly of: number[][] }>()

/** Rows, columns and boxes as lists of cells, and for each cell the units that it is in. */
function shapeOf({ size, box }: LatinInstance): { units: readonly (readonly number[])[]; of: readonly number[][] } {
  const key = `${size}/${box?.join('x') ?? ''}`
  const known = shapes.get(key)
  if (known !== undefined) return known
  const line = Array.from({ length: size }, (_, i) => i)
  const units = [
    ...line.map((row) => line.map((i) => row * size + i)),
    ...line.map((column) => line.map((i) => i * size + column)),
  ]
  if (box !== null) {
    const [rows, columns] = box
    for (const b of line) {
      const across = size / columns
      const corner = Math.floor(b / across) * rows * size + (b % across) * columns
      units.push(line.map((i) => corner + Math.floor(i / columns) * size + (i % columns)))
    }
  }
  const of = Array.from({ length: size * size }, (_, cell) =>
    units.flatMap((unit, at) => (unit.includes(cell) ? [at] : [])),
  )
  const shape = { units, of }
  shapes.set(key, shape)
  return shape
}

/** The mask of every cell; 0 means that nothing fits there. */
export function candidatesOf(puzzle: LatinInstance, values: readonly number[], banned: readonly number[]): number[] {
  const { units, of } = shapeOf(puzzle)
  const all = (1 << (puzzle.size + 1)) - 2
  const used = units.map((unit) => {
    let mask = 0
    for (const cell of unit) mask |= 1 << values[cell]
    return mask
  })
  const masks = values.map((value, cell) => {
    if (value !== 0) return 1 << value
    let mask = all & ~banned[cell]
    for (const unit of of[cell]) mask &= ~used[unit]
    return mask
  })
  for (let changed = puzzle.less.length > 0; changed; ) {
    changed = false
    for (const [low, high] of puzzle.less) {
      const top = 31 - Math.clz32(masks[high])
      const bottom = masks[low] === 0 ? 31 : 31 - Math.clz32(masks[low] & -masks[low])
      const lower = masks[low] & ((1 << Math.max(top, 0)) - 1)
      const higher = masks[high] & ~((2 << bottom) - 1)
      if (lower === masks[low] && higher === masks[high]) continue
      masks[low] = lower
      masks[high] = higher
      changed = true
    }
  }
  return masks
}

/** The value (that one, when given) which of all free cells of some unit fits only into this cell, or undefined. */
export function placeOnly(
  puzzle: LatinInstance,
  values: readonly number[],
  masks: readonly number[],
  cell: number,
  wanted?: number,
): number | undefined {
  const { units, of } = shapeOf(puzzle)
  for (const at of of[cell]) {
    let elsewhere = 0
    for (const other of units[at])
      if (other !== cell) elsewhere |= values[other] === 0 ? masks[other] : 1 << values[other]
    const own = masks[cell] & ~elsewhere
    const chosen = wanted === undefined ? own : own & (1 << wanted)
    if (chosen !== 0) return valueIn(chosen)
  }
  return undefined
}

/** Whether the mask has exactly one value. */
export function onlyOne(mask: number): boolean {
  return mask !== 0 && (mask & (mask - 1)) === 0
}

/** The smallest value of a mask that is not 0. */
export function valueIn(mask: number): number {
  return 31 - Math.clz32(mask & -mask)
}

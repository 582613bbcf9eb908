// Rotary tables of an exported decoder. Longrope has two lists of factors, and transformers chooses by the longest
// position of each call: both tables are stored, one after the other, and the graph picks the rows.
import { add, cast, constant, greater, max, mul, type Tensor } from '../../tensor/index.ts'
import type { ModelConfig } from '../config.ts'
import { type RopeTables, ropeTables } from '../rope.ts'

/** Tables and, for each position, the row to read. */
export interface ExportedRope {
  readonly tables: RopeTables
  rows(positions: Tensor): Tensor
}

/** Tables for positions 0 .. `contextLimit` - 1. */
export function exportedRope(config: ModelConfig, contextLimit: number): ExportedRope {
  const scaling = config.ropeScaling
  const tables = ropeTables(config, contextLimit)
  if (scaling?.kind !== 'longrope' || contextLimit <= scaling.originalMaxPositions)
    return { tables, rows: (positions) => positions }
  const original = scaling.originalMaxPositions
  const whole = (value: number): Tensor => constant(Int32Array.of(value), [])
  return {
    tables: joined(ropeTables(config, original), tables),
    rows(positions) {
      const isLong = cast(greater(max(positions), whole(original - 1)), 'int32')
      return add(positions, mul(isLong, whole(original)))
    },
  }
}

function joined(a: RopeTables, b: RopeTables): RopeTables {
  const join = (x: Float32Array, y: Float32Array): Float32Array => {
    const out = new Float32Array(x.length + y.length)
    out.set(x)
    out.set(y, x.length)
    return out
  }
  return { cos: join(a.cos, b.cos), sin: join(a.sin, b.sin), positions: a.positions + b.positions, half: a.half }
}

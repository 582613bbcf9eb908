// The meaning of the matrix product and the fused operators.
import { type Kernel, kernel } from './kernel.ts'
import { countOf, fill, read, type Value } from './value.ts'

/** Maps each row of the last axis. */
const byRow = (map: (row: Float64Array) => Float64Array): Kernel =>
  kernel(([x]) => {
    const out = new Float64Array(x.data.length)
    for (const [start, row] of rowsOf(x)) out.set(map(row), start)
    return out
  })

/** The rows of the last axis, each with where it starts. */
function rowsOf(x: Value): [start: number, row: Float64Array][] {
  const width = x.shape[x.shape.length - 1]
  const rows = countOf(x.shape.slice(0, -1))
  return Array.from({ length: width === 0 ? 0 : rows }, (_, i) => [i * width, x.data.slice(i * width, (i + 1) * width)])
}

function logSoftmax(row: Float64Array): Float64Array {
  const top = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const log = top + Math.log(row.reduce((total, x) => total + Math.exp(x - top), 0))
  return row.map((x) => x - log)
}

const matmul = kernel(([a, b], shape, node) => {
  const { transA, transB, alpha } = node.attrs as { transA: boolean; transB: boolean; alpha: number }
  const inner = a.shape[a.shape.length - (transA ? 2 : 1)]
  return fill(shape, (at) => {
    const batch = at.slice(0, -2)
    const [m, n] = at.slice(-2)
    let total = 0
    for (let k = 0; k < inner; k++) {
      total += read(a, [...batch, ...(transA ? [k, m] : [m, k])]) * read(b, [...batch, ...(transB ? [n, k] : [k, n])])
    }
    return alpha * total
  })
})

const normalize: Kernel = ([x, gain], { node }) => {
  const rows = rowsOf(x)
  const inverse = new Float64Array(rows.length)
  const out = new Float64Array(x.data.length)
  rows.forEach(([start, row], i) => {
    const meanSquare = row.reduce((total, value) => total + value * value, 0) / row.length
    inverse[i] = 1 / Math.sqrt(meanSquare + (node.attrs.eps as number))
    out.set(
      row.map((value, at) => value * inverse[i] * (gain ? gain.data[at] : 1)),
      start,
    )
  })
  return [out, inverse]
}

const rotate = kernel(([x, positions, cos, sin], shape, node) => {
  const half = cos.shape[1]
  const width = node.attrs.width as number
  return fill(shape, ([b, t, place]) => {
    const own = read(x, [b, t, place])
    const w = place % width
    if (w >= 2 * half) return own
    const position = read(positions, [b, t])
    const [angle, partner, sign] = w < half ? [w, place + half, -1] : [w - half, place - half, 1]
    return own * read(cos, [position, angle]) + sign * read(x, [b, t, partner]) * read(sin, [position, angle])
  })
})

const softmax = byRow((row) => logSoftmax(row).map(Math.exp))

const mix: Kernel = ([scores, values], context) => {
  const [weights] = softmax([scores], context)
  const shape = context.shapes[0]
  const places = scores.shape[scores.shape.length - 1]
  const mixed = fill(shape, (at) => {
    const [lead, w] = [at.slice(0, -1), at[at.length - 1]]
    let total = 0
    for (let s = 0; s < places; s++)
      total += read({ shape: scores.shape, data: weights }, [...lead, s]) * read(values, [...lead.slice(0, -1), s, w])
    return total
  })
  return [mixed, weights]
}

export const nnKernels: Readonly<Record<string, Kernel>> = {
  matmul,
  softmax,
  logSoftmax: byRow(logSoftmax),
  normalize,
  rotate,
  mix,
}

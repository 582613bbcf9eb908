// Number formats of GGUF tensors: float32, half, and q8_0, where 32 numbers share a scale. Rounding is to nearest
// (ties to even for halves, away from zero for q8_0, as ggml does). What a format cannot hold is an error: a weight that
// silently became infinite would make a model that answers nonsense.
import { GradusError } from '../../base/error.ts'
import { elementCount } from '../param-spec.ts'
import { narrow, toF16 } from '../safetensors/dtype.ts'

/** Formats that are written: the tensor's number, the file's, numbers per block and bytes per block. */
export const ggufDtypes = {
  f32: { id: 0, fileType: 0, block: 1, bytes: 4 },
  f16: { id: 1, fileType: 1, block: 1, bytes: 2 },
  q8_0: { id: 8, fileType: 7, block: 32, bytes: 34 },
} as const

/** A number format of a tensor. */
export type GgufDtype = keyof typeof ggufDtypes

/** Largest quantised value. */
const Q8_MOST = 127

const HALF_INFINITY = 0x7c00

/** Bytes of a tensor without padding. */
export function sizeBytes(dtype: GgufDtype, shape: readonly number[]): number {
  const { block, bytes } = ggufDtypes[dtype]
  return (elementCount(shape) / block) * bytes
}

/** The format of one tensor in a file of `dtype`: vectors stay float32, as do matrices whose rows are not whole blocks. */
export function dtypeOf(dtype: GgufDtype, shape: readonly number[]): GgufDtype {
  const isWhole = shape.length === 2 && shape[1] % ggufDtypes[dtype].block === 0
  return isWhole ? dtype : 'f32'
}

/**
 * The bytes of numbers, whole blocks of them; `name` is the tensor's, for errors.
 * @throws `model/not-finite`, `model/f16-overflow`
 */
export function encodeNumbers(dtype: GgufDtype, values: Float32Array, name: string): Uint8Array {
  refuseNotFinite(values, name)
  switch (dtype) {
    case 'f32':
      return narrow('F32', values)
    case 'f16':
      return halves(values, name)
    case 'q8_0':
      return q8Blocks(values, name)
    default:
      return dtype satisfies never
  }
}

function refuseNotFinite(values: Float32Array, name: string): void {
  // A loop rather than findIndex: it runs over every weight.
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue
    throw new GradusError('model/not-finite', `"${name}" holds ${values[i]}`, {
      hint: 'The model is broken: training diverged. Export an earlier checkpoint with --step.',
    })
  }
}

function halves(values: Float32Array, name: string): Uint8Array {
  const bytes = narrow('F16', values)
  const bits = new Uint16Array(bytes.buffer)
  const at = bits.findIndex((half) => (half & HALF_INFINITY) === HALF_INFINITY)
  if (at >= 0) throw overflow(name, values[at])
  return bytes
}

/** Each block: a half, the largest magnitude / 127, and 32 signed bytes in units of it. */
function q8Blocks(values: Float32Array, name: string): Uint8Array {
  const { block, bytes } = ggufDtypes.q8_0
  const out = new Uint8Array((values.length / block) * bytes)
  const view = new DataView(out.buffer)
  for (let from = 0, at = 0; from < values.length; from += block, at += bytes) {
    let most = 0
    for (let i = from; i < from + block; i++) most = Math.max(most, Math.abs(values[i]))
    const scale = Math.fround(most / Q8_MOST)
    const half = toF16(scale)
    if (half === HALF_INFINITY) throw overflow(name, most)
    view.setUint16(at, half, true)
    // A block too small for the scale's own format is zero.
    if (half === 0) continue
    const inverse = Math.fround(1 / scale)
    for (let i = 0; i < block; i++) view.setInt8(at + 2 + i, roundAwayFromZero(Math.fround(values[from + i] * inverse)))
  }
  return out
}

const roundAwayFromZero = (x: number): number => Math.sign(x) * Math.floor(Math.abs(x) + 0.5)

function overflow(name: string, value: number): GradusError {
  return new GradusError('model/f16-overflow', `"${name}" holds ${value}, which a 16-bit float cannot`, {
    hint: 'Export with --dtype f32.',
  })
}

// Number formats of safetensors files and their conversion to and from 32-bit floats.
// Narrowing rounds to nearest, ties to even. Assumes a little-endian machine, as the format itself is little-endian.

/** Bytes per element of every number format that a file may name. */
export const dtypeBytes = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
} as const

/** A number format of the file format. */
export type Dtype = keyof typeof dtypeBytes

/** Number formats that are written. */
export type FloatDtype = 'F32' | 'F16' | 'BF16'

/** True for a number format that this reader knows. */
export function isDtype(name: unknown): name is Dtype {
  return typeof name === 'string' && Object.hasOwn(dtypeBytes, name)
}

/** True for the formats that {@link widen} turns into floats. */
export function isFloat(dtype: Dtype): boolean {
  return dtype === 'F32' || dtype === 'F16' || dtype === 'BF16' || dtype === 'F64'
}

const bits = new Uint32Array(1)
const float = new Float32Array(bits.buffer)

/** The 16 bits of the nearest bfloat16. */
export function toBf16(value: number): number {
  float[0] = value
  const x = bits[0]
  // A NaN whose payload is only in the low half would round to infinity: keep it a quiet NaN.
  if ((x & 0x7fffffff) > 0x7f800000) return (x >>> 16) | 0x40
  return (x + 0x7fff + ((x >>> 16) & 1)) >>> 16
}

/** The number that 16 bits of bfloat16 stand for. */
export function fromBf16(half: number): number {
  bits[0] = half << 16
  return float[0]
}

/** The 16 bits of the nearest IEEE half; beyond 65504 (by half a step) it is infinite. */
export function toF16(value: number): number {
  float[0] = value
  const x = bits[0]
  const sign = (x >>> 16) & 0x8000
  const magnitude = x & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  if (magnitude >= 0x47800000) return sign | 0x7c00
  if (magnitude < 0x38800000) {
    // Below 2^-14 halves are multiples of 2^-24. Adding 0.5, whose last bit is 2^-24, rounds to such a multiple.
    float[0] = Math.abs(float[0]) + 0.5
    return sign | (bits[0] - 0x3f000000)
  }
  // Rebias the exponent from 127 to 15 and round the 13 bits that go; a carry runs into the exponent as it should.
  const rebiased = magnitude - 0x38000000
  return sign | ((rebiased + 0x0fff + ((rebiased >>> 13) & 1)) >>> 13)
}

/** The number that 16 bits of an IEEE half stand for. */
export function fromF16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

let f16Table: Float32Array | undefined

/** Widens stored bytes, which hold `into.length` numbers of a format that {@link isFloat}. */
export function widen(dtype: Dtype, bytes: Uint8Array, into: Float32Array): void {
  switch (dtype) {
    case 'F32':
      new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(bytes)
      return
    case 'BF16': {
      const halves = aligned(bytes, Uint16Array)
      const wide = new Uint32Array(into.buffer, into.byteOffset, into.length)
      for (let i = 0; i < wide.length; i++) wide[i] = halves[i] << 16
      return
    }
    case 'F16': {
      f16Table ??= Float32Array.from({ length: 65536 }, (_, half) => fromF16(half))
      const halves = aligned(bytes, Uint16Array)
      for (let i = 0; i < into.length; i++) into[i] = f16Table[halves[i]]
      return
    }
    case 'F64':
      into.set(aligned(bytes, Float64Array))
      return
    default:
      throw new RangeError(`${dtype} holds no floats`)
  }
}

/** The bytes of floats in `dtype`; for F32 a view, not a copy. */
export function narrow(dtype: FloatDtype, values: Float32Array): Uint8Array {
  if (dtype === 'F32') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const halves = new Uint16Array(values.length)
  const convert = dtype === 'BF16' ? toBf16 : toF16
  for (let i = 0; i < halves.length; i++) halves[i] = convert(values[i])
  return new Uint8Array(halves.buffer)
}

function aligned<T>(
  bytes: Uint8Array,
  view: { new (buffer: ArrayBufferLike, offset: number, length: number): T; readonly BYTES_PER_ELEMENT: number },
): T {
  const size = view.BYTES_PER_ELEMENT
  const source = bytes.byteOffset % size === 0 ? bytes : bytes.slice()
  return new view(source.buffer, source.byteOffset, source.byteLength / size)
}

// Arrays of numbers as raw little-endian bytes, in the element types that the protocol uses.

import { broken } from './proto-reader.ts'
import { isInt32, type WireTensor } from './tensor-data.ts'

/** Element types by their number on the wire. */
const ELEMENTS = [undefined, 'float32', 'int64', 'int32', 'bfloat16'] as const

/** Name of an element type. */
export type Element = NonNullable<(typeof ELEMENTS)[number]>

const WIDTH: Readonly<Record<Element, number>> = { float32: 4, int64: 8, int32: 4, bfloat16: 2 }

export const elementNumber = (element: Element): number => ELEMENTS.indexOf(element)

/** @throws `engine/bad-answer` for a type that nobody knows */
export function elementOf(number: number): Element {
  const element = ELEMENTS[number]
  if (element === undefined) throw broken(`element type ${number}`)
  return element
}

/** Numbers to bytes, of type int64, int32 or float32. */
export function toBytes(data: Int32Array | Float32Array, element: Exclude<Element, 'bfloat16'>): Uint8Array {
  const bytes = new Uint8Array(data.length * WIDTH[element])
  const view = new DataView(bytes.buffer)
  data.forEach((x: number, i: number) => {
    if (element === 'float32') view.setFloat32(4 * i, x, true)
    else if (element === 'int32') view.setInt32(4 * i, x, true)
    else view.setBigInt64(8 * i, BigInt(x), true)
  })
  return bytes
}

/** Bytes to numbers: integers as int32, all floats as float32. @throws `engine/bad-answer` */
export function fromBytes(bytes: Uint8Array, element: Element): Int32Array | Float32Array {
  const width = WIDTH[element]
  if (bytes.length % width !== 0) throw broken(`${bytes.length} bytes are no list of ${element}`)
  const count = bytes.length / width
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  switch (element) {
    case 'float32':
      return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true))
    case 'bfloat16': {
      // The upper half of a float32.
      const bits = Uint32Array.from({ length: count }, (_, i) => view.getUint16(2 * i, true) << 16)
      return new Float32Array(bits.buffer)
    }
    case 'int32':
      return Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i, true))
    case 'int64':
      return Int32Array.from({ length: count }, (_, i) => {
        const value = Number(view.getBigInt64(8 * i, true))
        if (!isInt32(value)) throw broken(`${value} is no 32-bit integer`)
        return value
      })
    default:
      return element satisfies never
  }
}

export const floatBytes = (data: Float32Array): Uint8Array => toBytes(data, 'float32')
export const readFloats = (bytes: Uint8Array): Float32Array => fromBytes(bytes, 'float32') as Float32Array
export const readInt32s = (bytes: Uint8Array): Int32Array => fromBytes(bytes, 'int32') as Int32Array

/** A tensor of the wire's two types from bytes of any. */
export function tensorFrom(bytes: Uint8Array, element: Element, shape?: readonly number[]): WireTensor {
  const data = fromBytes(bytes, element)
  return { dtype: data instanceof Int32Array ? 'int64' : 'float32', data, ...(shape && { shape }) }
}

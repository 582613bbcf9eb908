// A reader of GGUF files for tests, written from the specification: everything in memory, numbers widened to float32.
import { fromF16 } from '../../safetensors/dtype.ts'

/** A file's content. Shapes are outermost first. */
export interface GgufContent {
  readonly version: number
  readonly metadata: ReadonlyMap<string, unknown>
  readonly tensors: ReadonlyMap<string, { shape: number[]; type: number; offset: number; values: Float32Array }>
}

/** Reads a whole file. */
export function readGguf(bytes: Uint8Array): GgufContent {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const skip = (bytes: number): number => {
    at += bytes
    return at - bytes
  }
  const u32 = () => view.getUint32(skip(4), true)
  const u64 = () => Number(view.getBigUint64(skip(8), true))
  const text = () => {
    const length = u64()
    at += length
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(at - length, at))
  }
  const value = (type: number): unknown => {
    switch (type) {
      case 4:
        return u32()
      case 5:
        return u32() | 0
      case 6:
        return view.getFloat32(skip(4), true)
      case 7:
        return view.getUint8(skip(1)) === 1
      case 8:
        return text()
      case 9: {
        const item = u32()
        return Array.from({ length: u64() }, () => value(item))
      }
      default:
        throw new Error(`type ${type}`)
    }
  }
  if (text4(bytes) !== 'GGUF') throw new Error('magic')
  at = 4
  const version = u32()
  const tensorCount = u64()
  const entryCount = u64()
  const metadata = new Map<string, unknown>()
  for (let i = 0; i < entryCount; i++) {
    const key = text()
    metadata.set(key, value(u32()))
  }
  const infos = Array.from({ length: tensorCount }, () => {
    const name = text()
    const shape = Array.from({ length: u32() }, u64).reverse()
    return { name, shape, type: u32(), offset: u64() }
  })
  const start = Math.ceil(at / 32) * 32
  const tensors = infos.map(({ name, ...info }) => [name, { ...info, values: widened(view, start, info) }] as const)
  return { version, metadata, tensors: new Map(tensors) }
}

const text4 = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 4))

function widened(view: DataView, start: number, info: { shape: number[]; type: number; offset: number }): Float32Array {
  const length = info.shape.reduce((a, b) => a * b, 1)
  const from = start + info.offset
  return Float32Array.from({ length }, (_, i) => {
    if (info.type === 0) return view.getFloat32(from + 4 * i, true)
    if (info.type === 1) return fromF16(view.getUint16(from + 2 * i, true))
    const block = from + 34 * Math.floor(i / 32)
    return fromF16(view.getUint16(block, true)) * view.getInt8(block + 2 + (i % 32))
  })
}

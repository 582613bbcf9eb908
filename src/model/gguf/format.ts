// The head of a GGUF file, version 3: magic, typed metadata, where each tensor lies. Knows bytes, not models and not files.
// Everything is little-endian. Specification: docs/gguf.md of ggml-org/ggml.
import { ByteBuffer } from './byte-buffer.ts'
import { type GgufDtype, ggufDtypes, sizeBytes } from './dtype.ts'

/** Tensor data begins at multiples of this, counted from the end of the head, which is padded to it too. */
export const ALIGNMENT = 32

const VERSION = 3

/** A typed value of the metadata. */
export type MetadataValue =
  | { readonly kind: 'u32' | 'f32'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'i32-array' | 'f32-array'; readonly value: ArrayLike<number> }
  | { readonly kind: 'string-array'; readonly value: readonly string[] }

/** Metadata in the order in which it is written. */
export type Metadata = Readonly<Record<string, MetadataValue>>

/** What the head says of a tensor. */
export interface TensorInfo {
  readonly name: string
  /** Outermost axis first, as everywhere here; the file has them the other way round. */
  readonly shape: readonly number[]
  readonly dtype: GgufDtype
}

/** Numbers of the format for types of values. */
const typeIds = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const

export const u32 = (value: number): MetadataValue => ({ kind: 'u32', value })
export const f32 = (value: number): MetadataValue => ({ kind: 'f32', value })
export const bool = (value: boolean): MetadataValue => ({ kind: 'bool', value })
export const text = (value: string): MetadataValue => ({ kind: 'string', value })

/** Bytes up to the next multiple of the alignment. */
export const paddingAfter = (bytes: number): number => (ALIGNMENT - (bytes % ALIGNMENT)) % ALIGNMENT

/** The head of a file whose tensors follow in this order, each padded to the alignment. */
export function encodeHead(metadata: Metadata, tensors: readonly TensorInfo[]): Uint8Array {
  const out = new ByteBuffer()
  const entries = Object.entries(metadata)
  out.bytes(new TextEncoder().encode('GGUF'))
  out.u32(VERSION)
  out.u64(tensors.length)
  out.u64(entries.length)
  for (const [key, value] of entries) {
    out.string(key)
    writeValue(out, value)
  }
  let offset = 0
  for (const { name, shape, dtype } of tensors) {
    out.string(name)
    out.u32(shape.length)
    for (const size of shape.toReversed()) out.u64(size)
    out.u32(ggufDtypes[dtype].id)
    out.u64(offset)
    const bytes = sizeBytes(dtype, shape)
    offset += bytes + paddingAfter(bytes)
  }
  out.bytes(new Uint8Array(paddingAfter(out.length)))
  return out.take()
}

function writeValue(out: ByteBuffer, entry: MetadataValue): void {
  switch (entry.kind) {
    case 'u32':
    case 'f32':
      out.u32(typeIds[entry.kind])
      out[entry.kind](entry.value)
      return
    case 'bool':
      out.u32(typeIds.bool)
      out.bytes(Uint8Array.of(entry.value ? 1 : 0))
      return
    case 'string':
      out.u32(typeIds.string)
      out.string(entry.value)
      return
    case 'i32-array':
      writeArrayHead(out, typeIds.i32, entry.value.length)
      for (let i = 0; i < entry.value.length; i++) out.u32(entry.value[i])
      return
    case 'f32-array':
      writeArrayHead(out, typeIds.f32, entry.value.length)
      for (let i = 0; i < entry.value.length; i++) out.f32(entry.value[i])
      return
    case 'string-array':
      writeArrayHead(out, typeIds.string, entry.value.length)
      for (const item of entry.value) out.string(item)
      return
    default:
      entry satisfies never
  }
}

function writeArrayHead(out: ByteBuffer, itemType: number, length: number): void {
  out.u32(typeIds.array)
  out.u32(itemType)
  out.u64(length)
}

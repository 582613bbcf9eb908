// Reads protobuf without a schema: for tests, written apart from what writes it.

/** A field: its number and its value; bytes for what may be text, bytes or a message. */
export type Field = readonly [number: number, value: bigint | number | Uint8Array]

/** All fields of a message, in order. */
export function readProtobuf(data: Uint8Array): readonly Field[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const fields: Field[] = []
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = data[at++]
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
  }
  while (at < data.length) {
    const tag = Number(varint())
    const number = tag >> 3
    switch (tag & 7) {
      case 0:
        fields.push([number, varint()])
        break
      case 1:
        fields.push([number, view.getFloat64(at, true)])
        at += 8
        break
      case 2: {
        const size = Number(varint())
        fields.push([number, data.subarray(at, at + size)])
        at += size
        break
      }
      case 5:
        fields.push([number, view.getFloat32(at, true)])
        at += 4
        break
      default:
        throw new Error(`wire type ${tag & 7} at ${at}`)
    }
  }
  return fields
}

/** The values of one field. */
export const all = (data: Uint8Array, number: number): (bigint | number | Uint8Array)[] =>
  readProtobuf(data).flatMap(([field, value]) => (field === number ? [value] : []))

/** The first value of a field that is bytes. */
export function inner(data: Uint8Array, ...path: readonly number[]): Uint8Array {
  return path.reduce((message, number) => all(message, number)[0] as Uint8Array, data)
}

/** Bytes as text. */
export const textOf = (data: unknown): string => new TextDecoder('utf-8', { fatal: true }).decode(data as Uint8Array)

// Writes protobuf messages: a message is the concatenation of its fields, and a field is bytes. It reads nothing, and
// knows no schema: field numbers stand where a message is put together.

/** Fields in a row: a message, or a part of one. */
export function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields)
}

/** int32, int64, enum and bool; a negative number takes ten bytes. */
export function integer(field: number, value: number | bigint | boolean): Uint8Array {
  return Buffer.from([...varint(BigInt(field) << 3n), ...varint(BigInt.asUintN(64, BigInt(value)))])
}

/** double. */
export function double(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(9)
  bytes[0] = (field << 3) | 1
  bytes.writeDoubleLE(value, 1)
  return bytes
}

/** float. */
export function float(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(5)
  bytes[0] = (field << 3) | 5
  bytes.writeFloatLE(value, 1)
  return bytes
}

/** string, bytes, or a message inside another. A lone surrogate becomes U+FFFD: readers refuse what is not UTF-8. */
export function bytes(field: number, value: string | Uint8Array): Uint8Array {
  const data = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
  return Buffer.concat([Buffer.from([...varint((BigInt(field) << 3n) | 2n), ...varint(BigInt(data.length))]), data])
}

function varint(value: bigint): number[] {
  const digits: number[] = []
  let rest = value
  for (; rest > 127n; rest >>= 7n) digits.push(Number(rest & 127n) | 128)
  return [...digits, Number(rest)]
}

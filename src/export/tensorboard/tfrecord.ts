// The framing of TFRecord files: length, checksum of the length, data, checksum of the data, all little-endian.
import { maskedCrc32c } from '../bytes/crc32c.ts'

/** One record. */
export function tfRecord(data: Uint8Array): Uint8Array {
  const head = Buffer.alloc(12)
  head.writeBigUInt64LE(BigInt(data.length), 0)
  head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8)
  const tail = Buffer.alloc(4)
  tail.writeUInt32LE(maskedCrc32c(data), 0)
  return Buffer.concat([head, data, tail])
}

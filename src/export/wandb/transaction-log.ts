// The file of an offline run of Weights & Biases (`run-ID.wandb`): a log in the manner of LevelDB, in blocks of 32 KiB.
// A record is cut into chunks that do not cross a block; each has a checksum (CRC-32 of kind and data), a length and a kind.
import { crc32 } from 'node:zlib'

const blockBytes = 32 * 1024
const chunkHeadBytes = 7
const kinds = { whole: 1, first: 2, middle: 3, last: 4 } as const

/** Gives the bytes that records become, one after the other. */
export class TransactionLog {
  #offset = 0

  /** What a file begins with: `:W&B`, the magic number 0xbee1 and version 0. */
  head(): Uint8Array {
    this.#offset = 7
    return Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00])
  }

  /** A record, behind those before. */
  record(data: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = []
    let at = 0
    // A first chunk may be empty: it then fills the last seven bytes of a block.
    let isFirst = true
    do {
      let room = blockBytes - (this.#offset % blockBytes)
      if (room < chunkHeadBytes) {
        parts.push(Buffer.alloc(room))
        this.#offset += room
        room = blockBytes
      }
      const size = Math.min(data.length - at, room - chunkHeadBytes)
      const isLast = at + size === data.length
      const kind = isFirst ? (isLast ? kinds.whole : kinds.first) : isLast ? kinds.last : kinds.middle
      const chunk = Buffer.alloc(chunkHeadBytes + size)
      chunk.set(data.subarray(at, at + size), chunkHeadBytes)
      chunk[6] = kind
      chunk.writeUInt16LE(size, 4)
      chunk.writeUInt32LE(crc32(chunk.subarray(6)), 0)
      parts.push(chunk)
      this.#offset += chunk.length
      at += size
      isFirst = false
    } while (at < data.length)
    return Buffer.concat(parts)
  }
}

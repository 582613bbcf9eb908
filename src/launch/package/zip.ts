// A zip archive of a few files, the same bytes for the same files: no dates, names in order. It reads no archives.
import { crc32, deflateRawSync } from 'node:zlib'

/** Files by their paths, with forward slashes. */
export type Files = Readonly<Record<string, string | Uint8Array>>

/** 1980-01-01, the first day that zip knows. */
const DAY = 0x21
/** Names are UTF-8. */
const FLAGS = 0x800
const DEFLATED = 8
/** Made on Unix, so that the rights below mean something: rw-r--r--. */
const MADE_BY = (3 << 8) | 20
const RIGHTS = (0o100644 << 16) >>> 0

/** The archive. Good for less than 4 GiB and 65,536 files. */
export function zip(files: Files): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const path of Object.keys(files).sort()) {
    const name = Buffer.from(path)
    const plain = Buffer.from(files[path])
    const packed = deflateRawSync(plain)
    const facts = [FLAGS, DEFLATED, 0, DAY].map(u16)
    const sizes = [crc32(plain), packed.length, plain.length].map(u32)
    const names = [name.length, 0].map(u16)
    const local = Buffer.concat([u32(0x04034b50), u16(20), ...facts, ...sizes, ...names, name, packed])
    const rest = [u16(0), u16(0), u16(0), u32(RIGHTS), u32(offset)]
    directory.push(Buffer.concat([u32(0x02014b50), u16(MADE_BY), u16(20), ...facts, ...sizes, ...names, ...rest, name]))
    bodies.push(local)
    offset += local.length
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  const count = [0, 0, directory.length, directory.length].map(u16)
  const end = Buffer.concat([u32(0x06054b50), ...count, u32(size), u32(offset), u16(0)])
  return Buffer.concat([...bodies, ...directory, end])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

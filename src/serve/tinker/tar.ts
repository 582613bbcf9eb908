// A tar archive (POSIX ustar) of a flat folder, as a stream: 512-byte headers, contents padded to 512, two empty blocks.
// Names are at most 100 bytes here, owners are left out and times are fixed, so that equal files give equal bytes.
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const BLOCK = 512

/** The files of a folder, in the order of their names. */
export async function* tarOf(folder: string): AsyncGenerator<Uint8Array> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    const { size } = statSync(path)
    yield header(name, size)
    let sent = 0
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      sent += chunk.length
      yield chunk
    }
    if (sent !== size) throw new Error(`${name} changed while it was read`)
    if (size % BLOCK > 0) yield new Uint8Array(BLOCK - (size % BLOCK))
  }
  yield new Uint8Array(2 * BLOCK)
}

/** Bytes of the archive of a folder. */
export function tarBytes(folder: string): number {
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
  return sizes.reduce((sum, size) => sum + BLOCK + Math.ceil(size / BLOCK) * BLOCK, 2 * BLOCK)
}

function header(name: string, size: number): Uint8Array {
  const block = new Uint8Array(BLOCK)
  const put = (text: string, at: number): void => block.set(new TextEncoder().encode(text), at)
  put(name, 0)
  put('0000644\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${size.toString(8).padStart(11, '0')}\0`, 124)
  put(`${'0'.repeat(11)}\0`, 136)
  // The checksum counts its own field as spaces.
  put(' '.repeat(8), 148)
  put('0', 156)
  put('ustar\x0000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

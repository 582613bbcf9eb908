// Writes a GGUF file: head, then tensor after tensor in chunks; whole or not at all. The same input gives the same bytes.
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { elementCount } from '../param-spec.ts'
import { dtypeOf, encodeNumbers, type GgufDtype, sizeBytes } from './dtype.ts'
import { encodeHead, type Metadata, paddingAfter } from './format.ts'
import type { GgufTensor } from './tensors.ts'

/** Numbers converted at a time, unless one row has more; whole blocks of every format. */
const CHUNK_LENGTH = 1 << 18

/**
 * Writes a file, replacing `path` in one step when all is on disk, and gives its size in bytes.
 * @throws `model/not-finite`, `model/f16-overflow`
 */
export async function writeGguf(
  path: string,
  metadata: Metadata,
  tensors: readonly GgufTensor[],
  dtype: GgufDtype,
): Promise<number> {
  const infos = tensors.map(({ name, shape }) => ({ name, shape, dtype: dtypeOf(dtype, shape) }))
  const head = encodeHead(metadata, infos)
  const partial = `${path}.partial-${process.pid}`
  await mkdir(dirname(path), { recursive: true })
  try {
    const handle = await open(partial, 'w')
    let size = head.length
    try {
      await writeAll(handle, head)
      for (const [i, tensor] of tensors.entries()) {
        for (const chunk of chunks(tensor)) await writeAll(handle, encodeNumbers(infos[i].dtype, chunk, tensor.name))
        const bytes = sizeBytes(infos[i].dtype, tensor.shape)
        const padding = paddingAfter(bytes)
        await writeAll(handle, new Uint8Array(padding))
        size += bytes + padding
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(partial, path)
    return size
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** The numbers of a tensor in the order of the file. */
function* chunks({ shape, data, rowOrder }: GgufTensor): Generator<Float32Array> {
  if (rowOrder === undefined) {
    for (let from = 0; from < data.length; from += CHUNK_LENGTH) yield data.subarray(from, from + CHUNK_LENGTH)
    return
  }
  const columns = elementCount(shape.slice(1))
  const rows = Math.max(1, Math.floor(CHUNK_LENGTH / columns))
  for (let first = 0; first < rowOrder.length; first += rows) {
    const order = rowOrder.subarray(first, first + rows)
    const chunk = new Float32Array(order.length * columns)
    order.forEach((row, i) => {
      chunk.set(data.subarray(row * columns, (row + 1) * columns), i * columns)
    })
    yield chunk
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten
}

// Writes one safetensors file: sorted by name, so that equal tensors give equal bytes; whole or not at all.
// Writes floats only.
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { GradusError } from '../../base/error.ts'
import { dtypeBytes, type FloatDtype, narrow } from './dtype.ts'
import { encodeHeader, type TensorEntry } from './header.ts'

/** Numbers narrowed at a time. */
const CHUNK_LENGTH = 1 << 18

/** A tensor to be written; `data` may be a view into a larger array. */
export interface NamedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** How tensors are written. */
export interface WriteOptions {
  /** Default F32; the others round to nearest, ties to even. */
  readonly dtype?: FloatDtype
  /** Free text; `format: 'pt'` is what transformers looks for. */
  readonly metadata?: Readonly<Record<string, string>>
}

/**
 * Writes tensors into `path`, replacing it in one step when all is on disk.
 * @throws `model/bad-tensors` when a name repeats or a shape does not fit its data
 */
export async function writeSafetensors(
  path: string,
  tensors: readonly NamedTensor[],
  { dtype = 'F32', metadata = {} }: WriteOptions = {},
): Promise<void> {
  const sorted = tensors.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const header = encodeHeader(layOut(sorted, dtype), metadata)
  const partial = `${path}.partial-${process.pid}`
  try {
    const handle = await open(partial, 'w')
    try {
      await writeAll(handle, header)
      for (const { data } of sorted) await writeData(handle, data, dtype)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(partial, path)
  } catch (cause) {
    await rm(partial, { force: true })
    throw new GradusError('model/cannot-write', `cannot write ${path}`, {
      hint: 'Check that the folder exists, may be written to and has room.',
      cause,
    })
  }
}

function layOut(tensors: readonly NamedTensor[], dtype: FloatDtype): TensorEntry[] {
  const fail = (what: string) => new GradusError('model/bad-tensors', what, { hint: 'This is a fault of the caller.' })
  let begin = 0
  return tensors.map(({ name, shape, data }, i) => {
    if (name === tensors[i - 1]?.name) throw fail(`two tensors are called "${name}"`)
    if (name === '__metadata__') throw fail('a tensor may not be called "__metadata__"')
    if (shape.reduce((product, size) => product * size, 1) !== data.length) {
      throw fail(`"${name}" of shape [${shape.join(', ')}] comes with ${data.length} numbers`)
    }
    const end = begin + data.length * dtypeBytes[dtype]
    const entry = { name, dtype, shape, begin, end }
    begin = end
    return entry
  })
}

async function writeData(handle: FileHandle, data: Float32Array, dtype: FloatDtype): Promise<void> {
  for (let from = 0; from < data.length; from += CHUNK_LENGTH) {
    await writeAll(handle, narrow(dtype, data.subarray(from, from + CHUNK_LENGTH)))
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten
}

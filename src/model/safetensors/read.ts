// Reads one safetensors file: the header at once, each tensor on demand straight into where it is wanted.
// Never holds more of the file in memory than a chunk.
import { type FileHandle, open } from 'node:fs/promises'
import { GradusError } from '../../base/error.ts'
import { dtypeBytes, isFloat, widen } from './dtype.ts'
import {
  badSafetensors,
  type Header,
  LENGTH_BYTES,
  parseHeader,
  parseHeaderLength,
  type TensorEntry,
} from './header.ts'

/** Bytes read at a time while widening; a multiple of every element size. */
const CHUNK_BYTES = 1 << 20

/** Named tensors that can be read one by one; close it when done. */
export interface SafetensorsFile extends Header {
  /**
   * Reads F32, F16, BF16 or F64 numbers into `into`, which must have the tensor's length.
   * @throws `model/no-tensor`, `model/wrong-shape`, `model/unsupported` for other formats
   */
  readInto(name: string, into: Float32Array): Promise<void>
  /** The stored little-endian bytes of a tensor of any format. */
  readBytes(name: string): Promise<Uint8Array>
  close(): Promise<void>
}

/**
 * Opens a safetensors file and checks its header.
 * @throws `model/bad-safetensors`, `model/no-file`
 */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new GradusError('model/no-file', `cannot open ${path}`, {
      hint: 'Check the path and its permissions.',
      cause,
    })
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw badSafetensors(`${path} is not a file`)
    if (stat.size < LENGTH_BYTES) throw badSafetensors(`${path}: ${stat.size} bytes are too few for a header`)
    const lead = await readAt(handle, 0, new Uint8Array(LENGTH_BYTES), path)
    const length = parseHeaderLength(lead, stat.size, path)
    const start = LENGTH_BYTES + length
    const json = await readAt(handle, LENGTH_BYTES, new Uint8Array(length), path)
    return fileOf(handle, path, start, parseHeader(json, stat.size - start, path))
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Every number of a tensor, in an array of its own. */
export async function readFloats(file: SafetensorsFile, name: string): Promise<Float32Array> {
  const shape = file.tensors.get(name)?.shape ?? []
  const into = new Float32Array(shape.reduce((product, size) => product * size, 1))
  await file.readInto(name, into)
  return into
}

/** The error for a name that no tensor has. */
export function noTensor(name: string, where: string): GradusError {
  return new GradusError('model/no-tensor', `${where} has no tensor "${name}"`, { hint: 'Its names are in `tensors`.' })
}

function fileOf(handle: FileHandle, path: string, start: number, header: Header): SafetensorsFile {
  const entryOf = (name: string): TensorEntry => {
    const entry = header.tensors.get(name)
    if (entry === undefined) throw noTensor(name, path)
    return entry
  }
  return {
    ...header,
    async readInto(name, into) {
      const { dtype, begin, end, shape } = entryOf(name)
      const size = dtypeBytes[dtype]
      if ((end - begin) / size !== into.length) {
        const message = `${path}: "${name}" has shape [${shape.join(', ')}], wanted ${into.length} numbers`
        throw new GradusError('model/wrong-shape', message, { hint: 'The configuration and the weights do not match.' })
      }
      if (!isFloat(dtype)) {
        throw new GradusError('model/unsupported', `${path}: "${name}" is stored as ${dtype}`, {
          hint: 'Convert the checkpoint to F32, F16 or BF16 first.',
        })
      }
      if (dtype === 'F32') {
        await readAt(handle, start + begin, new Uint8Array(into.buffer, into.byteOffset, into.byteLength), path)
        return
      }
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end - begin))
      for (let done = begin; done < end; done += chunk.length) {
        const bytes = chunk.subarray(0, Math.min(chunk.length, end - done))
        await readAt(handle, start + done, bytes, path)
        const first = (done - begin) / size
        widen(dtype, bytes, into.subarray(first, first + bytes.length / size))
      }
    },
    async readBytes(name) {
      const { begin, end } = entryOf(name)
      return readAt(handle, start + begin, new Uint8Array(end - begin), path)
    },
    close: () => handle.close(),
  }
}

async function readAt(handle: FileHandle, position: number, into: Uint8Array, path: string): Promise<Uint8Array> {
  // One call reads at most 2 GiB, and may read less.
  const most = 1 << 30
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await handle.read(into, done, Math.min(most, into.length - done), position + done)
    if (bytesRead === 0) throw badSafetensors(`${path} ends at byte ${position + done}; it shrank while being read`)
    done += bytesRead
  }
  return into
}

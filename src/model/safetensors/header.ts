// The header of a safetensors file: eight bytes of length, JSON, then data without gaps. Reads it without trust and
// writes it canonically. Knows bytes, not files.
import { GradusError } from '../../base/error.ts'
import { type Dtype, dtypeBytes, isDtype } from './dtype.ts'
import { findDuplicateKey } from './duplicate-key.ts'

/** The format's own limit on the length of the JSON. */
export const MAX_HEADER_BYTES = 100_000_000

/** Bytes before the JSON. */
export const LENGTH_BYTES = 8

/** Where a tensor's bytes lie, counted from the end of the header. */
export interface TensorEntry {
  readonly name: string
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** What a header says. */
export interface Header {
  readonly tensors: ReadonlyMap<string, TensorEntry>
  readonly metadata: Readonly<Record<string, string>>
}

/** The error for a file that breaks the format's rules. */
export function badSafetensors(what: string, cause?: unknown): GradusError {
  return new GradusError('model/bad-safetensors', what, {
    hint: 'The file is damaged, cut short or not a safetensors file. Copy or download it again.',
    cause,
  })
}

/** The length of the JSON from the first eight bytes, checked against the file's size. */
export function parseHeaderLength(bytes: Uint8Array, fileBytes: number, file: string): number {
  const long = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true)
  if (long > BigInt(MAX_HEADER_BYTES)) {
    throw badSafetensors(`${file}: the header claims ${long} bytes, more than ${MAX_HEADER_BYTES}`)
  }
  const length = Number(long)
  if (length > fileBytes - LENGTH_BYTES) {
    throw badSafetensors(`${file}: the header claims ${length} bytes, the file has ${fileBytes}`)
  }
  return length
}

/**
 * Parses the JSON of a header and checks that its tensors cover `dataBytes` bytes exactly, without overlaps or gaps.
 * @throws `model/bad-safetensors`
 */
export function parseHeader(json: Uint8Array, dataBytes: number, file: string): Header {
  const entries = Object.entries(parseObject(json, file))
  const metadata = parseMetadata(entries.find(([name]) => name === '__metadata__')?.[1], file)
  const tensors = new Map<string, TensorEntry>()
  for (const [name, entry] of entries) {
    if (name !== '__metadata__') tensors.set(name, parseEntry(name, entry, file))
  }
  checkCover([...tensors.values()], dataBytes, file)
  return { tensors, metadata }
}

function parseObject(json: Uint8Array, file: string): Readonly<Record<string, unknown>> {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json)
    value = JSON.parse(text)
  } catch (cause) {
    throw badSafetensors(`${file}: the header is not JSON`, cause)
  }
  if (!text.startsWith('{') || !isRecord(value)) throw badSafetensors(`${file}: the header is not a JSON object`)
  const twice = findDuplicateKey(text)
  if (twice !== undefined) throw badSafetensors(`${file}: the header has the key "${twice}" twice`)
  return value
}

function parseMetadata(value: unknown, file: string): Record<string, string> {
  if (value === undefined) return {}
  if (!isRecord(value) || Object.values(value).some((text) => typeof text !== 'string')) {
    throw badSafetensors(`${file}: __metadata__ must map names to strings`)
  }
  return value as Record<string, string>
}

function parseEntry(name: string, entry: unknown, file: string): TensorEntry {
  const fail = (what: string) => badSafetensors(`${file}: tensor "${name}" ${what}`)
  if (!isRecord(entry)) throw fail('is not described by an object')
  const { dtype, shape, data_offsets: offsets } = entry
  if (!isDtype(dtype)) throw fail(`has an unknown dtype ${JSON.stringify(dtype)}`)
  if (!Array.isArray(shape) || !shape.every(isSize)) throw fail(`has a bad shape ${JSON.stringify(shape)}`)
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize) || offsets[0] > offsets[1]) {
    throw fail(`has bad offsets ${JSON.stringify(offsets)}`)
  }
  const [begin, end] = offsets as [number, number]
  const bytes = shape.reduce((product: number, size: number) => product * size, dtypeBytes[dtype])
  if (bytes !== end - begin) {
    throw fail(`of shape [${shape.join(', ')}] ${dtype} needs ${bytes} bytes, but has ${end - begin}`)
  }
  return { name, dtype, shape, begin, end }
}

function checkCover(tensors: readonly TensorEntry[], dataBytes: number, file: string): void {
  let reached = 0
  for (const { name, begin, end } of tensors.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) {
      const problem = begin < reached ? 'overlaps the one before it' : 'leaves a gap before it'
      throw badSafetensors(`${file}: tensor "${name}" at byte ${begin} ${problem}, which ends at ${reached}`)
    }
    reached = end
  }
  if (reached !== dataBytes) {
    throw badSafetensors(`${file}: the tensors need ${reached} bytes of data, the file has ${dataBytes}`)
  }
}

/** Header bytes, length included, padded with spaces to a multiple of eight. Metadata keys are sorted. */
export function encodeHeader(tensors: readonly TensorEntry[], metadata: Readonly<Record<string, string>>): Uint8Array {
  const entries: [string, unknown][] = tensors.map(({ name, dtype, shape, begin, end }) => [
    name,
    { dtype, shape, data_offsets: [begin, end] },
  ])
  const sorted = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))
  if (sorted.length > 0) entries.unshift(['__metadata__', Object.fromEntries(sorted)])
  // Not Object.fromEntries: it would move names that look like numbers to the front.
  const json = `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
  const text = new TextEncoder().encode(json)
  const length = Math.ceil(text.length / 8) * 8
  const bytes = new Uint8Array(LENGTH_BYTES + length).fill(0x20)
  bytes.set(text, LENGTH_BYTES)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true)
  return bytes
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

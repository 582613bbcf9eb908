// A folder's weights as Hugging Face lays them out: one model.safetensors, or numbered shards with an index.
// Reads either as if it were one file; writes shards of a given size.
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { dtypeBytes } from './dtype.ts'
import { badSafetensors, type TensorEntry } from './header.ts'
import { noTensor, readSafetensors, type SafetensorsFile } from './read.ts'
import { type NamedTensor, type WriteOptions, writeSafetensors } from './write.ts'

const SINGLE = 'model.safetensors'
const INDEX = 'model.safetensors.index.json'
const SHARD = /^model-\d{5}-of-\d{5}\.safetensors$/

/**
 * Opens the weights of a model folder, in one file or sharded.
 * @throws `model/no-weights`, `model/bad-safetensors`
 */
export async function readSafetensorsFolder(folder: string): Promise<SafetensorsFile> {
  if (await exists(join(folder, SINGLE))) return readSafetensors(join(folder, SINGLE))
  if (!(await exists(join(folder, INDEX)))) {
    throw new GradusError('model/no-weights', `${folder} has neither ${SINGLE} nor ${INDEX}`, {
      hint: 'Only safetensors weights are read. A checkpoint in .bin or .gguf form has to be converted first.',
    })
  }
  const weightMap = parseIndex(await readFile(join(folder, INDEX), 'utf8'), join(folder, INDEX))
  const shards = new Map<string, SafetensorsFile>()
  try {
    for (const file of new Set(weightMap.values())) shards.set(file, await readSafetensors(join(folder, file)))
    return unite(shards, weightMap, folder)
  } catch (error) {
    await closeAll(shards)
    throw error
  }
}

/**
 * Writes the weights of a model folder: one file, or shards of at most `maxShardBytes` (a larger tensor gets a shard
 * of its own). Weights that an earlier call left there under other names are removed afterwards.
 * @throws `model/bad-tensors`, `model/cannot-write`
 */
export async function writeSafetensorsFolder(
  folder: string,
  tensors: readonly NamedTensor[],
  { maxShardBytes = Number.POSITIVE_INFINITY, ...options }: WriteOptions & { readonly maxShardBytes?: number } = {},
): Promise<void> {
  const size = dtypeBytes[options.dtype ?? 'F32']
  const shards = split(tensors, maxShardBytes / size)
  const nameOf = (i: number): string =>
    shards.length <= 1 ? SINGLE : `model-${pad(i + 1)}-of-${pad(shards.length)}.safetensors`
  for (const [i, shard] of shards.entries()) await writeSafetensors(join(folder, nameOf(i)), shard, options)
  const written = new Set(shards.map((_, i) => nameOf(i)))
  if (shards.length > 1) {
    written.add(INDEX)
    const placed = shards.flatMap((shard, i) => shard.map(({ name }) => [name, nameOf(i)] as const))
    const index = {
      metadata: { total_size: size * tensors.reduce((sum, { data }) => sum + data.length, 0) },
      weight_map: Object.fromEntries(placed.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    }
    const partial = join(folder, `${INDEX}.partial-${process.pid}`)
    await writeFile(partial, `${JSON.stringify(index, null, 2)}\n`)
    await rename(partial, join(folder, INDEX))
  }
  for (const file of await readdir(folder)) {
    const isWeights = file === SINGLE || file === INDEX || SHARD.test(file)
    if (isWeights && !written.has(file)) await rm(join(folder, file))
  }
}

function split(tensors: readonly NamedTensor[], maxLength: number): NamedTensor[][] {
  const shards: NamedTensor[][] = [[]]
  let length = 0
  for (const tensor of tensors) {
    if (length > 0 && length + tensor.data.length > maxLength) {
      shards.push([])
      length = 0
    }
    shards[shards.length - 1].push(tensor)
    length += tensor.data.length
  }
  return shards
}

function parseIndex(text: string, path: string): Map<string, string> {
  let index: unknown
  try {
    index = JSON.parse(text)
  } catch (cause) {
    throw badSafetensors(`${path} is not JSON`, cause)
  }
  const weightMap = (index as { weight_map?: unknown } | null)?.weight_map
  if (typeof weightMap !== 'object' || weightMap === null) throw badSafetensors(`${path} has no weight_map`)
  const entries = Object.entries(weightMap as Record<string, unknown>)
  for (const [name, file] of entries) {
    // A plain name: the index may not point outside its folder.
    if (typeof file !== 'string' || !/^[^/\\]+\.safetensors$/.test(file)) {
      throw badSafetensors(`${path}: "${name}" lies in ${JSON.stringify(file)}, which is not a file beside the index`)
    }
  }
  return new Map(entries as [string, string][])
}

function unite(
  shards: ReadonlyMap<string, SafetensorsFile>,
  weightMap: ReadonlyMap<string, string>,
  folder: string,
): SafetensorsFile {
  const owners = new Map<string, SafetensorsFile>()
  const tensors = new Map<string, TensorEntry>()
  for (const [file, shard] of shards) {
    for (const [name, entry] of shard.tensors) {
      if (owners.has(name)) throw badSafetensors(`${folder}: "${name}" is in two shards, one of them ${file}`)
      owners.set(name, shard)
      tensors.set(name, entry)
    }
  }
  for (const [name, file] of weightMap) {
    if (!shards.get(file)?.tensors.has(name))
      throw badSafetensors(`${folder}: the index puts "${name}" in ${file}, where it is not`)
  }
  const ownerOf = (name: string): SafetensorsFile => {
    const owner = owners.get(name)
    if (owner === undefined) throw noTensor(name, folder)
    return owner
  }
  return {
    tensors,
    metadata: Object.assign({}, ...[...shards.values()].map(({ metadata }) => metadata)) as Record<string, string>,
    readInto: async (name, into) => ownerOf(name).readInto(name, into),
    readBytes: async (name) => ownerOf(name).readBytes(name),
    close: () => closeAll(shards),
  }
}

async function closeAll(shards: ReadonlyMap<string, SafetensorsFile>): Promise<void> {
  for (const shard of shards.values()) await shard.close()
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function pad(number: number): string {
  return String(number).padStart(5, '0')
}

// Fetches a data set from the Hugging Face hub into a folder: only its data files, each written beside its name until it
// is whole and its checksum agrees, taken up again where it broke off. @huggingface/hub speaks the protocol.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GradusError, messageOf } from '../../base/error.ts'

/** How to fetch. */
export interface HubOptions {
  /** Where data sets are kept; default `GRADUS_CACHE`, else `~/.cache/gradus`, then `datasets`. */
  readonly cacheDir?: string
  /** Another hub. */
  readonly hubUrl?: string
  readonly accessToken?: string
  readonly fetch?: typeof fetch
  /** Told of each file before it is fetched. */
  readonly onFile?: (path: string, bytes: number) => void
}

const addressPattern =
  /^hf:([A-Za-z0-9][A-Za-z0-9._-]{0,95}\/[A-Za-z0-9][A-Za-z0-9._-]{0,95})((?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,95}){0,3})(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,95}))?$/
const dataFile = /\.(jsonl|ndjson|jsonl\.gz|json|parquet)$/

/** Whether a path names a data set of the hub: `hf:owner/name`, `hf:openai/gsm8k/main`, `hf:owner/name@revision`. */
export function isHubAddress(path: string): boolean {
  return path.startsWith('hf:')
}

/**
 * The local folder of the data set, or of the folder in it that the address names (one of several configurations),
 * complete.
 *
 * @throws `usage/bad-address`, `data/download-failed`, `data/bad-checksum`
 */
export async function hubDataset(address: string, options: HubOptions = {}): Promise<string> {
  const match = addressPattern.exec(address)
  if (match === null) {
    throw new GradusError('usage/bad-address', `"${address}" is no data set of the hub.`, {
      hint: 'Write hf:owner/name, hf:owner/name/folder or hf:owner/name@revision, such as hf:openai/gsm8k/main.',
    })
  }
  const [, name, inner, revision = 'main'] = match
  const cache = options.cacheDir ?? join(process.env.GRADUS_CACHE ?? join(homedir(), '.cache', 'gradus'), 'datasets')
  const folder = join(cache, name.replace('/', '--'), revision.replaceAll('/', '--'))
  const { listFiles, downloadFile } = await import('@huggingface/hub')
  const { hubUrl, fetch, accessToken = process.env.HF_TOKEN } = options
  const common = {
    repo: { type: 'dataset' as const, name },
    revision,
    ...(hubUrl && { hubUrl }),
    ...(fetch && { fetch }),
    ...(accessToken && { accessToken }),
  }
  try {
    let found = 0
    for await (const entry of listFiles({ ...common, recursive: true })) {
      if (entry.type !== 'file' || !dataFile.test(entry.path)) continue
      if (!`/${entry.path}`.startsWith(`${inner}/`)) continue
      found++
      const file: HubFile = { path: entry.path, bytes: entry.size, oid: entry.oid, sha256: entry.lfs?.oid }
      await fetchFile(folder, file, options, async () => {
        const blob = await downloadFile({ ...common, path: entry.path })
        if (blob === null) throw new Error(`the hub has no file ${entry.path}`)
        return blob
      })
    }
    if (found > 0) return join(folder, inner)
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'data/bad-checksum') throw cause
    throw new GradusError('data/download-failed', `${address} could not be fetched: ${messageOf(cause)}.`, {
      hint: `What was fetched is kept in ${folder}; the same command goes on from there. Private data sets need HF_TOKEN.`,
      cause,
    })
  }
  throw new GradusError('data/download-failed', `${address} holds no .jsonl, .json or .parquet files.`, {
    hint: 'Data sets that are made by a script have a converted copy: try @refs/convert/parquet as the revision.',
  })
}

interface HubFile {
  readonly path: string
  readonly bytes: number
  /** Git's name of the content, for small files. */
  readonly oid?: string
  readonly sha256?: string
}

async function fetchFile(
  folder: string,
  file: HubFile,
  { onFile }: HubOptions,
  open: () => Promise<Blob>,
): Promise<void> {
  const target = join(folder, safePath(file.path))
  if ((await sizeOf(target)) === file.bytes) return
  onFile?.(file.path, file.bytes)
  const part = `${target}.part`
  await mkdir(dirname(target), { recursive: true })
  const have = await sizeOf(part)
  const start = have !== undefined && have <= file.bytes ? have : 0
  const blob = await open()
  if (start < file.bytes) {
    const rest = start > 0 ? blob.slice(start) : blob
    const bytes = Readable.fromWeb(rest.stream() as Parameters<typeof Readable.fromWeb>[0])
    await pipeline(bytes, createWriteStream(part, { flags: start > 0 ? 'a' : 'w' }))
  }
  if (!(await isWhole(part, file))) {
    await rm(part)
    throw new GradusError('data/bad-checksum', `${file.path} arrived damaged and was thrown away.`, {
      hint: 'Run the command again.',
    })
  }
  await rename(part, target)
}

/** A path that stays inside the folder. */
function safePath(path: string): string {
  const clean = normalize(path)
  if (!isAbsolute(clean) && clean !== '..' && !clean.startsWith(`..${sep}`)) return clean
  throw new Error(`the hub names a file outside the data set: ${path}`)
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size
}

/** Whether the content is what the hub says: SHA-256 of large files, Git's blob name of small ones. */
async function isWhole(path: string, { bytes, oid, sha256 }: HubFile): Promise<boolean> {
  if ((await sizeOf(path)) !== bytes) return false
  const wanted = sha256 ?? oid
  if (wanted === undefined) return true
  const hash = createHash(sha256 === undefined ? 'sha1' : 'sha256')
  if (sha256 === undefined) hash.update(`blob ${bytes}\0`)
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex') === wanted
}

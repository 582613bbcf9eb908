// A checkpoint of a remote run is a folder like any other, but its weights stay on the server: `tinker.json` says where.
// Keys are never written.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeJsonAtomic } from '../../../base/atomic-file.ts'
import { GradusError, messageOf } from '../../../base/error.ts'

const NAME = 'tinker.json'

const pointerSchema = z.object({
  format: z.literal(1),
  /** Of the server. */
  url: z.string().min(1),
  dialect: z.string().min(1),
  /** Of weights and optimiser. */
  path: z.string().min(1),
  /** Of weights for sampling. */
  samplerPath: z.string().min(1).optional(),
  baseModel: z.string().min(1),
  rank: z.number().int().min(0),
  contextLimit: z.number().int().min(1).optional(),
})

/** What a folder says of weights that lie elsewhere. */
export type Pointer = z.infer<typeof pointerSchema>

/** Writes the file whole or not at all. @throws `store/disk-full`, `store/not-writable` */
export function writePointer(folder: string, pointer: Omit<Pointer, 'format'>): void {
  writeJsonAtomic(join(folder, NAME), { format: 1, ...pointer })
}

/** A folder's pointer, if it has one. @throws `store/bad-pointer` */
export async function readPointer(folder: string): Promise<Pointer | undefined> {
  const path = join(folder, NAME)
  if (!existsSync(path)) return undefined
  try {
    return pointerSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause)
    throw new GradusError('store/bad-pointer', `${path} cannot be read: ${why}`, {
      hint: 'It is written by a run on a remote engine. Use another checkpoint of the run.',
      cause,
    })
  }
}

/** Refuses a checkpoint whose weights are on another server. @throws `store/other-server` */
export function checkServer(pointer: Pointer, url: string, folder: string): void {
  if (sameUrl(pointer.url, url)) return
  throw new GradusError('store/other-server', `the weights of ${folder} are on ${pointer.url}, not on ${url}`, {
    hint: `Go on with --engine tinker:${pointer.url}`,
  })
}

const sameUrl = (a: string, b: string): boolean => a.replace(/\/+$/, '') === b.replace(/\/+$/, '')

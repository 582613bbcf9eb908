// The words that a reader has put on a run, in `tags.json` of its directory. A file that is none is read as no tags.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeJsonAtomic } from '../../../base/atomic-file.ts'
import { fileStamp } from '../file-stamp.ts'

/** Most tags of a run, and their length. */
const MOST_TAGS = 20
const LONGEST_TAG = 40
/** What so many tags can take, with room. */
const MOST_BYTES = 16_384

const tagsSchema = z
  .array(
    z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_TAG)
      // Control characters would hide in a list.
      .regex(/^\P{Cc}+$/u, 'a tag has no control characters'),
  )
  .max(MOST_TAGS)
  .transform((tags) => [...new Set(tags)])

/** The body of a request for other tags. */
export const tagsBody = z.object({ tags: tagsSchema })

/** The tags of a run. */
export function readTags(dir: string): readonly string[] {
  const path = join(dir, 'tags.json')
  const stamp = fileStamp(path)
  if (stamp === undefined || stamp.sizeBytes > MOST_BYTES) return []
  try {
    const parsed = tagsBody.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data.tags : []
  } catch {
    return []
  }
}

/** Keeps other tags. @throws `store/disk-full`, `store/not-writable` */
export function writeTags(dir: string, tags: readonly string[]): void {
  writeJsonAtomic(join(dir, 'tags.json'), { tags })
}

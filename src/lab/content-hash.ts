// A short name for plain data: equal content, equal name. Folders of runs are named by it, so that a run with other
// settings never lies where an older one is.
import { createHash } from 'node:crypto'
import { canonicalJson } from '../base/json.ts'

/** Eight hexadecimal digits; the order of keys does not matter. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 8)
}

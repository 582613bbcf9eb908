// What a state folder says of itself: which base it belongs to, and the secret that its links are signed with. What else is
// in it: sessions/ID.json, models/ID/ (model.json, live.safetensors, accepted/, done/), samplers/ID/, checkpoints/MODEL/KIND/NAME/.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic, writeJsonAtomic } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'
import { canonicalJson } from '../../base/json.ts'
import type { EmbeddedModel } from '../../engine/embedded-model.ts'

const FORMAT = 1

/** Adapters of another base would fit by chance only. @throws `config/other-base` */
export function checkBase(folder: string, { config, arena }: EmbeddedModel, name: string): void {
  const path = join(folder, 'server.json')
  const hash = createHash('sha256').update(canonicalJson(config))
  // A part of every weight: a base of many gigabytes should not be read for this.
  for (const view of arena.views().values())
    hash.update(new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, 4096)))
  const base = hash.digest('hex')
  if (!existsSync(path)) {
    writeJsonAtomic(path, { format: FORMAT, name, base })
    return
  }
  const known = JSON.parse(readFileSync(path, 'utf8')) as { format?: unknown; base?: unknown; name?: unknown }
  if (known.format === FORMAT && known.base === base) return
  throw new GradusError('config/other-base', `${folder} is the state of another base model ("${String(known.name)}")`, {
    hint: 'Serve the model that it was made with, or give another folder.',
  })
}

/** What links are signed with; made once. */
export function secretOf(folder: string): Uint8Array {
  const path = join(folder, 'secret')
  if (!existsSync(path)) writeFileAtomic(path, randomBytes(32))
  return readFileSync(path)
}

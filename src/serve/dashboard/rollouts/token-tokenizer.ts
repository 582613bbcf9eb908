// The tokenizer of a run, read once: from its newest checkpoint, else from the folder of the model that it started from. It
// stays the same over a run, so it is kept by the run and not by the checkpoint.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { GradusError } from '../../../base/error.ts'
import { listCheckpoints, readConfig, readRunInfo } from '../../../store/index.ts'
import { readTokenizer, type Tokenizer } from '../../../text/index.ts'

/** Tokenizers kept; those of large models take some megabytes. */
const MOST = 8

const startSchema = z.object({ model: z.string() })

/** Tokenizers by run. */
export class RunTokenizers {
  /** In the order of first use. */
  readonly #kept = new Map<string, Promise<Tokenizer>>()

  /** @throws `render/no-tokenizer`, `render/bad-tokenizer`, `store/...` */
  async of(dir: string): Promise<Tokenizer> {
    // A run that was begun anew in the same directory may have another one.
    const key = `${readRunInfo(dir).startedAt} ${dir}`
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const read = readTokenizer(folderOf(dir))
    this.#kept.set(key, read)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
    // What failed may be there the next time.
    read.catch(() => this.#kept.delete(key))
    return read
  }
}

function folderOf(dir: string): string {
  const newest = listCheckpoints(dir).at(-1)
  if (newest !== undefined) return newest.folder
  const start = startSchema.safeParse(readConfig(dir))
  if (start.success && existsSync(join(start.data.model, 'tokenizer.json'))) return start.data.model
  throw new GradusError('render/no-tokenizer', 'the run has no checkpoint yet, and no tokenizer of its base model', {
    hint: 'The tokens can be shown as soon as there is a checkpoint.',
  })
}

// Sessions: one per client process, kept alive by heartbeats and by every request. What a silent one holds in memory is
// given back; what it has saved, and its models on disk, stay, and a client that comes back goes on.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeJsonAtomic } from '../../base/atomic-file.ts'
import { Refusal } from './refusal.ts'
import { isName } from './tinker-path.ts'

/** What is written down of a session. */
export interface SessionInfo {
  readonly session_id: string
  readonly created: number
  readonly tags: readonly string[]
  readonly user_metadata?: Readonly<Record<string, unknown>>
  readonly sdk_version?: string
}

interface Known {
  readonly info: SessionInfo
  lastSeen: number
  isSilent: boolean
}

/** All sessions of a server. */
export class Sessions {
  readonly #root: string
  readonly #now: () => number
  readonly #limit: number
  readonly #known = new Map<string, Known>()

  constructor(root: string, limit: number, now: () => number) {
    this.#root = root
    this.#now = now
    this.#limit = limit
    mkdirSync(root, { recursive: true })
    for (const name of readdirSync(root)) {
      const id = name.replace(/\.json$/, '')
      const path = join(root, `${id}.json`)
      // A restart begins the wait for a sign of life anew.
      if (isName(id) && existsSync(path))
        this.#known.set(id, { info: JSON.parse(readFileSync(path, 'utf8')), lastSeen: now(), isSilent: false })
    }
  }

  /** @throws a refusal of status 429 when there are too many */
  add(info: SessionInfo): void {
    const alive = [...this.#known.values()].filter(({ isSilent }) => !isSilent).length
    if (alive >= this.#limit) throw new Refusal(429, `${alive} sessions are open`, { 'retry-after': '30' })
    writeJsonAtomic(join(this.#root, `${info.session_id}.json`), info)
    this.#known.set(info.session_id, { info, lastSeen: this.#now(), isSilent: false })
  }

  /** A sign of life. @throws a refusal of status 404 */
  touch(id: string): SessionInfo {
    const known = this.#known.get(id)
    if (!known) throw new Refusal(404, `there is no session "${id.slice(0, 200)}"`)
    known.lastSeen = this.#now()
    known.isSilent = false
    return known.info
  }

  /** Like {@link touch}, for what may belong to a session that is gone. */
  touchIfKnown(id: string): void {
    if (this.#known.has(id)) this.touch(id)
  }

  /** Newest first. */
  list(): SessionInfo[] {
    return [...this.#known.values()].map(({ info }) => info).sort((a, b) => b.created - a.created)
  }

  /** Sessions that have been silent for `limitMs` and were not yet told so. */
  fallenSilent(limitMs: number): string[] {
    const due = [...this.#known].filter(([, known]) => !known.isSilent && this.#now() - known.lastSeen > limitMs)
    return due.map(([id, known]) => {
      known.isSilent = true
      return id
    })
  }
}

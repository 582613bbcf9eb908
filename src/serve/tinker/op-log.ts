// The operations of one model on disk, so that what was accepted is done, once, also when the process is killed between
// any two lines. `accepted/SEQ` holds a request (a line of JSON, then its body) from before the client hears of it until
// nothing can need it again; `done/SEQ.json` holds what came of it. A request that is in both was finished; one that is
// only accepted is taken up again at the next start. Answers are kept for a while, by count and by bytes.
// Files appear whole, but nothing waits for the disk (it takes longer than a small step): a process may be killed at any
// time, while a power cut may lose the newest of these files. What is torn then is passed over.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeError } from '../../base/atomic-file.ts'
import type { Outcome } from './futures.ts'
import { userError } from './refusal.ts'

/** What the server does for a model, one after the other. */
export type OpKind =
  | 'forward'
  | 'forward_backward'
  | 'optim_step'
  | 'save_weights'
  | 'save_weights_for_sampler'
  | 'load_weights'

/** A request as it came. */
export interface Op {
  readonly seq: number
  readonly kind: OpKind
  /** Of the body: a resend is the same request, another body is a mistake. */
  readonly hash: string
  readonly form: 'json' | 'proto'
  readonly body: Uint8Array
}

/** A finished request. */
export interface DoneOp {
  readonly hash: string
  readonly outcome: Outcome
}

/** How many answers are kept. */
export interface Keep {
  readonly answers: number
  readonly bytes: number
}

const NEWLINE = 10

/** The folder of one model's operations. */
export class OpLog {
  readonly #accepted: string
  readonly #done: string
  readonly #keep: Keep
  /** Bytes of each kept answer, oldest first. */
  readonly #sizes = new Map<number, number>()
  #bytes = 0
  #last = 0

  constructor(folder: string, keep: Keep) {
    this.#accepted = join(folder, 'accepted')
    this.#done = join(folder, 'done')
    this.#keep = keep
    mkdirSync(this.#accepted, { recursive: true })
    mkdirSync(this.#done, { recursive: true })
    for (const seq of seqsIn(this.#done)) {
      const { size } = statSync(this.#donePath(seq))
      if (size > 0) this.#count(seq, size)
    }
  }

  /** The highest number that was finished. */
  get last(): number {
    return this.#last
  }

  /** Throws when the disk does. */
  accept({ seq, kind, hash, form, body }: Op): void {
    const header = new TextEncoder().encode(`${JSON.stringify({ seq, kind, hash, form })}\n`)
    const bytes = new Uint8Array(header.length + body.length)
    bytes.set(header)
    bytes.set(body, header.length)
    replaceFile(this.#acceptedPath(seq), bytes)
  }

  /** Every request whose body is still here, in order. */
  accepted(): Op[] {
    return seqsIn(this.#accepted).flatMap((seq) => {
      const bytes = readFileSync(this.#acceptedPath(seq))
      const end = bytes.indexOf(NEWLINE)
      if (end < 0) return []
      const header = JSON.parse(bytes.subarray(0, end).toString('utf8')) as Omit<Op, 'body'>
      return { ...header, body: bytes.subarray(end + 1) }
    })
  }

  /** Records what came of a request. Its body stays if `replay`: a restart has to do it again to have its gradient. */
  finish(seq: number, done: DoneOp, { replay }: { replay: boolean }): void {
    const text = JSON.stringify(done)
    replaceFile(this.#donePath(seq), text)
    this.#count(seq, text.length)
    if (!replay) rmSync(this.#acceptedPath(seq), { force: true })
    this.#forgetOld()
  }

  /** The gradients up to `seq` are in the weights: no body up to there is needed. */
  settle(seq: number): void {
    for (const old of seqsIn(this.#accepted)) if (old <= seq) rmSync(this.#acceptedPath(old), { force: true })
  }

  isDone(seq: number): boolean {
    return this.#sizes.has(seq)
  }

  /** @throws a refusal when the answer is no longer kept */
  done(seq: number): DoneOp {
    if (!this.#sizes.has(seq)) throw userError(`the answer to request ${seq} is no longer kept`)
    return JSON.parse(readFileSync(this.#donePath(seq), 'utf8')) as DoneOp
  }

  #count(seq: number, size: number): void {
    this.#bytes += size - (this.#sizes.get(seq) ?? 0)
    this.#sizes.set(seq, size)
    this.#last = Math.max(this.#last, seq)
  }

  #forgetOld(): void {
    for (const [seq, size] of this.#sizes) {
      // The newest answer stays whatever its size.
      if ((this.#sizes.size <= this.#keep.answers && this.#bytes <= this.#keep.bytes) || this.#sizes.size === 1) return
      rmSync(this.#donePath(seq), { force: true })
      this.#sizes.delete(seq)
      this.#bytes -= size
    }
  }

  #acceptedPath(seq: number): string {
    return join(this.#accepted, nameOf(seq))
  }

  #donePath(seq: number): string {
    return join(this.#done, `${nameOf(seq)}.json`)
  }
}

/** Writes beside and renames: there is the old file or the new one, whenever the process ends. */
function replaceFile(path: string, data: string | Uint8Array): void {
  const partial = `${path}.partial`
  try {
    writeFileSync(partial, data)
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw writeError(error, path)
  }
}

/** Padded, so that names sort like numbers. */
const nameOf = (seq: number): string => String(seq).padStart(12, '0')

/** Without those of an interrupted write. */
function seqsIn(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => /^\d{12}(?:\.json)?$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b)
}

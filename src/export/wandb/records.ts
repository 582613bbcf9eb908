// The records of an offline run, as wandb/proto/wandb_internal.proto defines them: what stands in a log is a Record with
// one of these as its content. Field numbers beside the calls are that file's.
import { bytes, integer, message } from '../bytes/protobuf.ts'

/** A numbered record around a content. */
export function record(number: number, content: Uint8Array): Uint8Array {
  return message(integer(1, number), content)
}

/** Who wrote the file, and the oldest reader it is for: the one that writes this form itself says 0.70.0. */
export function header(producer: string): Uint8Array {
  return bytes(21, bytes(1, message(bytes(1, producer), bytes(2, '0.70.0'))))
}

/** What a run is known by. */
export interface RunContent {
  readonly id: string
  readonly project: string
  readonly displayName: string
  readonly tags: readonly string[]
  readonly host?: string
  readonly commit?: string
  readonly startMs: number
  /** Names of the first level and their values as JSON. */
  readonly config: readonly (readonly [name: string, json: string])[]
}

/** The run. */
export function run({ id, project, displayName, tags, host, commit, startMs, config }: RunContent): Uint8Array {
  const none = new Uint8Array()
  return bytes(
    17,
    message(
      bytes(1, id),
      bytes(3, project),
      bytes(4, message(...config.map(([name, json]) => bytes(1, message(bytes(1, name), bytes(16, json)))))),
      bytes(8, displayName),
      ...tags.map((tag) => bytes(10, tag)),
      host === undefined ? none : bytes(13, host),
      bytes(17, timestamp(startMs)),
      // GitRepoRecord without an address of the repository.
      commit === undefined ? none : bytes(21, bytes(2, commit)),
    ),
  )
}

/** Values of one step; they are JSON, where a bare NaN, Infinity and -Infinity are numbers too. */
export function history(step: number, values: readonly (readonly [name: string, json: string])[]): Uint8Array {
  return bytes(2, message(...values.map((value) => bytes(1, item(value))), bytes(2, integer(1, step))))
}

/** What stands for the whole run in tables. */
export function summary(values: readonly (readonly [name: string, json: string])[]): Uint8Array {
  return bytes(3, message(...values.map((value) => bytes(1, item(value)))))
}

/** The end of the run. */
export function exit(code: number, runtimeSeconds: number): Uint8Array {
  return bytes(18, message(integer(1, code), integer(2, runtimeSeconds)))
}

// A nested key of one part: a dot in a name does not make a nested object of it.
function item([name, json]: readonly [string, string]): Uint8Array {
  return message(bytes(2, name), bytes(16, json))
}

function timestamp(ms: number): Uint8Array {
  const seconds = Math.floor(ms / 1000)
  return message(integer(1, seconds), integer(2, Math.round((ms - seconds * 1000) * 1e6)))
}

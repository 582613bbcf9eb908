// The vocabulary of a server that only speaks text: ids are UTF-8 bytes, so contexts and completions are ids for the rest
// of the system. Four more ids mark the end and whose turn it is; their names in a text are read as those ids. What such
// ids cost on the server is not known here: a token of a model is about four bytes of English.
import type { TokenIds, Vocab } from '../../../contracts/index.ts'

/** Whose turn begins. */
export type Role = 'system' | 'user' | 'assistant'

const EOS = 256
const ROLES: readonly Role[] = ['system', 'user', 'assistant']
const NAMES = ['<|end|>', ...ROLES.map((role) => `<|${role}|>`)]
const encoder = new TextEncoder()
// A byte order mark is text like any other: it must come back.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes and marks. A conversation is `<|user|>...<|assistant|>`; text without marks is one user's turn. */
export const byteVocab: Vocab & { readonly chatTemplate: string } = {
  size: EOS + NAMES.length,
  eos: EOS,
  pad: EOS,
  chatTemplate:
    "{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] }}{% endfor %}" +
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}",
  encode(text) {
    // At most three bytes for each UTF-16 unit; a mark has one id for many.
    const ids = new Int32Array(3 * text.length)
    let count = 0
    for (const part of parts(text)) {
      const mark = NAMES.indexOf(part)
      if (mark >= 0) ids[count++] = EOS + mark
      else for (const byte of encoder.encode(part)) ids[count++] = byte
    }
    return ids.slice(0, count)
  },
  decode(ids) {
    return decoder.decode(Uint8Array.from(Array.from(ids).filter((id) => id >= 0 && id < EOS)))
  },
  token(id) {
    return NAMES[id - EOS] ?? (id >= 0 && id < 128 ? String.fromCharCode(id) : `<0x${id.toString(16).toUpperCase()}>`)
  },
}

/** A context cut into turns. */
export interface Turn {
  readonly role: Role
  readonly text: string
}

/** Turns of a context of the byte vocabulary. An assistant's turn at the end is to be continued; an empty one begins. */
export function turnsOf(context: TokenIds): Turn[] {
  const turns: Turn[] = []
  let role: Role | undefined
  let start = 0
  const close = (end: number): void => {
    if (role !== undefined || end > start)
      turns.push({ role: role ?? 'user', text: byteVocab.decode(context.subarray(start, end)) })
  }
  context.forEach((id, at) => {
    if (id <= EOS) return
    close(at)
    role = ROLES[id - EOS - 1]
    start = at + 1
  })
  close(context.length)
  return turns
}

/** The text between the names of marks, and the names. */
function* parts(text: string): Generator<string> {
  let start = 0
  for (let at = text.indexOf('<|'); at >= 0; at = text.indexOf('<|', at + 1)) {
    const name = NAMES.find((each) => text.startsWith(each, at))
    if (name === undefined) continue
    yield text.slice(start, at)
    yield name
    start = at + name.length
  }
  yield text.slice(start)
}

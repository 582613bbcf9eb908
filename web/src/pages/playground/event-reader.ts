// Reads server-sent events from the body of an answer to a POST, which EventSource cannot make. Bytes may be torn anywhere:
// inside a character, between CR and LF. Only `data` is looked at; an event that was begun and not ended is no event.

/** Longest event in characters; more is no answer of our server. */
const MAX_EVENT = 1_000_000

/** The data of each event, in order. Ends with the body; leaving the loop cancels the body. @throws when an event is endless */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const events = new EventLines()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      yield* events.take(done ? decoder.decode() : decoder.decode(value, { stream: true }))
      if (done) return
    }
  } finally {
    // What is cancelled after its end, or after an error of its own, needs nothing more.
    await reader.cancel().catch(() => undefined)
  }
}

/** Cuts text into lines, and lines into events. */
class EventLines {
  #line = ''
  #data: string[] = []
  #size = 0
  /** The last text ended with CR: an LF that comes first in the next one belongs to it. */
  #endedWithCr = false

  /** The events that end in `text`. */
  take(text: string): readonly string[] {
    if (text === '') return []
    const ended: string[] = []
    const fresh = this.#endedWithCr && text.startsWith('\n') ? text.slice(1) : text
    this.#endedWithCr = text.endsWith('\r')
    const parts = fresh.split(/\r\n|\r|\n/)
    for (const [i, part] of parts.entries()) {
      this.#line += part
      this.#size += part.length
      if (this.#size > MAX_EVENT) throw new Error('The server sent an event without end')
      // What follows the last end of line may go on.
      if (i === parts.length - 1) break
      const event = this.#endLine()
      if (event !== undefined) ended.push(event)
    }
    return ended
  }

  /** Takes the line that is now whole; gives the event that it ends. */
  #endLine(): string | undefined {
    const line = this.#line
    this.#line = ''
    if (line !== '') {
      const [, name, value] = /^([^:]*):? ?([\s\S]*)$/.exec(line) ?? []
      if (name === 'data') this.#data.push(value)
      return undefined
    }
    const data = this.#data
    this.#data = []
    this.#size = 0
    return data.length === 0 ? undefined : data.join('\n')
  }
}

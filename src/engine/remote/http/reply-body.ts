// Reads the body of a reply, piece by piece, up to a limit. Whoever stops early closes the connection.
import { tooLarge } from './http-error.ts'

/** The pieces of a body. @throws `remote/too-large` before more than `maxBytes` are held */
export async function* bodyPieces(response: Response, url: string, maxBytes: number): AsyncGenerator<Uint8Array> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel()
    throw tooLarge(url, maxBytes)
  }
  if (response.body === null) return
  const reader = response.body.getReader()
  let received = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      received += value.byteLength
      if (received > maxBytes) throw tooLarge(url, maxBytes)
      yield value
    }
  } finally {
    // A no-op at the end. What it rejects with, the reader has already thrown.
    await reader.cancel().catch(() => undefined)
  }
}

/** One array of all pieces. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}

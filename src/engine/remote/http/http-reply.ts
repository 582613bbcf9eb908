// One reply as a value: its bytes, and readings of them.
import { GradusError, messageOf } from '../../../base/error.ts'
import type { HttpReply } from './http-types.ts'

export function httpReply(url: string, status: number, headers: Headers, bytes: Uint8Array): HttpReply {
  const text = (): string => new TextDecoder().decode(bytes)
  return { url, status, headers, bytes, text, json: () => parsed(url, status, text()) }
}

function parsed(url: string, status: number, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const start = JSON.stringify(text.slice(0, 80))
    throw new GradusError('remote/bad-json', `${url} answered ${status} with no JSON (${messageOf(cause)}): ${start}`, {
      hint: 'Check that the URL is that of an API, not of a web page or a proxy.',
      cause,
    })
  }
}

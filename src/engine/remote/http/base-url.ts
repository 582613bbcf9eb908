// The parts of a client that are checked before anything is sent: its address and its headers. What is wrong with a
// header is said by its name: the value may be a key.
import { GradusError } from '../../../base/error.ts'

/** The URL below which all requests lie, with a slash at its end. @throws `remote/bad-url` */
export function parseBaseUrl(text: string): URL {
  const refuse = (why: string): GradusError =>
    new GradusError('remote/bad-url', `the base URL ${why}`, { hint: 'Write it like http://127.0.0.1:8000/v1' })
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw refuse(`${JSON.stringify(text.slice(0, 100))} is no http or https URL`)
  }
  if (url.username !== '' || url.password !== '') throw refuse('holds a name or password; give it as a header')
  if (url.search !== '' || url.hash !== '') throw refuse(`of ${url.host} holds a query or a fragment`)
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

/** `base` with `added` over it. @throws `remote/bad-header` */
export function checkedHeaders(added: Readonly<Record<string, string>> = {}, base?: Headers): Headers {
  const headers = new Headers(base)
  for (const [name, value] of Object.entries(added)) {
    try {
      headers.set(name, value)
    } catch {
      throw new GradusError('remote/bad-header', `header ${JSON.stringify(name)} cannot be sent`, {
        hint: 'Its name or value holds characters that headers cannot have: look for a line end or quotes in a key.',
      })
    }
  }
  return headers
}

/** The values among headers that must not be shown. */
export function secretsIn(headers: Readonly<Record<string, string>> = {}): string[] {
  const secret = Object.entries(headers).filter(([name]) => /auth|key|token|secret|cookie/i.test(name))
  // What follows the scheme: `Bearer` is no secret.
  return secret.map(([, value]) => value.trim().slice(value.trim().lastIndexOf(' ') + 1))
}

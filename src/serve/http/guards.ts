// Who may ask: the Host header a local server expects (a web page whose name was pointed at 127.0.0.1 sends another
// one), the API key, and the origins that browsers may show answers to. They know no routes.
import { createHash, timingSafeEqual } from 'node:crypto'
import { ApiError } from './api-error.ts'

/** `localhost`, 127.0.0.0/8 or `::1`: addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

/** A host as it stands in a URL. */
export const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** Host headers that a loopback server answers to. */
export function loopbackHosts(host: string, port: number): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '[::1]', inUrl(host)]
  return new Set(names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]))
}

/** @throws ApiError 403 */
export function checkHost(header: string | undefined, allowed: ReadonlySet<string>): void {
  if (header !== undefined && allowed.has(header.toLowerCase())) return
  throw new ApiError('This server listens on this machine only and does not know the host in the Host header.', {
    status: 403,
    type: 'permission_error',
    code: 'unknown_host',
  })
}

/** Compares keys in a time that says nothing about them. */
export function keyCheck(key: string): (headers: Pick<Headers, 'get'>) => void {
  const expected = digest(key)
  return (headers) => {
    const [scheme = '', bearer = ''] = (headers.get('authorization') ?? '').split(' ', 2)
    const given = scheme.toLowerCase() === 'bearer' ? bearer : (headers.get('x-api-key') ?? '')
    if (timingSafeEqual(digest(given), expected)) return
    throw new ApiError('The API key is missing or wrong. Send it as "Authorization: Bearer KEY".', {
      status: 401,
      type: 'authentication_error',
      code: 'invalid_api_key',
      headers: { 'www-authenticate': 'Bearer' },
    })
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

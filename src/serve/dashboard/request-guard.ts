// Who may ask the dashboard: it has no key, so what a browser says of a request must show that no other site's page sent it.
// A page of another site can reach a server of this machine in two ways: by a name that it points here (the Host header
// tells), and by a plain request across origins (Origin and Sec-Fetch-Site tell).
import { isIP } from 'node:net'
import { ApiError } from '../http/api-error.ts'

/** The headers of a request. */
type Asks = Pick<Headers, 'get'>

/**
 * @throws ApiError 403 for a Host that is a foreign name: an address cannot be pointed elsewhere, and `names` are known
 */
export function checkHostName(headers: Asks, names: readonly string[]): void {
  const name = hostName(headers.get('host') ?? '')
  if (name !== undefined && (isIP(name) !== 0 || name === 'localhost' || names.includes(name))) return
  throw new ApiError('The Host header names no address of this server. Use its IP address or "localhost".', {
    status: 403,
    type: 'permission_error',
    code: 'unknown-host',
  })
}

/** @throws ApiError 403 for a request that another site's page sent */
export function checkSameOrigin(method: string, headers: Asks): void {
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  const isWrite = method !== 'GET' && method !== 'HEAD'
  const isForeign = site === 'cross-site' || (isWrite && site === 'same-site')
  // Programs outside browsers send no Origin; browsers always do with a write.
  if (!isForeign && (origin === null || origin === `http://${headers.get('host') ?? ''}`)) return
  throw new ApiError('Pages of other sites may not ask this server.', {
    status: 403,
    type: 'permission_error',
    code: 'foreign-origin',
  })
}

/** Without port and brackets, in lower case. */
function hostName(host: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::[0-9]{1,5})?$/.exec(host.toLowerCase())
  return match?.[1] ?? match?.[2]
}

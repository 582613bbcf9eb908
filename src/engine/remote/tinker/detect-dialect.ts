// Which server answers here. Told by its address, by what it says of itself, or by which routes it has; what cannot be told
// from outside (SkyRL's backend) is a guess that can be overruled by naming the dialect.
import { GradusError } from '../../../base/error.ts'
import type { HttpClient } from '../http/index.ts'
import { type Dialect, dialectOf } from './dialect.ts'
import { type Capabilities, capabilitiesSchema } from './wire/index.ts'

/** What was found out. */
export interface Detected {
  readonly dialect: Dialect
  /** True when something else would have looked the same. */
  readonly isGuess: boolean
}

/** What a server says it can do; nothing when it does not say. */
export async function askCapabilities(http: HttpClient, headers: Readonly<Record<string, string>>) {
  const reply = await http.request('api/v1/get_server_capabilities', { headers })
  const parsed = reply.status === 200 ? capabilitiesSchema.safeParse(tryJson(reply)) : undefined
  return parsed?.success ? parsed.data : undefined
}

/** Finds the dialect of a server. @throws `remote/not-tinker` when it has no routes of the protocol */
export async function detectDialect(
  http: HttpClient,
  headers: Readonly<Record<string, string>>,
  capabilities: Capabilities | undefined,
): Promise<Detected> {
  const sure = (name: string): Detected => ({ dialect: dialectOf(name), isGuess: false })
  if (capabilities?.server === 'gradus') return sure('gradus')
  if (capabilities?.supported_loss_fns) return sure('hatchery')
  const { hostname } = new URL(http.baseUrl)
  if (/(?:^|\.)thinkingmachines\.(?:ai|dev)$/.test(hostname)) return sure('hosted')
  // SkyRL: 422 for a body that it cannot read means that the route is there; the protobuf-only version has dropped it.
  const probe = await http.request('api/v1/forward', { json: {}, headers, retry: 'none' })
  if (probe.status === 404 && capabilities === undefined) await refuseStranger(http, headers)
  const hasJson = probe.status === 422 || probe.status === 400
  return { dialect: dialectOf(hasJson ? 'skyrl-jax' : 'skyrl-jax-proto'), isGuess: true }
}

/** Every Tinker server has the route of futures: 404 to a body that names none means that it is another kind of server. */
async function refuseStranger(http: HttpClient, headers: Readonly<Record<string, string>>): Promise<void> {
  const future = await http.request('api/v1/retrieve_future', { json: {}, headers, retry: 'none' })
  if (future.status !== 404) return
  const models = await http.request('v1/models', { headers, retry: 'none' })
  const what = models.status === 200 ? "it speaks OpenAI's protocol only" : 'it has none of the routes'
  throw new GradusError('remote/not-tinker', `${http.baseUrl} is no Tinker server: ${what}`, {
    hint: 'Give the address in front of /api/v1. A server of Gradus speaks Tinker when it is started with gradus serve MODEL --tinker.',
  })
}

function tryJson(reply: { json(): unknown }): unknown {
  try {
    return reply.json()
  } catch {
    return undefined
  }
}

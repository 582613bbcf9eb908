// The header that says who asks. A key is sent as it is; where the service wants short-lived tokens, the key is exchanged
// for one, which is renewed before it ends. No clock is read: a token says how long it lives.
import type { HttpClient } from '../http/index.ts'
import { statusError } from '../http/index.ts'
import { tokenSchema } from './wire/index.ts'

/** Renewed so long before its end. */
const EARLY_S = 300
/** Of a token that does not say how long it lives. */
const UNKNOWN_LIFE_S = 1800

/** Makes the headers of each request. */
export class KeyHeaders {
  readonly #http: HttpClient
  readonly #key: string
  #exchanges = false
  #token: Promise<string> | undefined
  /** What must not be shown: the key and the newest token. */
  secrets: readonly string[]
  #timer: NodeJS.Timeout | undefined

  constructor(http: HttpClient, key: string) {
    this.#http = http
    this.#key = key
    this.secrets = [key]
  }

  /** From now on the key is exchanged for tokens. */
  exchange(): void {
    this.#exchanges = true
  }

  async headers(): Promise<Record<string, string>> {
    if (!this.#exchanges) return { 'x-api-key': this.#key }
    this.#token ??= this.#renew()
    return { 'x-api-key': await this.#token }
  }

  /** Drops a token that was refused. False when there is none to drop, so that asking again is of no use. */
  refused(): boolean {
    const had = this.#token !== undefined
    this.#token = undefined
    return had
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  async #renew(): Promise<string> {
    try {
      const reply = await this.#http.request('api/v1/auth/token', {
        json: {},
        headers: { 'x-api-key': this.#key },
        retry: 'read',
      })
      if (reply.status !== 200) throw statusError(reply, { secrets: [this.#key] })
      const { jwt } = tokenSchema.parse(reply.json())
      this.secrets = [this.#key, jwt]
      const wait = Math.max(lifeOf(jwt) - EARLY_S, 30)
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => {
        this.#token = undefined
      }, wait * 1000).unref()
      return jwt
    } catch (error) {
      this.#token = undefined
      throw error
    }
  }
}

/** Seconds between a token's making and its end. */
function lifeOf(jwt: string): number {
  try {
    const { exp, iat } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >
    if (typeof exp === 'number' && typeof iat === 'number' && exp > iat) return Math.min(exp - iat, 86_400)
  } catch {}
  return UNKNOWN_LIFE_S
}

// Links that work without a key for a while, because whoever made them signed them: the path and the time they end, with
// a secret of this server.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs links with one secret. */
export class SignedLinks {
  readonly #secret: Uint8Array

  constructor(secret: Uint8Array) {
    this.#secret = secret
  }

  /** The part after the question mark. */
  sign(path: string, expires: number): string {
    return `expires=${expires}&signature=${this.#signature(path, expires)}`
  }

  /** True for a link of this server whose time is not over. */
  isValid(path: string, expires: string, signature: string, now: number): boolean {
    if (!/^\d{1,15}$/.test(expires) || !/^[0-9a-f]{64}$/.test(signature)) return false
    const expected = Buffer.from(this.#signature(path, Number(expires)), 'hex')
    return timingSafeEqual(expected, Buffer.from(signature, 'hex')) && now < Number(expires)
  }

  #signature(path: string, expires: number): string {
    return createHmac('sha256', this.#secret).update(`${expires} ${path}`).digest('hex')
  }
}

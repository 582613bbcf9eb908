// How many samples may be under way or waiting: what is beyond is refused at once with 429, so that a crowd makes
// answers late but never takes the server down. Samples wait in order of arrival; the engine keeps that order.
import { ApiError } from '../http/api-error.ts'

/** Limits of {@link Admission}. */
export interface Capacity {
  /** Samples decoded at once. */
  readonly rows: number
  /** Samples that may wait for a row. */
  readonly waiting: number
}

/** The samples of all requests together. */
export class Admission {
  readonly #most: number
  #taken = 0

  constructor({ rows, waiting }: Capacity) {
    this.#most = rows + waiting
  }

  /** Samples under way or waiting. */
  get taken(): number {
    return this.#taken
  }

  /** Room for so many samples, until the function given back is called. @throws ApiError 400, 429 */
  take(samples: number): () => void {
    if (samples > this.#most) {
      throw new ApiError(`The request is for ${samples} samples; this server takes ${this.#most} at once.`, {
        param: 'n',
        code: 'too_many_samples',
      })
    }
    if (this.#taken + samples > this.#most) {
      throw new ApiError(`${this.#taken} samples are under way or waiting, and no more than ${this.#most} may.`, {
        status: 429,
        type: 'rate_limit_error',
        code: 'queue_full',
        headers: { 'retry-after': '1' },
      })
    }
    this.#taken += samples
    let isTaken = true
    return () => {
      if (isTaken) this.#taken -= samples
      isTaken = false
    }
  }
}

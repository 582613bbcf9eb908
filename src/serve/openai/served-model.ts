// The model that the routes answer for, under one name; and the names that a request may give.
import type { Rng } from '../../base/rng.ts'
import type { Clock, Sampler } from '../../contracts/index.ts'
import type { Tokenizer } from '../../text/index.ts'
import { ApiError } from '../http/api-error.ts'

/** A way to spend compute while sampling: another sampler over the model's. Chosen as `name@strategy`. */
export type SamplingStrategy = (sampler: Sampler) => Sampler

/** A model with everything that answers say about it. */
export interface ServedModel {
  readonly name: string
  readonly sampler: Sampler
  readonly tokenizer: Tokenizer
  /** Unix time in seconds. */
  readonly created: number
  /** Changes with the weights and with the program. */
  readonly fingerprint: string
  readonly clock: Pick<Clock, 'iso'>
  /** Ids of answers, and seeds of requests that give none. */
  readonly rng: Rng
  /** By the name after `@`; none unless given. */
  readonly strategies?: ReadonlyMap<string, SamplingStrategy>
}

/** The sampler that a request's `model` means; no name at all is taken for the model's. @throws ApiError 404, 400 */
export function samplerFor(model: ServedModel, requested: string | null | undefined): Sampler {
  const { name, sampler, strategies } = model
  if (!requested || requested === name) return sampler
  const prefix = `${name}@`
  if (!requested.startsWith(prefix)) throw unknownModel(requested, name)
  const strategy = strategies?.get(requested.slice(prefix.length))
  if (strategy !== undefined) return strategy(sampler)
  const known = [...(strategies?.keys() ?? [])]
  const what = known.length === 0 ? 'This server has no strategies yet' : `The strategies are: ${known.join(', ')}`
  throw new ApiError(`${what}. Ask for the model "${name}" without "@" and what follows.`, {
    param: 'model',
    code: 'unknown_strategy',
  })
}

/** @throws ApiError 404 */
export function unknownModel(requested: string, name: string): ApiError {
  return new ApiError(`The model "${requested.slice(0, 200)}" is not served here; "${name}" is.`, {
    status: 404,
    param: 'model',
    code: 'model_not_found',
  })
}

/** The fields that every answer begins with. */
export function answerHead(
  { name, clock, rng, fingerprint }: ServedModel,
  idPrefix: string,
  object: string,
): Readonly<Record<string, unknown>> {
  const parts = Array.from({ length: 3 }, () => rng.uint32().toString(16).padStart(8, '0'))
  return {
    id: `${idPrefix}-${parts.join('')}`,
    object,
    created: Math.floor(Date.parse(clock.iso()) / 1000),
    model: name,
    system_fingerprint: fingerprint,
  }
}

// Prompts of a request as token ids, and whether they fit. Long texts are encoded with pauses, so that other requests go
// on meanwhile; a text that cannot fit whatever its tokens are is not encoded at all.
import type { TokenIds } from '../../contracts/index.ts'
import { renderPrompt, type Tokenizer } from '../../text/index.ts'
import { ApiError } from '../http/api-error.ts'

/** A prompt ready to be continued. */
export interface PromptTokens {
  readonly ids: TokenIds
  /** As it was sent, if it was a text. */
  readonly text?: string
}

/** A text, or token ids. */
type GivenPrompt = string | readonly number[]

/** UTF-16 units encoded between two pauses. */
const UNITS_BETWEEN_PAUSES = 1 << 16

/** The prompts in a value of the field `prompt`. @throws ApiError 400 */
export function listPrompts(value: unknown): readonly GivenPrompt[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value) || value.length === 0) throw badPrompt()
  if (value.every((item) => typeof item === 'string')) return value
  if (value.every(isId)) return [value]
  if (value.every((item) => Array.isArray(item) && item.length > 0 && item.every(isId))) return value
  throw badPrompt()
}

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const badPrompt = (): ApiError =>
  new ApiError(
    'prompt has to be a text, a list of texts, a list of token ids or a list of such lists; none is empty.',
    {
      param: 'prompt',
      code: 'invalid_value',
    },
  )

/** Turns prompts into tokens. Made once: it knows the longest token. */
export class PromptEncoder {
  readonly #tokenizer: Tokenizer
  readonly #contextLimit: number
  #longestToken: number | undefined

  constructor(tokenizer: Tokenizer, contextLimit: number) {
    this.#tokenizer = tokenizer
    this.#contextLimit = contextLimit
  }

  /** Texts begin as the model expects, unless `addSpecialTokens` is false. @throws ApiError 400 */
  async encode(
    given: readonly GivenPrompt[],
    { addSpecialTokens, param }: { addSpecialTokens: boolean; param: string },
  ): Promise<readonly PromptTokens[]> {
    const prompts: PromptTokens[] = []
    let units = 0
    for (const prompt of given) {
      if (typeof prompt !== 'string') {
        prompts.push({ ids: this.#checked(prompt, param) })
        continue
      }
      if (prompt.length > UNITS_BETWEEN_PAUSES && prompt.length > this.#mostUnits())
        throw tooLong(this.#contextLimit, param)
      units += prompt.length
      if (units > UNITS_BETWEEN_PAUSES) {
        units = 0
        await new Promise((resolve) => setImmediate(resolve))
      }
      const tokenizer = this.#tokenizer
      const ids = tokenizer.encode(addSpecialTokens ? renderPrompt(tokenizer, prompt) : prompt)
      if (ids.length === 0) {
        throw new ApiError('The prompt has no token; it needs one at least.', { param, code: 'invalid_value' })
      }
      prompts.push({ ids, text: prompt })
    }
    return prompts
  }

  #checked(ids: readonly number[], param: string): TokenIds {
    const { size } = this.#tokenizer
    const unknown = ids.find((id) => id >= size)
    if (unknown === undefined) return Int32Array.from(ids)
    throw new ApiError(`There is no token ${unknown}; ids are 0 to ${size - 1}.`, { param, code: 'invalid_value' })
  }

  // As many as tokens of the longest text would make. Control tokens of a few hundred letters exist; nothing is longer.
  #mostUnits(): number {
    if (this.#longestToken === undefined) {
      this.#longestToken = 1
      for (let id = 0; id < this.#tokenizer.size; id++) {
        this.#longestToken = Math.max(this.#longestToken, this.#tokenizer.token(id).length)
      }
    }
    return this.#contextLimit * this.#longestToken
  }
}

const tooLong = (contextLimit: number, param: string): ApiError =>
  new ApiError(`The prompt is longer than this model's context of ${contextLimit} tokens.`, {
    param,
    code: 'context_length_exceeded',
  })

/**
 * How many tokens a completion may have: what was asked for, or what the context leaves, but no more than `byDefault`.
 *
 * @throws ApiError 400 when the context has no room for it
 */
export function completionLimit(
  { ids }: PromptTokens,
  asked: number | null | undefined,
  { contextLimit, byDefault, param }: { contextLimit: number; byDefault: number; param: string },
): number {
  const room = contextLimit - ids.length
  const wanted = asked ?? Math.min(byDefault, Math.max(room, 1))
  if (wanted <= room) return wanted
  throw new ApiError(
    `This model's context has ${contextLimit} tokens; the request needs ${ids.length + wanted}: ${ids.length} for the prompt and ${wanted} for the completion.`,
    { param, code: 'context_length_exceeded' },
  )
}

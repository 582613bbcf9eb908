// Finds the ids of the end-of-sequence, padding and beginning-of-sequence tokens that tokenizer_config.json names.
import { GradusError } from '../base/error.ts'
import type { NamedToken, TokenizerConfig } from './tokenizer.ts'

/** Ids of the tokens with a role. */
export interface SpecialIds {
  readonly eos: number
  /** The end-of-sequence token where the model has no padding token. */
  readonly pad: number
  readonly bos?: number
}

/** Text of a token as `tokenizer_config.json` writes it. */
function textOf(token: NamedToken | undefined): string | undefined {
  return typeof token === 'string' ? token : token?.content
}

/**
 * Looks the named tokens up with `idOf`.
 *
 * @throws `render/no-eos-token` when none is named; `render/unknown-token` when a named token is not in the vocabulary.
 */
export function findSpecialIds(config: TokenizerConfig, idOf: (text: string) => number | undefined): SpecialIds {
  const find = (role: 'eos_token' | 'pad_token' | 'bos_token'): number | undefined => {
    const text = textOf(config[role])
    if (text === undefined) return undefined
    const id = idOf(text)
    if (id === undefined) {
      throw new GradusError('render/unknown-token', `${role} ${JSON.stringify(text)} is not in the vocabulary`, {
        hint: `correct ${role} in tokenizer_config.json, or add it to added_tokens in tokenizer.json`,
      })
    }
    return id
  }
  const eos = find('eos_token')
  if (eos === undefined) {
    throw new GradusError('render/no-eos-token', 'tokenizer_config.json names no eos_token', {
      hint: 'set eos_token to the token that ends a completion; without one, sampling never stops early',
    })
  }
  return { eos, pad: find('pad_token') ?? eos, bos: find('bos_token') }
}

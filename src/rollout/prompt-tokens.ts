// A problem's prompt as the tokens that a model is given.
import { GradusError } from '../base/error.ts'
import type { Problem, TokenIds, Vocab } from '../contracts/index.ts'

/** Renders and encodes a prompt. @throws `render/messages-need-template`, `render/unknown-character` */
export function promptTokens(vocab: Vocab, { id, prompt }: Problem): TokenIds {
  if (typeof prompt !== 'string')
    throw new GradusError('render/messages-need-template', `problem "${id}" is a conversation`, {
      hint: 'Conversations need a tokenizer with a chat template; use a task with plain prompts.',
    })
  return vocab.encode(prompt)
}

// From messages to the text that the model continues, through its own chat template.
import { z } from 'zod'
import { ApiError } from '../http/api-error.ts'
import type { JsonObject } from '../http/json-body.ts'
import { readMessages } from './chat-messages.ts'
import type { PromptTokens } from './prompts.ts'
import { type OpenAiService, templateTokens } from './service.ts'

/** Fields that say how messages become a prompt. */
export const chatPromptFields = {
  add_generation_prompt: z.boolean().nullish(),
  chat_template_kwargs: z.record(z.string().max(100), z.unknown()).nullish(),
} as const

/** Variables that a template gets from elsewhere. */
const RESERVED = ['messages', 'add_generation_prompt', 'bos_token', 'eos_token', 'clock', 'strftime_now', 'tools']

/** The prompt of a request. @throws ApiError 400, `render/template-failed` */
export async function chatPrompt(
  { renderChat, encoder, model }: OpenAiService,
  body: JsonObject,
  fields: { add_generation_prompt?: boolean | null; chat_template_kwargs?: Readonly<Record<string, unknown>> | null },
): Promise<PromptTokens> {
  if (renderChat === undefined) {
    throw new ApiError(
      `The model "${model.name}" has no chat template: its folder has no chat_template.jinja. Use /v1/completions.`,
      { code: 'no_chat_template' },
    )
  }
  const messages = readMessages(body.messages)
  const extra = fields.chat_template_kwargs ?? {}
  const taken = RESERVED.find((name) => Object.hasOwn(extra, name))
  if (taken !== undefined) {
    throw new ApiError(`chat_template_kwargs cannot set "${taken}".`, {
      param: 'chat_template_kwargs',
      code: 'invalid_value',
    })
  }
  const text = renderChat(messages, {
    addGenerationPrompt: fields.add_generation_prompt ?? true,
    ...templateTokens(model.tokenizer),
    extra,
  })
  // The template writes the tokens that a text begins with.
  const [prompt] = await encoder.encode([text], { addSpecialTokens: false, param: 'messages' })
  return prompt
}

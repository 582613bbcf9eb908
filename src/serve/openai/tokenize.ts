// POST /tokenize and /detokenize, as vLLM has them: what a text is in tokens of this model, and back.
import { z } from 'zod'
import type { ServeContext } from '../http/app.ts'
import { checkObject, readJsonObject } from '../http/json-body.ts'
import { chatPrompt, chatPromptFields } from './chat-prompt.ts'
import { known } from './sampling-fields.ts'
import { samplerFor } from './served-model.ts'
import type { OpenAiService } from './service.ts'

const tokenizeSchema = z.object({
  ...chatPromptFields,
  model: z.string().nullish(),
  prompt: z.string().optional(),
  add_special_tokens: z.boolean().nullish(),
  return_token_strs: z.boolean().nullish(),
})

const detokenizeSchema = z.object({ model: z.string().nullish(), tokens: z.array(z.int().min(0)) })

/** A text in `prompt`, or a chat in `messages`, as tokens. */
export async function tokenize(c: ServeContext, service: OpenAiService): Promise<Response> {
  const { model, encoder, tokens } = service
  const body = await readJsonObject(c.req.raw, service.maxBodyBytes)
  const fields = checkObject(tokenizeSchema, body)
  const { contextLimit } = samplerFor(model, fields.model)
  const addSpecialTokens = fields.add_special_tokens ?? true
  const [{ ids }] =
    fields.prompt === undefined
      ? [await chatPrompt(service, body, fields)]
      : await encoder.encode([fields.prompt], { addSpecialTokens, param: 'prompt' })
  return Response.json({
    count: ids.length,
    max_model_len: contextLimit,
    tokens: [...ids],
    token_strs: fields.return_token_strs ? Array.from(ids, (id) => tokens.text(id)) : null,
  })
}

/** Tokens as text, without special tokens. */
export async function detokenize(c: ServeContext, { model, maxBodyBytes }: OpenAiService): Promise<Response> {
  const fields = checkObject(detokenizeSchema, await readJsonObject(c.req.raw, maxBodyBytes))
  const { vocab } = samplerFor(model, fields.model)
  return Response.json({ prompt: vocab.decode(known('tokens', fields.tokens, vocab)) })
}

// The OpenAI routes over one model, with two of vLLM's.

import { ApiError } from '../http/api-error.ts'
import type { RouteGroup, ServeContext } from '../http/app.ts'
import { chat } from './chat.ts'
import { completions } from './completions.ts'
import { unknownModel } from './served-model.ts'
import { type OpenAiOptions, type OpenAiService, openAiService } from './service.ts'
import { detokenize, tokenize } from './tokenize.ts'

const posts: Readonly<Record<string, (c: ServeContext, service: OpenAiService) => Promise<Response>>> = {
  '/v1/completions': completions,
  '/v1/chat/completions': chat,
  '/tokenize': tokenize,
  '/detokenize': detokenize,
}

/** The routes. @throws `render/bad-template` */
export function openAiRoutes(options: OpenAiOptions): RouteGroup {
  const service = openAiService(options)
  const { model } = service
  const card = {
    id: model.name,
    object: 'model',
    created: model.created,
    owned_by: 'gradus',
    max_model_len: model.sampler.contextLimit,
  }
  return {
    id: 'openai',
    mount(app) {
      app.get('/v1/models', (c) => c.json({ object: 'list', data: [card] }))
      app.get('/v1/models/:id{.+}', (c) => {
        if (c.req.param('id') !== model.name) throw unknownModel(c.req.param('id'), model.name)
        return c.json(card)
      })
      for (const [path, handle] of Object.entries(posts)) {
        app.post(path, (c) => handle(c, service))
        app.all(path, () => {
          throw new ApiError('This path takes POST.', {
            status: 405,
            code: 'method_not_allowed',
            headers: { allow: 'POST' },
          })
        })
      }
    },
  }
}

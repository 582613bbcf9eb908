// What an OpenAI-compatible server may send, as far as it is read. Unknown keys are ignored; what is wrong is an error
// that says where. Knows the two shapes of log-probabilities: lists side by side (completions) and entries (chat).
import { z } from 'zod'
import { GradusError } from '../../../base/error.ts'

/** Longer lists than any completion has. */
const MAX_TOKENS = 1_000_000

const numberish = z.number().nullish()
const listed = z.object({
  tokens: z.array(z.string()).max(MAX_TOKENS),
  token_logprobs: z.array(numberish).max(MAX_TOKENS),
  top_logprobs: z.array(z.record(z.string(), z.number().nullable()).nullish()).max(MAX_TOKENS).nullish(),
})
const entry = z.object({ id: z.number().nullish(), token: z.string(), logprob: numberish })
const entries = z.object({
  content: z
    .array(entry.extend({ top_logprobs: z.array(entry).max(10_000).nullish() }))
    .max(MAX_TOKENS)
    .nullish(),
})
const message = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
})
const promptLogprob = z.record(z.string(), z.object({ logprob: numberish }))

const choice = z.object({
  index: z.int().min(0).max(100_000).default(0),
  text: z.string().nullish(),
  message: message.nullish(),
  delta: message.nullish(),
  logprobs: z.union([listed, entries]).nullish(),
  token_ids: z.array(z.int()).max(MAX_TOKENS).nullish(),
  prompt_token_ids: z.array(z.int()).max(MAX_TOKENS).nullish(),
  prompt_logprobs: z.array(promptLogprob.nullish()).max(MAX_TOKENS).nullish(),
  finish_reason: z.string().nullish(),
  stop_reason: z.union([z.string(), z.int()]).nullish(),
})

const usage = z.object({ prompt_tokens: z.int().min(0).nullish(), completion_tokens: z.int().min(0).nullish() })

/** A whole reply, or a piece of a stream. */
export const replyShape = z.object({
  choices: z.array(choice).max(100_000),
  usage: usage.nullish(),
})

export const modelsShape = z.object({
  data: z
    .array(
      z.object({
        id: z.string().max(1000),
        max_model_len: z.int().positive().nullish(),
        meta: z.object({ n_ctx: z.int().positive().nullish(), n_ctx_train: z.int().positive().nullish() }).nullish(),
      }),
    )
    .max(100_000),
})

export type WireReply = z.infer<typeof replyShape>
export type WireChoice = z.infer<typeof choice>
export type WireUsage = z.infer<typeof usage>

/** `value` as `shape`. @throws `remote/bad-reply` */
export function parseReply<T>(shape: z.ZodType<T>, value: unknown, url: string): T {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new GradusError(
    'remote/bad-reply',
    `${url}: the reply is not understood at ${issue.path.join('.')}: ${issue.message}`,
    {
      hint: 'The server is not OpenAI-compatible in this respect; its version may matter.',
    },
  )
}

/** One token of a completion as a server tells it. */
export interface TokenPiece {
  readonly id: number | undefined
  readonly text: string
  /** NaN where there is none. */
  readonly logprob: number
  readonly top: readonly LikelyToken[]
}

/** A likely token; the id where the server tells it. */
export interface LikelyToken {
  readonly id: number | undefined
  readonly text: string
  readonly logprob: number
}

/** The tokens among the log-probabilities of a choice; none when it has none. */
export function tokenPieces({ logprobs }: WireChoice): TokenPiece[] {
  if (!logprobs) return []
  if ('tokens' in logprobs) {
    return logprobs.tokens.map((text, t) => ({
      id: namedId(text),
      text,
      logprob: logprobs.token_logprobs[t] ?? Number.NaN,
      top: Object.entries(logprobs.top_logprobs?.[t] ?? {}).map(([name, value]) => likely(undefined, name, value)),
    }))
  }
  return (logprobs.content ?? []).map(({ id, token, logprob, top_logprobs }) => ({
    id: id ?? namedId(token),
    text: token,
    logprob: logprob ?? Number.NaN,
    top: (top_logprobs ?? []).map((each) => likely(each.id, each.token, each.logprob)),
  }))
}

/** The text that a choice, or a piece of one, adds. What a model thought before it answered comes first, in its tags. */
export function textOf({ text, message, delta }: WireChoice): { readonly text: string; readonly thought: string } {
  const said = message ?? delta
  return { text: text ?? said?.content ?? '', thought: said?.reasoning_content ?? said?.reasoning ?? '' }
}

/** 7 in `token_id:7`. */
function namedId(token: string): number | undefined {
  const found = /^token_id:(\d{1,9})$/.exec(token)
  return found ? Number(found[1]) : undefined
}

function likely(id: number | null | undefined, text: string, logprob: number | null | undefined): LikelyToken {
  return { id: id ?? namedId(text), text, logprob: logprob ?? Number.NaN }
}

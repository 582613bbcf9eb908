// Outcomes and errors as HTTP answers: JSON, or protocol buffers for passes and samples where the client takes them.
import {
  encodePassOutput,
  encodeSampleAnswer,
  PROTO,
  passOutputToJson,
  sampleAnswerToJson,
} from '../../engine/remote/tinker/wire/index.ts'
import type { Outcome } from './futures.ts'
import { passOutput } from './operations.ts'
import { failureOf, isRefusal } from './refusal.ts'

/** The answer to a poll. */
export function outcomeResponse(outcome: Outcome, isProto: boolean): Response {
  const proto = (bytes: Uint8Array): Response =>
    new Response(Uint8Array.from(bytes), { headers: { 'content-type': PROTO } })
  switch (outcome.kind) {
    case 'json':
      return Response.json(outcome.value)
    case 'failed':
      return Response.json({ error: outcome.error, category: outcome.category })
    case 'pass': {
      const output = passOutput(outcome.output)
      return isProto ? proto(encodePassOutput(output)) : Response.json(passOutputToJson(output))
    }
    case 'sample':
      return isProto ? proto(encodeSampleAnswer(outcome.answer)) : Response.json(sampleAnswerToJson(outcome.answer))
    default:
      return outcome satisfies never
  }
}

/** `{detail}` with the status that fits. */
export function errorResponse(error: unknown): Response {
  if (isRefusal(error))
    return Response.json({ detail: error.message }, { status: error.status, headers: error.headers })
  const { error: detail, category } = failureOf(error)
  return Response.json({ detail }, { status: category === 'user' ? 400 : 500 })
}

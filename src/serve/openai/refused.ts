// Fields that would change an answer and that this server cannot honour. They are refused by name, unless their value
// says what happens anyway. Everything else that is unknown (user, metadata, store, ...) is ignored.
import { ApiError } from '../http/api-error.ts'
import type { JsonObject } from '../http/json-body.ts'

/** Values that ask for nothing; null always does. */
type Neutral = readonly unknown[] | ((value: unknown, body: JsonObject) => boolean)

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0
const isPlainText = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'text'

const always: Readonly<Record<string, Neutral>> = {
  frequency_penalty: [0],
  presence_penalty: [0],
  repetition_penalty: [1],
  length_penalty: [1],
  min_tokens: [0],
  ignore_eos: [false],
  use_beam_search: [false],
  skip_special_tokens: [true],
  include_stop_str_in_output: [false],
  bad_words: isEmpty,
  logits_processors: isEmpty,
  allowed_token_ids: isEmpty,
  truncate_prompt_tokens: [],
  prompt_embeds: [],
  response_format: isPlainText,
  structured_outputs: [],
  guided_json: [],
  guided_regex: [],
  guided_choice: [],
  guided_grammar: [],
}

/** Of `/v1/completions`. */
const ofCompletions: Readonly<Record<string, Neutral>> = {
  ...always,
  best_of: (value, { n }) => value === (n ?? 1),
  suffix: [''],
}

/** Of `/v1/chat/completions`. */
const ofChat: Readonly<Record<string, Neutral>> = {
  ...always,
  tools: isEmpty,
  tool_choice: ['none', 'auto'],
  functions: isEmpty,
  function_call: ['none', 'auto'],
  modalities: (value) => Array.isArray(value) && value.length === 1 && value[0] === 'text',
  audio: [],
  prediction: [],
  web_search_options: [],
  documents: isEmpty,
  // A template from outside could loop without end.
  chat_template: [],
  echo: [false],
  continue_final_message: [false],
  use_beam_search: [false],
}

/** @throws ApiError 400 */
export function refuseUnsupported(body: JsonObject, endpoint: 'completions' | 'chat'): void {
  const table = endpoint === 'chat' ? ofChat : ofCompletions
  for (const [field, neutral] of Object.entries(table)) {
    const value = body[field]
    if (value === undefined || value === null) continue
    const isNeutral = typeof neutral === 'function' ? neutral(value, body) : neutral.includes(value)
    if (!isNeutral) throw unsupported(field, `"${field}" is not supported here.`)
  }
}

/** An error that names the field. */
export const unsupported = (param: string, message: string): ApiError =>
  new ApiError(message, { param, code: 'unsupported_parameter' })

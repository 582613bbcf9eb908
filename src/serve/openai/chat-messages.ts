// Messages of a chat request as the model's template takes them: texts only. Several text parts become one text, with
// line breaks between them; `developer` is the newer name of `system`. Images, sounds, files and calls of tools are refused.
import type { Message } from '../../contracts/index.ts'
import { ApiError } from '../http/api-error.ts'
import { unsupported } from './refused.ts'

const MOST_MESSAGES = 4096

const roles: ReadonlyMap<unknown, Message['role']> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
])

/** @throws ApiError 400 that names the place */
export function readMessages(value: unknown): readonly Message[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_MESSAGES) {
    throw wrong('messages', `messages has to be a list of 1 to ${MOST_MESSAGES} messages.`)
  }
  return value.map((message: unknown, i) => readMessage(message, `messages[${i}]`))
}

function readMessage(value: unknown, place: string): Message {
  if (!isObject(value)) throw wrong(place, `${place} has to be an object.`)
  if (value.role === 'tool' || value.role === 'function' || isGiven(value.tool_calls) || isGiven(value.function_call)) {
    throw unsupported(`${place}.role`, 'Tools are not supported here.')
  }
  const role = roles.get(value.role)
  if (role === undefined) throw wrong(`${place}.role`, `${place}.role has to be system, user or assistant.`)
  return { role, content: readContent(value.content, `${place}.content`) }
}

function readContent(value: unknown, place: string): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value) || value.length === 0) throw wrong(place, `${place} has to be a text or a list of parts.`)
  return value.map((part: unknown, i) => readPart(part, `${place}[${i}]`)).join('\n')
}

function readPart(value: unknown, place: string): string {
  if (!isObject(value) || typeof value.type !== 'string') throw wrong(place, `${place} has to be a part with a type.`)
  if (value.type !== 'text')
    throw unsupported(`${place}.type`, 'Parts of other types than "text" are not supported here.')
  if (typeof value.text !== 'string') throw wrong(`${place}.text`, `${place}.text has to be a text.`)
  return value.text
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)

const wrong = (param: string, message: string): ApiError => new ApiError(message, { param, code: 'invalid_value' })

// Reads protocol-buffer messages field by field. The bytes come from a network: every length is checked against what is
// there, and nothing is nested that the caller does not open itself.
import { GradusError } from '../../../../base/error.ts'

/** One field of a message. */
export type ProtoField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: number }
  | { readonly number: number; readonly kind: 'fixed64' | 'fixed32' | 'bytes'; readonly bytes: Uint8Array }

/** Fields of a message in their order. @throws `engine/bad-answer` */
export function* protoFields(message: Uint8Array): Generator<ProtoField> {
  const cursor = { at: 0 }
  while (cursor.at < message.length) {
    const key = readVarint(message, cursor)
    const number = Math.floor(key / 8)
    if (number === 0) throw broken('a field without a number')
    switch (key % 8) {
      case 0:
        yield { number, kind: 'varint', value: readVarint(message, cursor) }
        break
      case 1:
        yield { number, kind: 'fixed64', bytes: take(message, cursor, 8) }
        break
      case 2:
        yield { number, kind: 'bytes', bytes: take(message, cursor, readVarint(message, cursor)) }
        break
      case 5:
        yield { number, kind: 'fixed32', bytes: take(message, cursor, 4) }
        break
      default:
        throw broken(`wire type ${key % 8}`)
    }
  }
}

/** The integers of a repeated field, whether packed or one by one. */
export function readIntegers(field: ProtoField): number[] {
  if (field.kind === 'varint') return [field.value]
  const values: number[] = []
  const cursor = { at: 0 }
  while (cursor.at < field.bytes.length) values.push(readVarint(field.bytes, cursor))
  return values
}

/** The bytes of a length-delimited field. */
export function bytesOf(field: ProtoField): Uint8Array {
  if (field.kind !== 'bytes') throw broken(`field ${field.number} is ${field.kind}`)
  return field.bytes
}

export function integerOf(field: ProtoField): number {
  if (field.kind !== 'varint') throw broken(`field ${field.number} is ${field.kind}`)
  return field.value
}

export function doubleOf(field: ProtoField): number {
  if (field.kind !== 'fixed64') throw broken(`field ${field.number} is ${field.kind}`)
  return new DataView(field.bytes.buffer, field.bytes.byteOffset, 8).getFloat64(0, true)
}

export const stringOf = (field: ProtoField): string => new TextDecoder().decode(bytesOf(field))

/** An entry of a map: its key and the field of its value. */
export function entryOf(field: ProtoField): { key: string; value: ProtoField | undefined } {
  let key = ''
  let value: ProtoField | undefined
  for (const part of protoFields(bytesOf(field))) {
    if (part.number === 1) key = stringOf(part)
    if (part.number === 2) value = part
  }
  return { key, value }
}

/** The error of a message that cannot be read. */
export const broken = (what: string): GradusError =>
  new GradusError('engine/bad-answer', `a protobuf message cannot be read: ${what}`, {
    hint: 'The answer was cut short, or the server speaks another version of the protocol (option dialect).',
  })

interface Cursor {
  at: number
}

/** Up to ten bytes, unsigned. Above 2^53 the value is only good for passing over. */
function readVarint(bytes: Uint8Array, cursor: Cursor): number {
  let value = 0
  let scale = 1
  for (let i = 0; i < 10; i++) {
    if (cursor.at >= bytes.length) throw broken('it ends within a number')
    const byte = bytes[cursor.at++]
    value += (byte % 128) * scale
    if (byte < 128) return value
    scale *= 128
  }
  throw broken('a number of more than ten bytes')
}

function take(bytes: Uint8Array, cursor: Cursor, length: number): Uint8Array {
  if (length > bytes.length - cursor.at) throw broken('it ends within a field')
  cursor.at += length
  return bytes.subarray(cursor.at - length, cursor.at)
}

// Training passes in protocol buffers (package tinker_public): ForwardBackwardRequest and ForwardBackwardOutput, both
// directions. Field numbers are those of docs/remote-tinker.md; the JSON form is in forward-backward.ts.

import { MessageWriter } from '../../../../base/protobuf.ts'
import { MAX_SEQUENCES, type PassOutput, type PassRequest, type WireDatum } from './forward-backward.ts'
import {
  broken,
  bytesOf,
  doubleOf,
  entryOf,
  integerOf,
  type ProtoField,
  protoFields,
  readIntegers,
  stringOf,
} from './proto-reader.ts'
import { type Element, elementNumber, elementOf, fromBytes, readInt32s, tensorFrom, toBytes } from './raw-numbers.ts'
import type { WireTensor } from './tensor-data.ts'

export function encodePass({ modelId, seqId, data, lossFn, config = {}, forwardOnly }: PassRequest): Uint8Array {
  const message = new MessageWriter().string(1, modelId)
  if (seqId !== 0) message.int(2, seqId)
  for (const datum of data) message.message(3, (inner) => writeDatum(inner, datum))
  message.string(4, lossFn)
  writeDoubles(message, 5, config)
  if (forwardOnly) message.int(6, 1)
  return message.finish()
}

export function decodePass(bytes: Uint8Array): PassRequest {
  const data: WireDatum[] = []
  const config: Record<string, number> = {}
  let [modelId, lossFn, seqId, forwardOnly] = ['', '', 0, false]
  for (const field of protoFields(bytes)) {
    if (field.number === 1) modelId = stringOf(field)
    else if (field.number === 2) seqId = integerOf(field)
    else if (field.number === 3) data.push(readDatum(bytesOf(field)))
    else if (field.number === 4) lossFn = stringOf(field)
    else if (field.number === 5) readDouble(field, config)
    else if (field.number === 6) forwardOnly = integerOf(field) !== 0
  }
  const hasConfig = Object.keys(config).length > 0
  return { modelId, seqId, data, lossFn, ...(hasConfig && { config }), ...(forwardOnly && { forwardOnly }) }
}

/** All sequences with the same names of tensors become one record, as the service writes it. */
export function encodePassOutput({ outputType, outputs, metrics }: PassOutput): Uint8Array {
  const message = new MessageWriter().string(1, outputType)
  if (outputs.length > 0)
    message.message(2, (record) => {
      for (const key of Object.keys(outputs[0]))
        record.message(2, (entry) =>
          entry.string(1, key).message(2, (batched) =>
            writeBatch(
              batched,
              outputs.map((fields) => fields[key]),
            ),
          ),
        )
      record.int(3, outputs.length)
    })
  writeDoubles(message, 3, metrics)
  return message.finish()
}

export function decodePassOutput(bytes: Uint8Array): PassOutput {
  const metrics: Record<string, number> = {}
  const outputs: Record<string, WireTensor>[] = []
  let outputType = ''
  for (const field of protoFields(bytes)) {
    if (field.number === 1) outputType = stringOf(field)
    else if (field.number === 2) outputs.push(...readRecord(bytesOf(field)))
    else if (field.number === 3) readDouble(field, metrics)
    if (outputs.length > MAX_SEQUENCES) throw broken(`${outputs.length} sequences`)
  }
  return { outputType, outputs, metrics }
}

function writeDatum(message: MessageWriter, { tokens, inputs }: WireDatum): void {
  message.message(1, (chunk) => chunk.message(1, (text) => text.bytes(1, toBytes(tokens, 'int32'))))
  for (const [key, { dtype, data, shape }] of Object.entries(inputs))
    message.message(2, (entry) =>
      entry.string(1, key).message(2, (tensor) =>
        tensor
          .bytes(1, toBytes(data, dtype))
          .int(3, elementNumber(dtype))
          .packed(4, shape ?? [data.length]),
      ),
    )
}

function readDatum(bytes: Uint8Array): WireDatum {
  const chunks: Int32Array[] = []
  const inputs: Record<string, WireTensor> = {}
  for (const field of protoFields(bytes)) {
    if (field.number === 1) chunks.push(readChunk(bytesOf(field)))
    else if (field.number === 2) {
      const { key, value } = entryOf(field)
      if (value) inputs[key] = readTensor(bytesOf(value))
    }
  }
  return { tokens: Int32Array.from(chunks.flatMap((chunk) => Array.from(chunk))), inputs }
}

function readChunk(bytes: Uint8Array): Int32Array {
  for (const field of protoFields(bytes)) {
    if (field.number !== 1) throw broken('only text can be read here')
    for (const part of protoFields(bytesOf(field))) if (part.number === 1) return readInt32s(bytesOf(part))
  }
  return new Int32Array(0)
}

function readTensor(bytes: Uint8Array): WireTensor {
  const shape: number[] = []
  let dense: Uint8Array = new Uint8Array(0)
  let element: Element = 'float32'
  for (const field of protoFields(bytes)) {
    if (field.number === 1) dense = bytesOf(field)
    else if (field.number === 2) throw broken('sparse tensors are not supported here')
    else if (field.number === 3) element = elementOf(integerOf(field))
    else if (field.number === 4) shape.push(...readIntegers(field))
  }
  const tensor = tensorFrom(dense, element, shape.length > 0 ? shape : undefined)
  if (shape.length > 0 && shape.reduce((a, b) => a * b, 1) !== tensor.data.length)
    throw broken(`${tensor.data.length} numbers do not fill the shape [${shape.join(', ')}]`)
  return tensor
}

/** Tensors of a name, one after the other, with the byte at which each begins. */
function writeBatch(message: MessageWriter, tensors: readonly WireTensor[]): void {
  const dtype = tensors[0].dtype
  const parts = tensors.map(({ data }) => toBytes(data, dtype))
  const offsets = new Int32Array(parts.length + 1)
  parts.forEach((part, i) => {
    offsets[i + 1] = offsets[i] + part.length
  })
  const all = new Uint8Array(offsets[parts.length])
  parts.forEach((part, i) => {
    all.set(part, offsets[i])
  })
  message.bytes(1, all).bytes(2, toBytes(offsets, 'int64')).int(3, elementNumber(dtype))
}

function readRecord(bytes: Uint8Array): Record<string, WireTensor>[] {
  let count = 0
  const columns: [string, WireTensor[]][] = []
  for (const field of protoFields(bytes)) {
    if (field.number === 3) count = integerOf(field)
    else if (field.number === 2) {
      const { key, value } = entryOf(field)
      if (value) columns.push([key, readBatch(bytesOf(value))])
    }
  }
  // Servers of older versions write no count; some leave out every tensor.
  if (count === 0) count = columns[0]?.[1].length ?? 0
  for (const [key, tensors] of columns)
    if (tensors.length !== count) throw broken(`"${key}" has ${tensors.length} tensors for ${count} sequences`)
  if (count > MAX_SEQUENCES) throw broken(`${count} sequences in one record`)
  return Array.from({ length: count }, (_, i) => Object.fromEntries(columns.map(([key, tensors]) => [key, tensors[i]])))
}

function readBatch(bytes: Uint8Array): WireTensor[] {
  let data: Uint8Array = new Uint8Array(0)
  let offsets = new Int32Array(0)
  let element: Element = 'float32'
  const trailing: number[] = []
  for (const field of protoFields(bytes)) {
    if (field.number === 1) data = bytesOf(field)
    else if (field.number === 2) offsets = fromBytes(bytesOf(field), 'int64') as Int32Array<ArrayBuffer>
    else if (field.number === 3) element = elementOf(integerOf(field))
    else if (field.number === 4) trailing.push(...readIntegers(field))
  }
  const width = trailing.reduce((a, b) => a * b, 1)
  return Array.from({ length: Math.max(0, offsets.length - 1) }, (_, i) => {
    const [start, end] = [offsets[i], offsets[i + 1]]
    if (!(0 <= start && start <= end && end <= data.length)) throw broken('a tensor lies outside its record')
    const tensor = tensorFrom(data.subarray(start, end), element)
    return { ...tensor, shape: [tensor.data.length / Math.max(width, 1), ...trailing] }
  })
}

function writeDoubles(message: MessageWriter, field: number, values: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(values))
    message.message(field, (entry) => entry.string(1, key).double(2, value))
}

function readDouble(field: ProtoField, into: Record<string, number>): void {
  const { key, value } = entryOf(field)
  into[key] = value ? doubleOf(value) : 0
}

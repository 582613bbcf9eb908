// SampleResponse in protocol buffers, both directions. The JSON form and what it all means is in sampling.ts.

import { MessageWriter } from '../../../../base/protobuf.ts'
import { bytesOf, integerOf, protoFields } from './proto-reader.ts'
import { floatBytes, readFloats, readInt32s, toBytes } from './raw-numbers.ts'
import type { SampleAnswer, SampledSequence, TopOfPrompt } from './sampling.ts'

const LENGTH = 1

export function encodeSampleAnswer({ sequences, promptLogprobs, top }: SampleAnswer): Uint8Array {
  const message = new MessageWriter()
  for (const { tokens, logprobs, stop } of sequences)
    message.message(1, (sequence) => {
      if (stop === 'length') sequence.int(1, LENGTH)
      sequence.bytes(2, toBytes(tokens, 'int32'))
      if (logprobs) sequence.bytes(3, floatBytes(logprobs))
    })
  if (promptLogprobs) message.bytes(2, floatBytes(promptLogprobs))
  if (top)
    message.message(3, (inner) =>
      inner
        .bytes(1, toBytes(top.ids, 'int32'))
        .bytes(2, floatBytes(top.logprobs))
        .int(3, top.k)
        .int(4, top.k === 0 ? 0 : top.ids.length / top.k),
    )
  return message.finish()
}

export function decodeSampleAnswer(bytes: Uint8Array): SampleAnswer {
  const sequences: SampledSequence[] = []
  let promptLogprobs: Float32Array | undefined
  let top: TopOfPrompt | undefined
  for (const field of protoFields(bytes)) {
    if (field.number === 1) sequences.push(readSequence(bytesOf(field)))
    else if (field.number === 2) promptLogprobs = readFloats(bytesOf(field))
    else if (field.number === 3) top = readTop(bytesOf(field))
  }
  return { sequences, ...(promptLogprobs && { promptLogprobs }), ...(top && { top }) }
}

function readSequence(bytes: Uint8Array): SampledSequence {
  let tokens = new Int32Array(0)
  let logprobs: Float32Array | undefined
  let stop: SampledSequence['stop'] = 'stop'
  for (const field of protoFields(bytes)) {
    if (field.number === 1) stop = integerOf(field) === LENGTH ? 'length' : 'stop'
    else if (field.number === 2) tokens = readInt32s(bytesOf(field)) as Int32Array<ArrayBuffer>
    else if (field.number === 3) logprobs = readFloats(bytesOf(field))
  }
  return { tokens, ...(logprobs && { logprobs }), stop }
}

function readTop(bytes: Uint8Array): TopOfPrompt {
  let ids = new Int32Array(0)
  let logprobs = new Float32Array(0)
  let k = 0
  for (const field of protoFields(bytes)) {
    if (field.number === 1) ids = readInt32s(bytesOf(field)) as Int32Array<ArrayBuffer>
    else if (field.number === 2) logprobs = readFloats(bytesOf(field)) as Float32Array<ArrayBuffer>
    else if (field.number === 3) k = integerOf(field)
  }
  return { k, ids, logprobs }
}

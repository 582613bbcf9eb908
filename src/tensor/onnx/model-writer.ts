// Collects the nodes, constants, inputs and outputs of an ONNX model and writes it (ONNX IR 9, operator set 17 and
// com.microsoft 1). Field numbers are those of onnx.proto. Knows nothing of tensors or gradients.

import { MessageWriter } from '../../base/protobuf.ts'
import type { Dim } from '../shape.ts'

/** Attribute of an ONNX node; `{ float }` tells 1 from 1.0. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number }
/** Element types that models here use. */
export type OnnxType = 'float32' | 'int32' | 'int64' | 'bool'

const typeCodes: Record<OnnxType, number> = { float32: 1, int32: 6, int64: 7, bool: 9 }
const attributeKinds = { float: 1, int: 2, string: 3, ints: 7 }

/** Name, type and shape of an input or output. */
export interface OnnxValue {
  readonly name: string
  readonly type: OnnxType
  readonly shape: readonly Dim[]
}

/** An ONNX model under construction. */
export class ModelWriter {
  readonly #nodes: ((w: MessageWriter) => void)[] = []
  readonly #constants: ((w: MessageWriter) => void)[] = []
  readonly #inputs: OnnxValue[] = []
  readonly #outputs: OnnxValue[] = []
  readonly #int64s = new Map<string, string>()

  /** Adds a node and returns the names of its outputs. */
  node(
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    domain = '',
  ): void {
    this.#nodes.push((w) => {
      for (const name of inputs) w.string(1, name)
      for (const name of outputs) w.string(2, name)
      w.string(4, op)
      for (const [name, value] of Object.entries(attributes)) w.message(5, (a) => writeAttribute(a, name, value))
      if (domain) w.string(7, domain)
    })
  }

  /** Adds numbers under a name. */
  constant(
    name: string,
    type: OnnxType,
    shape: readonly number[],
    data: Float32Array | Int32Array | BigInt64Array,
  ): void {
    this.#constants.push((w) => {
      for (const dim of shape) w.int(1, dim)
      w.int(2, typeCodes[type]).string(8, name)
      w.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    })
  }

  /** The name of a shared int64 vector (shapes, axes) or scalar. */
  int64s(values: readonly number[], scalar = false): string {
    const key = `${scalar ? 's' : 'v'}${values.join(',')}`
    let name = this.#int64s.get(key)
    if (name === undefined) {
      name = `i64_${this.#int64s.size}`
      this.#int64s.set(key, name)
      this.constant(name, 'int64', scalar ? [] : [values.length], BigInt64Array.from(values, BigInt))
    }
    return name
  }

  input(value: OnnxValue): void {
    this.#inputs.push(value)
  }

  output(value: OnnxValue): void {
    this.#outputs.push(value)
  }

  /** The serialised model. */
  finish(): Uint8Array {
    return new MessageWriter()
      .int(1, 9)
      .string(2, 'gradus')
      .message(7, (g) => {
        for (const node of this.#nodes) g.message(1, node)
        g.string(2, 'graph')
        for (const constant of this.#constants) g.message(5, constant)
        for (const value of this.#inputs) g.message(11, (w) => writeValue(w, value))
        for (const value of this.#outputs) g.message(12, (w) => writeValue(w, value))
      })
      .message(8, (w) => w.string(1, '').int(2, 17))
      .message(8, (w) => w.string(1, 'com.microsoft').int(2, 1))
      .finish()
  }
}

function writeAttribute(w: MessageWriter, name: string, value: OnnxAttribute): void {
  w.string(1, name)
  if (typeof value === 'number') w.int(3, value).int(20, attributeKinds.int)
  else if (typeof value === 'string') w.string(4, value).int(20, attributeKinds.string)
  else if ('float' in value) w.float(2, value.float).int(20, attributeKinds.float)
  else {
    for (const item of value) w.int(8, item)
    w.int(20, attributeKinds.ints)
  }
}

function writeValue(w: MessageWriter, { name, type, shape }: OnnxValue): void {
  w.string(1, name).message(2, (t) =>
    t.message(1, (tensor) =>
      tensor.int(1, typeCodes[type]).message(2, (s) => {
        for (const dim of shape) s.message(1, (d) => (typeof dim === 'number' ? d.int(1, dim) : d.string(2, dim)))
      }),
    ),
  )
}

// Reads back what the ONNX writer wrote, as far as tests look: a generic protocol-buffer reader and the few field
// numbers of onnx.proto that name nodes, constants, inputs and outputs. Shares no code with the writer.

/** A field's payload: a number (varint) or bytes. */
type Field = readonly [field: number, value: number | Uint8Array]

function fieldsOf(bytes: Uint8Array): Field[] {
  let at = 0
  const varint = (): number => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return Number(BigInt.asIntN(64, value))
    }
  }
  const fields: Field[] = []
  while (at < bytes.length) {
    const key = varint()
    const wire = key & 7
    if (wire === 0) fields.push([key >> 3, varint()])
    else {
      const length = wire === 5 ? 4 : varint()
      fields.push([key >> 3, bytes.subarray(at, at + length)])
      at += length
    }
  }
  return fields
}

const all = (fields: readonly Field[], field: number): Uint8Array[] =>
  fields.flatMap(([f, value]) => (f === field && value instanceof Uint8Array ? [value] : []))
const texts = (fields: readonly Field[], field: number): string[] =>
  all(fields, field).map((bytes) => new TextDecoder().decode(bytes))

/** What a written model holds. */
export interface ReadModel {
  readonly nodes: readonly { op: string; inputs: string[]; outputs: string[] }[]
  readonly constants: readonly string[]
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** The graph of a serialised ONNX model. */
export function readModel(bytes: Uint8Array): ReadModel {
  const graph = fieldsOf(all(fieldsOf(bytes), 7)[0])
  const names = (field: number, nameField: number): string[] =>
    all(graph, field).map((value) => texts(fieldsOf(value), nameField)[0])
  return {
    nodes: all(graph, 1).map((node) => {
      const fields = fieldsOf(node)
      return { op: texts(fields, 4)[0], inputs: texts(fields, 1), outputs: texts(fields, 2) }
    }),
    constants: names(5, 8),
    inputs: names(11, 1),
    outputs: names(12, 1),
  }
}

/** How many nodes of an operator a model has. */
export const countOf = (model: ReadModel, op: string): number => model.nodes.filter((node) => node.op === op).length

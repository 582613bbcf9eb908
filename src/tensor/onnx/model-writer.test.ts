// A whole small model, byte by byte: field numbers from onnx.proto, lengths counted by hand.
import { describe, expect, it } from 'vitest'
import { readModel } from '../__fixtures__/read-model.ts'
import { ModelWriter, type OnnxAttribute } from './model-writer.ts'

const text = (s: string): number[] => [...new TextEncoder().encode(s)]

/** A field of bytes: key of wire type 2, length, payload. */
const field = (number: number, payload: readonly number[]): number[] => [number * 8 + 2, payload.length, ...payload]

/** What every model ends with: operator set 17 of ONNX and 1 of com.microsoft. */
const operatorSets = [...field(8, [0x0a, 0, 0x10, 17]), ...field(8, [...field(1, text('com.microsoft')), 0x10, 1])]
const head = [0x08, 9, ...field(2, text('gradus'))]

const finish = (write: (w: ModelWriter) => void): number[] => {
  const writer = new ModelWriter()
  write(writer)
  return [...writer.finish()]
}

/** The bytes of a model with one node Op(x) -> y and one attribute. */
const withAttribute = (value: OnnxAttribute): number[] => finish((w) => w.node('Op', ['x'], ['y'], { k: value }))
const expectedAttribute = (payload: readonly number[]): number[] => {
  const attribute = field(5, [...field(1, text('k')), ...payload])
  const node = [...field(1, text('x')), ...field(2, text('y')), ...field(4, text('Op')), ...attribute]
  return [...head, ...field(7, [...field(1, node), ...field(2, text('graph'))]), ...operatorSets]
}

describe('ModelWriter', () => {
  it('writes version, producer, graph name and operator sets', () => {
    expect(finish(() => {})).toEqual([...head, 0x3a, 7, 0x12, 5, ...text('graph'), ...operatorSets])
  })

  it('writes an integer attribute in field 3 with kind 2', () => {
    expect(withAttribute(5)).toEqual(expectedAttribute([0x18, 5, 0xa0, 1, 2]))
  })

  it('writes a float attribute in field 2 with kind 1', () => {
    expect(withAttribute({ float: 1 })).toEqual(expectedAttribute([0x15, 0, 0, 0x80, 0x3f, 0xa0, 1, 1]))
  })

  it('writes a string attribute in field 4 with kind 3', () => {
    expect(withAttribute('add')).toEqual(expectedAttribute([0x22, 3, ...text('add'), 0xa0, 1, 3]))
  })

  it('writes a list of integers in fields 8 with kind 7', () => {
    expect(withAttribute([2, 0])).toEqual(expectedAttribute([0x40, 2, 0x40, 0, 0xa0, 1, 7]))
  })

  it('writes inputs and outputs with type, sizes and names of dimensions', () => {
    const dims = [...field(1, [0x08, 3]), ...field(1, field(2, text('B')))]
    const value = (name: string, code: number): number[] => [
      ...field(1, text(name)),
      ...field(2, field(1, [0x08, code, ...field(2, dims)])),
    ]
    const graph = [...field(2, text('graph')), ...field(11, value('x', 1)), ...field(12, value('y', 6))]
    expect(
      finish((w) => {
        w.output({ name: 'y', type: 'int32', shape: [3, 'B'] })
        w.input({ name: 'x', type: 'float32', shape: [3, 'B'] })
      }),
    ).toEqual([...head, ...field(7, graph), ...operatorSets])
  })

  it('writes constants as raw little-endian bytes', () => {
    const constant = [0x08, 2, 0x10, 1, ...field(8, text('c')), ...field(9, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])]
    expect(finish((w) => w.constant('c', 'float32', [2], new Float32Array([1, -2])))).toEqual([
      ...head,
      ...field(7, [...field(2, text('graph')), ...field(5, constant)]),
      ...operatorSets,
    ])
  })

  it('writes only the part of a buffer that a constant looks at', () => {
    const all = Float32Array.of(9, 1, -2, 9)
    const part = (data: Float32Array): number[] => finish((w) => w.constant('c', 'float32', [2], data))
    expect(part(all.subarray(1, 3))).toEqual(part(Float32Array.of(1, -2)))
  })

  it('writes the domain of an operator in field 7', () => {
    const node = [...field(4, text('Op')), ...field(7, text('com.microsoft'))]
    expect(finish((w) => w.node('Op', [], [], {}, 'com.microsoft'))).toEqual([
      ...head,
      ...field(7, [...field(1, node), ...field(2, text('graph'))]),
      ...operatorSets,
    ])
  })

  it('shares equal integer vectors and tells them from scalars', () => {
    const writer = new ModelWriter()
    const name = writer.int64s([1])
    expect(writer.int64s([1])).toBe(name)
    expect(writer.int64s([1], true)).not.toBe(name)
    expect(writer.int64s([1, 2])).not.toBe(name)
    expect(readModel(writer.finish()).constants).toHaveLength(3)
  })
})

// What is written and what is not, read back from the bytes; the errors of graphs that cannot be written.
import { describe, expect, it } from 'vitest'
import { countOf, readModel } from '../__fixtures__/read-model.ts'
import { add, exp, mul, stopGradient } from '../ops/elementwise.ts'
import { scatterAdd } from '../ops/indexing.ts'
import { matmul } from '../ops/matmul.ts'
import { normalize } from '../ops/nn.ts'
import { broadcastTo, reshape, split } from '../ops/shaping.ts'
import { constant, input, type Tensor } from '../tensor.ts'
import { emit } from './emit.ts'

const write = (outputs: Record<string, Tensor>) => readModel(emit(outputs).bytes)

describe('emit', () => {
  const x = input('x', ['B', 3])

  it('writes equal applications once', () => {
    const model = write({ y: add(exp(mul(x, x)), exp(mul(x, x))) })
    expect(model.nodes.map(({ op }) => op)).toEqual(['Mul', 'Exp', 'Add'])
  })

  it('writes equal constants once', () => {
    expect(write({ y: add(mul(x, 3), mul(exp(x), 3)) }).constants).toHaveLength(1)
  })

  it('keeps applications apart that differ in an attribute only', () => {
    const b = input('b', [3, 3])
    const model = write({ y: add(matmul(x, b), matmul(x, b, { transB: true })) })
    expect(countOf(model, 'Gemm')).toBe(2)
  })

  it('keeps constants apart that differ in type or shape only', () => {
    const whole = constant(Int32Array.of(1), [1])
    const outputs = { a: add(x, constant(1)), b: add(x, constant(Float32Array.of(1), [1])), c: add(whole, whole) }
    expect(write(outputs).constants).toHaveLength(3)
  })

  it('merges operators with several outputs as a whole', () => {
    const twice = [normalize(x, 0.1), normalize(x, 0.1)].map((y) => mul(y, y.siblings[1]))
    const model = write({ y: add(twice[0], twice[1]) })
    expect(countOf(model, 'SimplifiedLayerNormalization')).toBe(1)
    expect(countOf(model, 'Mul')).toBe(1)
  })

  it('writes no input and no node that the outputs do not reach', () => {
    const unread = input('unread', [2])
    exp(unread)
    const { inputs, bytes } = emit({ y: exp(x) })
    expect(inputs).toEqual([x])
    expect(readModel(bytes)).toMatchObject({ inputs: ['x'], nodes: [{ op: 'Exp' }] })
  })

  it('gives a tensor under as many names as asked, and inputs too', () => {
    const y = exp(x)
    const model = write({ first: y, second: y, same: x })
    expect(model.outputs).toEqual(['first', 'second', 'same'])
    expect(countOf(model, 'Exp')).toBe(1)
    expect(countOf(model, 'Identity')).toBe(2)
  })

  it('keeps a name of an input apart from the names it makes up', () => {
    const names = ['v0', 'v1', 'v2', 'v3']
    const total = names.map((name) => input(name, [2])).reduce((a, b) => mul(exp(a), b))
    const model = write({ v4: total, v5: exp(total) })
    const made = [...model.inputs, ...model.constants, ...model.nodes.flatMap(({ outputs }) => outputs)]
    expect(new Set(made).size).toBe(made.length)
  })

  it('reads a named size off an input once, however often it is needed', () => {
    const wide = (c: number) => broadcastTo(constant(c), ['B', 7])
    const model = write({ y: add(exp(wide(1)), wide(2)), x: stopGradient(input('z', ['B'])) })
    expect(countOf(model, 'Shape')).toBe(1)
  })

  it('works products and sums of names out of the names', () => {
    const [a, b] = [input('a', ['A']), input('b', ['B'])]
    const outputs = {
      ea: exp(a),
      eb: exp(b),
      product: broadcastTo(constant(0), ['2*A*B']),
      sum: broadcastTo(constant(0), ['(A+B+1)']),
    }
    const model = write(outputs)
    expect([countOf(model, 'Shape'), countOf(model, 'Mul'), countOf(model, 'Add')]).toEqual([2, 2, 2])
  })

  it('asks for the size of a name that no input has', () => {
    const { sizeInputs, bytes } = emit({ y: broadcastTo(constant(0), ['(N+1)']) })
    expect(sizeInputs).toEqual(['N'])
    expect(readModel(bytes).inputs).toEqual(['size.N'])
  })

  it('works out a sum times a number, whichever is written first', () => {
    const outputs = { ea: exp(input('a', ['A'])), y: reshape(input('p', ['(A+1)', 2]), ['(A+1)*2']) }
    expect(() => emit({ ...outputs, z: broadcastTo(constant(0), ['(A+1)*2']) })).not.toThrow()
    expect(emit({ ...outputs, z: broadcastTo(constant(0), ['(A+2)*2']) }).sizeInputs).toEqual([])
  })

  it('refuses two inputs of one name that are not the same', () => {
    expect(() => emit({ y: add(input('x', [3]), x) })).toThrow(
      expect.objectContaining({ code: 'tensor/duplicate-input', message: expect.stringContaining('"x"') }),
    )
  })

  it('takes two inputs of one name and one shape for one', () => {
    expect(write({ y: add(x, input('x', ['B', 3])) }).inputs).toEqual(['x'])
  })

  it('refuses an output with the name of an input', () => {
    expect(() => emit({ x: exp(x) })).toThrow(expect.objectContaining({ code: 'tensor/duplicate-name' }))
  })

  it('refuses an operator without a lowering, by name', () => {
    const siblings: Tensor[] = []
    const strange: Tensor = { ...exp(x), op: { kind: 'strange', infer: () => [] }, siblings }
    siblings.push(strange)
    expect(() => emit({ y: strange })).toThrow(
      expect.objectContaining({ code: 'tensor/no-lowering', message: expect.stringContaining('"strange"') }),
    )
  })

  it('never sums repeated rows with ScatterND, whose kernel loses some', () => {
    const model = write({ y: scatterAdd(input('r', ['N', 4]), input('i', ['N'], 'int32'), 5) })
    expect(countOf(model, 'ScatterND')).toBe(0)
  })

  it('writes each part of a split under its own name', () => {
    const [a, b] = split(input('s', [5]), 0, [2, 3])
    const model = write({ a, b })
    expect(model.nodes).toEqual([{ op: 'Split', inputs: ['s', expect.any(String)], outputs: ['a', 'b'] }])
  })
})

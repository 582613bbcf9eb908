// Inputs that become part of the model, and inputs of 64-bit integers.
import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { add, cast, emit, gather, input, mul, Program } from '../index.ts'

describe('emit', () => {
  const x = input('x', ['N'])
  const scale = input('scale', [2])
  const output = mul(gather(scale, cast(input('which', ['N'], 'int64'), 'int32')), x)

  it('bakes the numbers of initialisers into the model under their names', async () => {
    const model = emit({ output }, { initializers: new Map([['scale', Float32Array.of(10, 100)]]) })
    expect(model.inputs.map(({ attrs }) => attrs.name).sort()).toEqual(['which', 'x'])
    const session = await ort.InferenceSession.create(model.bytes, { logSeverityLevel: 3 })
    expect([...session.inputNames].sort()).toEqual(['which', 'x'])
    const results = await session.run({
      x: new ort.Tensor('float32', Float32Array.of(1, 2, 3), [3]),
      which: new ort.Tensor('int64', BigInt64Array.of(1n, 0n, 1n), [3]),
    })
    expect([...(results.output.data as Float32Array)]).toEqual([100, 20, 300])
  })

  it('refuses initialisers of another size', () => {
    const initializers = new Map([['scale', Float32Array.of(10)]])
    expect(() => emit({ output }, { initializers })).toThrow(expect.objectContaining({ code: 'tensor/shape' }))
  })

  it('ignores numbers for inputs that the outputs do not reach', () => {
    const model = emit({ y: add(x, 1) }, { initializers: new Map([['scale', Float32Array.of(10, 100)]]) })
    expect(model.inputs.map(({ attrs }) => attrs.name)).toEqual(['x'])
  })
})

describe('Program', () => {
  it('widens Int32Arrays for 64-bit inputs, negative numbers too', async () => {
    const whole = input('whole', ['N'], 'int64')
    const program = await Program.compile({ float: cast(whole, 'float32') }, { threads: 1 })
    const { float } = await program.run({ sizes: { N: 3 }, feeds: { whole: Int32Array.of(-2, 7, 2 ** 31 - 1, 5) } })
    await program.dispose()
    expect([...float]).toEqual([-2, 7, 2 ** 31])
  })
})

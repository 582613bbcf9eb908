// Running: feeding, binding, writing into given arrays, and what is refused with which advice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { add, cast, greater, mul } from './ops/elementwise.ts'
import { scatterAdd } from './ops/indexing.ts'
import { sum } from './ops/reduce.ts'
import { broadcastTo } from './ops/shaping.ts'
import { Program } from './program.ts'
import { constant, input } from './tensor.ts'

const code = (name: string, ...parts: string[]) =>
  expect.objectContaining({
    code: `tensor/${name}`,
    message: expect.stringMatching(parts.map((part) => `(?=.*${part})`).join('')),
  })

describe('Program', () => {
  const [x, w] = [input('x', ['N', 2]), input('w', [2])]
  const outputs = { y: mul(x, w), total: sum(x), positive: cast(greater(x, 0), 'int32') }
  let program: Program
  beforeAll(async () => {
    program = await Program.compile(outputs, { threads: 1 })
  })
  afterAll(() => program.dispose())
  const feeds = { x: Float32Array.of(1, -2, 3, 4), w: Float32Array.of(10, 100) }
  const sizes = { N: 2 }

  it('runs with any size of a named dimension', async () => {
    const two = await program.run({ sizes, feeds })
    expect([...two.y]).toEqual([10, -200, 30, 400])
    expect([...two.positive]).toEqual([1, 0, 1, 1])
    const one = await program.run({ sizes: { N: 1 }, feeds })
    expect([[...one.y], [...one.total]]).toEqual([[10, -200], [-1]])
    const none = await program.run({ sizes: { N: 0 }, feeds })
    expect([[...none.y], [...none.total]]).toEqual([[], [0]])
  })

  it('knows its inputs', () => {
    expect([...program.inputs].sort()).toEqual(['w', 'x'])
    expect(program.has('x')).toBe(true)
    expect(program.has('y')).toBe(false)
  })

  it('writes outputs into given arrays and leaves the rest of them alone', async () => {
    const into = { y: new Float32Array(6).fill(7), positive: new Int32Array(4) }
    const out = await program.run({ sizes, feeds, into })
    expect([...into.y]).toEqual([10, -200, 30, 400, 7, 7])
    expect([...into.positive]).toEqual([1, 0, 1, 1])
    expect(out.y).toBe(into.y)
    expect([...out.total]).toEqual([6])
  })

  it('writes into a part of an array', async () => {
    const all = new Float32Array(8).fill(7)
    await program.run({ sizes, feeds, into: { y: all.subarray(2, 6) } })
    expect([...all]).toEqual([7, 7, 10, -200, 30, 400, 7, 7])
  })

  it('reads bound arrays anew in every run', async () => {
    const w = Float32Array.of(1, 1)
    const binding = program.bind([
      ['w', w],
      ['not-an-input', w],
    ])
    const run = () => program.run({ sizes, feeds: { x: feeds.x }, binding })
    expect([...(await run()).y]).toEqual([1, -2, 3, 4])
    w.set([2, 3])
    expect([...(await run()).y]).toEqual([2, -6, 6, 12])
    // A feed goes before a binding.
    expect([...(await program.run({ sizes, feeds, binding })).y]).toEqual([10, -200, 30, 400])
  })

  it('names the dimension that has no size', async () => {
    await expect(program.run({ feeds })).rejects.toThrow(code('unbound-dimension', '"N"'))
  })

  it('names the input that was not given', async () => {
    await expect(program.run({ sizes, feeds: { x: feeds.x } })).rejects.toThrow(code('missing-input', '"w"'))
  })

  it('names an input that it does not have', async () => {
    const extra = { ...feeds, v: feeds.w }
    await expect(program.run({ sizes, feeds: extra })).rejects.toThrow(code('unknown-input', '"v"'))
  })

  it('says how many numbers a short feed lacks', async () => {
    await expect(program.run({ sizes: { N: 3 }, feeds })).rejects.toThrow(
      code('shape', 'x \\[N, 2\\]', '6 numbers', 'got 4'),
    )
  })

  it('refuses a target that is too short', async () => {
    await expect(program.run({ sizes, feeds, into: { y: new Float32Array(3) } })).rejects.toThrow(
      code('shape', '4 numbers', 'got 3'),
    )
  })

  it('refuses to run after it was disposed, and to be disposed does no harm twice', async () => {
    const short = await Program.compile({ y: add(w, 1) }, { threads: 1 })
    await short.dispose()
    await short.dispose()
    await expect(short.run({ feeds: { w: feeds.w } })).rejects.toThrow(code('disposed'))
  })

  it('refuses two different inputs of one name', async () => {
    await expect(Program.compile({ y: add(w, input('w', [])) })).rejects.toThrow(code('duplicate-input', '"w"'))
  })

  it('asks for the size of a dimension that no input has', async () => {
    const filled = await Program.compile({ y: broadcastTo(constant(3), ['M', 2]) }, { threads: 1 })
    expect([...(await filled.run({ sizes: { M: 2 } })).y]).toEqual([3, 3, 3, 3])
    await expect(filled.run()).rejects.toThrow(code('unbound-dimension', '"M"'))
    await filled.dispose()
  })

  it('does not mistake its own names for those of inputs and outputs', async () => {
    const named = await Program.compile({ v2: add(mul(input('v0', [1]), 2), input('v1', [1])) }, { threads: 1 })
    expect([...(await named.run({ feeds: { v0: Float32Array.of(3), v1: Float32Array.of(1) } })).v2]).toEqual([7])
    await named.dispose()
  })

  // A few rows are summed by a product, many one by one.
  it.each([8, 512])('sums repeated rows into %i right with two threads, every time', async (places) => {
    const [count, width] = [8192, 64]
    const summed = await Program.compile(
      { y: scatterAdd(input('rows', ['N', width]), input('ids', ['N'], 'int32'), places) },
      { threads: 2 },
    )
    const rows = new Float32Array(count * width).fill(1)
    const ids = Int32Array.from({ length: count }, (_, i) => i % places)
    for (let run = 0; run < 5; run++) {
      const { y } = await summed.run({ sizes: { N: count }, feeds: { rows, ids } })
      expect(new Set(y)).toEqual(new Set([count / places]))
    }
    await summed.dispose()
  })
})

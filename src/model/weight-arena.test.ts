// Where weights lie, which views share memory, and what fresh weights look like.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { tinyConfigs } from './__fixtures__/tiny-model.ts'
import { decoderParams, elementCount, partShape } from './param-spec.ts'
import { decays, initialise, WeightArena } from './weight-arena.ts'

const specs = [
  {
    name: 'a.weight',
    shape: [3, 2],
    parts: [
      { name: 'a1', rows: 1 },
      { name: 'a2', rows: 2 },
    ],
  },
  { name: 'b.bias', shape: [17], parts: [{ name: 'b.bias', rows: 17 }] },
  { name: 'c.weight', shape: [2, 2], parts: [{ name: 'c.weight', rows: 2 }] },
]

describe('WeightArena', () => {
  it('begins every parameter on a 64-byte line', () => {
    const arena = new WeightArena(specs)
    expect(arena.params.map(({ start, end }) => [start, end])).toEqual([
      [0, 6],
      [16, 33],
      [48, 52],
    ])
    expect(arena.data.length).toBe(64)
    expect(arena.count).toBe(6 + 17 + 4)
  })

  it('gives views and parts of one memory', () => {
    const arena = new WeightArena(specs)
    arena.view('a.weight').set([1, 2, 3, 4, 5, 6])
    expect([...arena.data.subarray(0, 7)]).toEqual([1, 2, 3, 4, 5, 6, 0])
    expect([...arena.part('a1')!]).toEqual([1, 2])
    expect([...arena.part('a2')!]).toEqual([3, 4, 5, 6])
    arena.part('a2')![0] = 9
    expect(arena.data[2]).toBe(9)
    expect([...arena.views().keys()]).toEqual(['a.weight', 'b.bias', 'c.weight'])
  })

  it('knows no other names', () => {
    const arena = new WeightArena(specs)
    expect(() => arena.view('a1')).toThrow(expect.objectContaining({ code: 'model/unknown-weight' }))
    expect(arena.part('a.weight')).toBeUndefined()
  })

  it('clones to a layout of its own with equal numbers', () => {
    const arena = new WeightArena(specs)
    arena.data.forEach((_, i) => {
      arena.data[i] = i
    })
    const copy = arena.clone()
    expect(copy.data).toEqual(arena.data)
    expect(copy.params).toEqual(arena.params)
    copy.view('c.weight')[0] = -1
    expect(arena.view('c.weight')[0]).toBe(48)
    expect(copy.part('c.weight')![0]).toBe(-1)
  })

  it('lays out any parameters without overlap, and parts fill them', () => {
    const part = fc.integer({ min: 1, max: 5 })
    const param = fc.record({
      rows: fc.array(part, { minLength: 1, maxLength: 4 }),
      width: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(fc.array(param, { minLength: 1, maxLength: 8 }), (params) => {
        const arena = new WeightArena(
          params.map(({ rows, width }, p) => ({
            name: `p${p}`,
            shape: [rows.reduce((a, b) => a + b, 0), width],
            parts: rows.map((count, i) => ({ name: `p${p}.${i}`, rows: count })),
          })),
        )
        let mark = 0
        for (const spec of arena.params)
          for (const p of spec.parts) {
            const view = arena.part(p.name)!
            expect(view.length).toBe(elementCount(partShape(spec, p)))
            view.fill(++mark)
          }
        let seen = 0
        for (const { name, start, parts, shape } of arena.params) {
          expect(start % 16).toBe(0)
          const expected = parts.flatMap(({ rows }) => new Array<number>(rows * shape[1]).fill(++seen))
          expect([...arena.view(name)]).toEqual(expected)
        }
      }),
    )
  })
})

describe('initialise', () => {
  const config = { ...tinyConfigs['llama-untied-biases'], layers: 8, initStd: 0.05 }
  const fresh = (seed: number): WeightArena => {
    const arena = new WeightArena(decoderParams(config))
    initialise(arena, config, stream(seed, 'weights'))
    return arena
  }
  const deviation = (x: Float32Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length)

  it('draws matrices with the wanted deviation, those into the residual stream smaller by sqrt(2 L)', () => {
    const arena = fresh(1)
    for (const [name, wanted] of [
      ['self_attn.qkv_proj', 0.05],
      ['mlp.gate_up_proj', 0.05],
      ['self_attn.o_proj', 0.0125],
      ['mlp.down_proj', 0.0125],
    ] as const) {
      // 480 numbers or more: a tenth is three standard errors.
      const ratio = deviation(arena.view(`model.layers.3.${name}.weight`)) / wanted
      expect(Math.abs(ratio - 1), name).toBeLessThan(0.1)
    }
  })

  it('sets gains to one, biases to zero and leaves the gaps empty', () => {
    const arena = fresh(1)
    expect(arena.view('model.norm.weight').every((x) => x === 1)).toBe(true)
    expect(arena.view('model.layers.0.mlp.down_proj.bias').every((x) => x === 0)).toBe(true)
    const inside = new Set(
      arena.params.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
    )
    expect(arena.data.every((x, i) => inside.has(i) || x === 0)).toBe(true)
  })

  it('depends on the seed only', () => {
    expect(fresh(1).data).toEqual(fresh(1).data)
    expect(fresh(2).data).not.toEqual(fresh(1).data)
  })

  it('leaves gains and biases out of weight decay', () => {
    const decayed = decoderParams(config).filter(decays)
    expect(decayed.every(({ name }) => name.endsWith('.weight') && !name.includes('norm'))).toBe(true)
    expect(decayed).toHaveLength(2 + 4 * config.layers)
  })
})

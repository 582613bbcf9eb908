import { describe, expect, it } from 'vitest'
import { adamw } from './adamw.ts'
import { makeOptimizer, optimizerConfig } from './catalog.ts'
import { checkArena, wholeArena } from './optimizer.ts'

const settings = { beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0 }

describe('the checks that optimisers share', () => {
  it('refuses segments that overlap, run backwards or leave the arena', () => {
    const decay = true
    const check =
      (...ends: [number, number][]) =>
      () =>
        checkArena({ size: 4, segments: ends.map(([start, end]) => ({ start, end, decay })) })
    expect(check([0, 2], [2, 4])).not.toThrow()
    expect(check([1, 2], [3, 4])).not.toThrow()
    expect(check([0, 2], [1, 4])).toThrow(expect.objectContaining({ code: 'train/bad-segments' }))
    expect(check([2, 1])).toThrow(/segment \[2, 1\)/)
    expect(check([0, 5])).toThrow(/arena of 4/)
    expect(check([0, 1.5])).toThrow(/1\.5/)
  })

  it('refuses arrays of another length and changes nothing', () => {
    const optimizer = adamw(settings, wholeArena(2))
    const weights = new Float32Array([1, 2])
    expect(() => optimizer.step({ weights, gradients: new Float32Array(3), lr: 1 })).toThrow(
      expect.objectContaining({ code: 'train/arena-mismatch' }),
    )
    expect([...weights]).toEqual([1, 2])
    expect(optimizer.state().step).toBe(0)
  })

  it.each([
    [Number.NaN, 1],
    [1, Number.NaN],
    [Number.POSITIVE_INFINITY, 1],
  ])('refuses a learning rate of %s with a scale of %s', (lr, scale) => {
    const optimizer = adamw(settings, wholeArena(1))
    const update = { weights: new Float32Array(1), gradients: new Float32Array(1), lr, scale }
    expect(() => optimizer.step(update)).toThrow(expect.objectContaining({ code: 'train/not-finite' }))
  })

  it('refuses a state that lacks an array or holds one of another size, and keeps its own', () => {
    const optimizer = adamw(settings, wholeArena(2))
    optimizer.step({ weights: new Float32Array(2), gradients: new Float32Array([1, 2]), lr: 0.1 })
    const before = [...optimizer.state().arrays.m]
    const m = new Float32Array([7, 7])
    expect(() => optimizer.load({ step: 3, arrays: { m } })).toThrow(/array "v" is missing, expected 2/)
    expect(() => optimizer.load({ step: 3, arrays: { m, v: new Float32Array(1) } })).toThrow(/"v" has 1 numbers/)
    expect(() => optimizer.load({ step: -1, arrays: { m, v: m } })).toThrow(/step -1/)
    expect([...optimizer.state().arrays.m]).toEqual(before)
    expect(optimizer.state().step).toBe(1)
  })
})

describe('the catalog', () => {
  it('makes what the config names, with defaults filled in', () => {
    const config = optimizerConfig.parse({ kind: 'adamw' })
    expect(config).toEqual({ kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.01 })
    expect(makeOptimizer(config, wholeArena(3)).id).toBe('adamw')
  })

  it('refuses unknown kinds, unknown keys and values out of range', () => {
    expect(optimizerConfig.safeParse({ kind: 'adam' }).success).toBe(false)
    expect(optimizerConfig.safeParse({ kind: 'adamw', beta: 0.9 }).success).toBe(false)
    expect(optimizerConfig.safeParse({ kind: 'adamw', beta1: 1 }).success).toBe(false)
    expect(optimizerConfig.safeParse({ kind: 'adamw', eps: 0 }).success).toBe(false)
  })

  it('describes every setting and gives the value of the paper', () => {
    for (const option of optimizerConfig.options) {
      for (const [name, field] of Object.entries(option.shape)) {
        if (name === 'kind') continue
        expect(field.meta(), name).toMatchObject({ description: expect.any(String), paper: expect.any(String) })
      }
    }
  })
})

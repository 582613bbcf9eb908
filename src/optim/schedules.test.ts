import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scheduleAt, scheduleConfig } from './schedules.ts'

const schedule = (raw: unknown) => scheduleConfig.parse(raw)

function curve(raw: unknown, total: number): number[] {
  const config = schedule(raw)
  return Array.from({ length: total }, (_, step) => scheduleAt(config, step, total))
}

describe('scheduleAt', () => {
  it('holds a constant after the warm-up', () => {
    expect(curve({ kind: 'constant' }, 3)).toEqual([1, 1, 1])
    expect(curve({ kind: 'constant', warmup: 4 }, 6)).toEqual([0.25, 0.5, 0.75, 1, 1, 1])
  })

  it('falls linearly from the step after the warm-up', () => {
    expect(curve({ kind: 'linear' }, 4)).toEqual([1, 0.75, 0.5, 0.25])
    expect(curve({ kind: 'linear', warmup: 2 }, 6)).toEqual([0.5, 1, 1, 0.75, 0.5, 0.25])
    expect(curve({ kind: 'linear', minRatio: 0.5 }, 4)).toEqual([1, 0.875, 0.75, 0.625])
  })

  it('falls as half a cosine to its floor', () => {
    const config = schedule({ kind: 'cosine', warmup: 2, minRatio: 0.2 })
    expect(scheduleAt(config, 0, 10)).toBe(0.5)
    expect(scheduleAt(config, 1, 10)).toBe(1)
    expect(scheduleAt(config, 2, 10)).toBe(1)
    expect(scheduleAt(config, 6, 10)).toBeCloseTo(0.6, 15)
    expect(scheduleAt(config, 9, 10)).toBeCloseTo(0.2 + 0.4 * (1 + Math.cos((7 / 8) * Math.PI)), 15)
    expect(scheduleAt(config, 10, 10)).toBe(0.2)
    expect(schedule({ kind: 'cosine' })).toEqual({ kind: 'cosine', warmup: 0, minRatio: 0.1 })
  })

  it('warms up, stays, then falls in the chosen shape', () => {
    const base = { kind: 'warmup-stable-decay', warmup: 2, decay: 4 }
    expect(curve(base, 10)).toEqual([0.5, 1, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25])
    expect(curve({ ...base, shape: 'sqrt' }, 10).slice(6, 8)).toEqual([1, 0.5])
    expect(curve({ ...base, shape: 'cosine' }, 10)[8]).toBeCloseTo(0.5, 15)
    expect(curve({ ...base, minRatio: 0.5 }, 10)[9]).toBe(0.625)
  })

  it('starts the fall after the warm-up when the two would overlap', () => {
    expect(curve({ kind: 'warmup-stable-decay', warmup: 2, decay: 9 }, 4)).toEqual([0.5, 1, 1, 0.5])
  })

  it('reads numbers below one as shares, rounded to steps', () => {
    // 0.1 of 30 is 3.0000000000000004 in floating point: three steps, not four.
    expect(curve({ kind: 'constant', warmup: 0.1 }, 30)).toEqual(curve({ kind: 'constant', warmup: 3 }, 30))
    expect(curve({ kind: 'warmup-stable-decay', decay: 0.4 }, 10)).toEqual(
      curve({ kind: 'warmup-stable-decay', decay: 4 }, 10),
    )
    expect(scheduleConfig.safeParse({ kind: 'constant', warmup: 1.5 }).success).toBe(false)
    expect(scheduleConfig.safeParse({ kind: 'constant', warmup: -1 }).success).toBe(false)
  })

  it('only rises until the warm-up ends when it outlasts the run', () => {
    expect(curve({ kind: 'cosine', warmup: 8 }, 2)).toEqual([0.125, 0.25])
  })

  it('stays at the floor past the end', () => {
    expect(scheduleAt(schedule({ kind: 'linear', minRatio: 0.25 }), 99, 10)).toBe(0.25)
    expect(scheduleAt(schedule({ kind: 'warmup-stable-decay' }), 10, 10)).toBe(0)
  })

  it('rises to one, then never rises again, and stays within its floor and one', () => {
    const kinds = fc.constantFrom('linear', 'cosine', 'warmup-stable-decay')
    const share = fc.double({ min: 0, max: 0.99, noNaN: true })
    fc.assert(
      fc.property(kinds, share, share, fc.integer({ min: 1, max: 60 }), (kind, warmup, minRatio, total) => {
        const values = curve({ kind, warmup, minRatio }, total)
        const warm = Math.round(warmup * total)
        for (let step = 1; step < total; step++) {
          if (step < warm) expect(values[step]).toBeGreaterThan(values[step - 1])
          else expect(values[step]).toBeLessThanOrEqual(values[step - 1])
        }
        if (warm < total) expect(values[warm]).toBe(1)
        for (const value of values.slice(warm)) expect(value).toBeGreaterThanOrEqual(minRatio)
      }),
    )
  })
})

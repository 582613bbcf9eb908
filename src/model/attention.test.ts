// The attention patterns against one naive attention over numbers, for one, two and four query heads to a key head.
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { input, Program, type Tensor } from '../tensor/index.ts'
import { causalMask, largestDifference, MASKED } from './__fixtures__/run-decoder.ts'
import { cachedAttention, causalAttention, prefixAttention } from './attention.ts'

const KEY_HEADS = 2
const WIDTH = 3
const TOLERANCE = 1e-5

interface Heads {
  readonly heads: number
  readonly time: number
  /** [row][head][t][w] flat. */
  readonly data: Float32Array
}

function randomHeads(rows: number, heads: number, time: number, name: string): Heads {
  const rng = stream('attention', name, heads, time)
  return { heads, time, data: Float32Array.from({ length: rows * heads * time * WIDTH }, () => rng.normal()) }
}

const vectorAt = ({ heads, time, data }: Heads, row: number, head: number, t: number): Float32Array => {
  const start = ((row * heads + head) * time + t) * WIDTH
  return data.subarray(start, start + WIDTH)
}

/** The mix of values for one query over the keys it may see. */
function naive(
  query: ArrayLike<number>,
  seen: readonly { key: ArrayLike<number>; value: ArrayLike<number> }[],
): number[] {
  const scores = seen.map(({ key }) => {
    let product = 0
    for (let i = 0; i < WIDTH; i++) product += query[i] * key[i]
    return Math.exp(product / Math.sqrt(WIDTH))
  })
  const total = scores.reduce((a, b) => a + b, 0)
  return Array.from({ length: WIDTH }, (_, i) =>
    seen.reduce((sum, { value }, s) => sum + (scores[s] / total) * value[i], 0),
  )
}

async function run(
  output: Tensor,
  feeds: Readonly<Record<string, Float32Array>>,
  sizes: Readonly<Record<string, number>>,
): Promise<Float32Array> {
  const program = await Program.compile({ output }, { threads: 1 })
  const results = await program.run({ sizes, feeds })
  await program.dispose()
  return results.output as Float32Array
}

const headInputs = (heads: number, rows: string, time: string | number) => ({
  q: input('q', [rows, heads, time, WIDTH]),
  k: input('k', [rows, KEY_HEADS, time, WIDTH]),
  v: input('v', [rows, KEY_HEADS, time, WIDTH]),
})

const prefixInputs = (rows: string) => ({
  keys: [input('prefix.k', [rows, KEY_HEADS, 'S', WIDTH])],
  values: [input('prefix.v', [rows, KEY_HEADS, 'S', WIDTH])],
  mask: input('prefix.mask', [rows, 1, 1, 'S']),
})

const range = (count: number): number[] => [...Array(count).keys()]

describe.each([1, 2, 4])('with %i query heads to a key head', (repeat) => {
  const heads = KEY_HEADS * repeat
  const rows = 2

  it('causal attention mixes the values of a token and of what is before it', async () => {
    const time = 4
    const [q, k, v] = [
      randomHeads(rows, heads, time, 'q'),
      randomHeads(rows, KEY_HEADS, time, 'k'),
      randomHeads(rows, KEY_HEADS, time, 'v'),
    ]
    const output = causalAttention(input('mask', ['T', 'T']))(0, headInputs(heads, 'P', 'T'))
    const feeds = { q: q.data, k: k.data, v: v.data, mask: causalMask(time) }
    const expected = range(rows).flatMap((p) =>
      range(heads).flatMap((h) => {
        const shared = Math.floor(h / repeat)
        return range(time).flatMap((t) =>
          naive(
            vectorAt(q, p, h, t),
            range(t + 1).map((s) => ({ key: vectorAt(k, p, shared, s), value: vectorAt(v, p, shared, s) })),
          ),
        )
      }),
    )
    expect(largestDifference(await run(output, feeds, { P: rows, T: time }), expected)).toBeLessThan(TOLERANCE)
  })

  it('prefix attention adds the real places of the prefix and stays within its own continuation', async () => {
    const [group, time, places] = [3, 2, 5]
    const lengths = [5, 2]
    const q = randomHeads(rows, heads, group * time, 'q')
    const [k, v] = [randomHeads(rows, KEY_HEADS, group * time, 'k'), randomHeads(rows, KEY_HEADS, group * time, 'v')]
    const [pk, pv] = [randomHeads(rows, KEY_HEADS, places, 'pk'), randomHeads(rows, KEY_HEADS, places, 'pv')]
    const attend = prefixAttention(prefixInputs('P'), { group: 'G', time: 'T', mask: input('mask', ['T', 'T']) })
    const feeds = {
      q: q.data,
      k: k.data,
      v: v.data,
      'prefix.k': pk.data,
      'prefix.v': pv.data,
      mask: causalMask(time),
      'prefix.mask': Float32Array.from(
        lengths.flatMap((length) => range(places).map((s) => (s < length ? 0 : MASKED))),
      ),
    }
    const expected = range(rows).flatMap((p) =>
      range(heads).flatMap((h) => {
        const shared = Math.floor(h / repeat)
        const prefix = range(lengths[p]).map((s) => ({
          key: vectorAt(pk, p, shared, s),
          value: vectorAt(pv, p, shared, s),
        }))
        return range(group * time).flatMap((at) => {
          const first = at - (at % time)
          const own = range((at % time) + 1).map((s) => ({
            key: vectorAt(k, p, shared, first + s),
            value: vectorAt(v, p, shared, first + s),
          }))
          return naive(vectorAt(q, p, h, at), [...prefix, ...own])
        })
      }),
    )
    const output = attend(0, headInputs(heads, 'P', 'G*T'))
    expect(
      largestDifference(await run(output, feeds, { P: rows, G: group, T: time, S: places }), expected),
    ).toBeLessThan(TOLERANCE)
  })

  it('cached attention mixes the real places of the cache and the new token', async () => {
    const places = 5
    const lengths = [5, 0]
    const [q, k, v] = [
      randomHeads(rows, heads, 1, 'q'),
      randomHeads(rows, KEY_HEADS, 1, 'k'),
      randomHeads(rows, KEY_HEADS, 1, 'v'),
    ]
    const [pk, pv] = [randomHeads(rows, KEY_HEADS, places, 'pk'), randomHeads(rows, KEY_HEADS, places, 'pv')]
    const feeds = {
      q: q.data,
      k: k.data,
      v: v.data,
      'prefix.k': pk.data,
      'prefix.v': pv.data,
      'prefix.mask': Float32Array.from(
        lengths.flatMap((length) => range(places).map((s) => (s < length ? 0 : MASKED))),
      ),
    }
    const expected = range(rows).flatMap((p) =>
      range(heads).flatMap((h) => {
        const shared = Math.floor(h / repeat)
        const seen = range(lengths[p]).map((s) => ({
          key: vectorAt(pk, p, shared, s),
          value: vectorAt(pv, p, shared, s),
        }))
        return naive(vectorAt(q, p, h, 0), [
          ...seen,
          { key: vectorAt(k, p, shared, 0), value: vectorAt(v, p, shared, 0) },
        ])
      }),
    )
    const output = cachedAttention(prefixInputs('P'))(0, headInputs(heads, 'P', 1))
    expect(largestDifference(await run(output, feeds, { P: rows, S: places }), expected)).toBeLessThan(TOLERANCE)
  })
})

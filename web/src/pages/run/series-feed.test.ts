import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SeriesAnswer } from '../../../../src/serve/dashboard/api.ts'
import { ServerError } from '../../lib/server.ts'
import { extended, SeriesFeed } from './series-feed.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A run of rows 0 to n - 1 whose metrics are the number of the row. */
function fakeRun(rows: number, names = ['a', 'b']) {
  const state = { rows, names, asked: [] as [string, number | undefined][] }
  const ask = async (wanted: readonly string[], from = Number.NEGATIVE_INFINITY): Promise<SeriesAnswer> => {
    state.asked.push([wanted.join(','), Number.isFinite(from) ? from : undefined])
    const x = Array.from({ length: state.rows }, (_, i) => i).filter((i) => i >= from)
    const series = Object.fromEntries(
      wanted.filter((name) => state.names.includes(name)).map((name) => [name, { mean: x }]),
    )
    return { run: 'r', axis: 'step', x, series, rows: x.length, version: state.rows }
  }
  return { state, feed: new SeriesFeed({ ask, points: 8, restMs: 1000 }) }
}

const settle = () => vi.advanceTimersByTimeAsync(1)

test('what is wanted at one moment is asked for at once', async () => {
  const { state, feed } = fakeRun(3)
  const heard = vi.fn()
  feed.want('a', heard)
  feed.want('b', heard)
  await settle()
  expect(state.asked).toEqual([['a,b', undefined]])
  expect(feed.curve('a')).toEqual({ x: [0, 1, 2], mean: [0, 1, 2] })
  expect(heard).toHaveBeenCalledTimes(2)
})

test('when the run has grown, only what comes after the end is asked for', async () => {
  const { state, feed } = fakeRun(3)
  const heard = vi.fn()
  feed.want('a', heard)
  await settle()
  state.rows = 5
  feed.grow()
  await settle()
  expect(state.asked.at(-1)).toEqual(['a', 2])
  expect(feed.curve('a')?.x).toEqual([0, 1, 2, 3, 4])
  expect(heard).toHaveBeenCalledTimes(2)
})

test('nothing new is no news', async () => {
  const { feed } = fakeRun(3)
  const heard = vi.fn()
  feed.want('a', heard)
  await settle()
  const before = feed.curve('a')
  feed.grow()
  await settle()
  expect(feed.curve('a')).toBe(before)
  expect(heard).toHaveBeenCalledTimes(1)
})

test('a curve that has become long is asked for in full, to be thinned', async () => {
  const { state, feed } = fakeRun(9)
  feed.want('a', () => {})
  await settle()
  feed.grow()
  await settle()
  expect(state.asked).toEqual([
    ['a', undefined],
    ['a', undefined],
  ])
})

test('what is not looked at is not asked for, and is brought up to date when it is again', async () => {
  const { state, feed } = fakeRun(3)
  const stop = feed.want('a', () => {})
  await settle()
  stop()
  state.rows = 4
  feed.grow()
  await settle()
  expect(state.asked).toHaveLength(1)
  feed.want('a', () => {})
  await settle()
  expect(state.asked.at(-1)).toEqual(['a', 2])
})

test('a metric that the run lacks does not keep the others away, and is asked for again when the run has grown', async () => {
  const { state, feed } = fakeRun(3, ['a', 'b', 'd'])
  for (const name of ['a', 'b', 'c', 'd']) feed.want(name, () => {})
  await settle()
  expect(['a', 'b', 'c', 'd'].map((name) => feed.curve(name) !== undefined)).toEqual([true, true, false, true])
  expect(state.asked).toEqual([['a,b,c,d', undefined]])
  state.names.push('c')
  feed.grow()
  await settle()
  expect(state.asked.slice(1)).toEqual([
    ['a,b,d', 2],
    ['c', undefined],
  ])
  expect(feed.curve('c')?.x).toEqual([0, 1, 2])
})

test('a run that was cut back is asked for in full', async () => {
  const { state, feed } = fakeRun(6)
  feed.want('a', () => {})
  await settle()
  state.rows = 4
  feed.grow()
  await settle()
  await settle()
  expect(feed.curve('a')?.x).toEqual([0, 1, 2, 3])
})

test('an error is told and what was known stays', async () => {
  let isAway = false
  const onError = vi.fn()
  const feed = new SeriesFeed({
    ask: async () => {
      if (isAway) throw new ServerError('away', { status: 0, code: 'unreachable' })
      return { run: 'r', axis: 'step', x: [1], series: { a: { mean: [1] } }, rows: 1, version: 1 }
    },
    points: 8,
    restMs: 1000,
    onError,
  })
  feed.want('a', () => {})
  await settle()
  isAway = true
  feed.grow()
  await settle()
  expect([feed.error?.message, feed.curve('a')?.x, onError.mock.calls.length]).toEqual(['away', [1], 1])
})

test('rows added to a thinned curve stand for themselves in its band', () => {
  const thin = { x: [1, 3], mean: [1, 2], low: [0, 1], high: [2, 3] }
  expect(extended(thin, [3, 4], { mean: [9, 5] })).toEqual({
    x: [1, 3, 4],
    mean: [1, 2, 5],
    low: [0, 1, 5],
    high: [2, 3, 5],
  })
})

import { expect, test } from 'vitest'
import { axisMap } from './axis-map.ts'
import { chartSeries, presentOnly } from './run-curves.ts'

const line = { x: [0, 1, 2, 3], mean: [1, 2, 3, 4] }

test('evaluations are joined over the steps between them, other missing numbers are gaps', () => {
  const curve = { x: [0, 1, 2, 3], mean: [1, null, 2, 3] }
  expect(presentOnly('eval/a/pass@1', curve)).toEqual({ x: [0, 2, 3], y: [1, 2, 3] })
  expect(presentOnly('optim/grad_norm', curve)).toEqual({ x: curve.x, y: curve.mean })
})

test('a metric that most rows lack is joined too, but not for what comes before and after it', () => {
  expect(presentOnly('a/b', { x: [0, 1, 2, 3, 4], mean: [1, null, null, null, 2] })).toEqual({ x: [0, 4], y: [1, 2] })
  const stage = { x: [0, 1, 2, 3, 4, 5], mean: [null, null, null, null, 1, 2] }
  expect(presentOnly('a/b', stage).y).toEqual(stage.mean)
  expect(presentOnly('a/b', { x: [0], mean: [null] })).toEqual({ x: [], y: [] })
})

test('a run alone needs no name, with others it is this run', () => {
  const alone = chartSeries({ name: 'a/b', own: { curve: line }, siblings: [], others: [] })
  expect(alone.map(({ name }) => name)).toEqual(['a/b'])
  const among = chartSeries({
    name: 'a/b',
    own: { curve: line },
    siblings: [line, line],
    others: [{ label: 'x', measured: { curve: line } }, { label: 'not there yet' }],
  })
  expect(among.map(({ name, color }) => [name, color])).toEqual([
    ['this run', 0],
    ['2 other seeds, min to max', 1],
    ['x', 2],
  ])
})

test('the legend says what a band is', () => {
  const interval = [line, { ...line, mean: [2, 3, 4, 5] }] as const
  const [measured] = chartSeries({ name: 'eval/a/pass@1', own: { curve: line, interval }, siblings: [], others: [] })
  expect([measured.name, measured.low, measured.high]).toEqual(['95 % interval', [1, 2, 3, 4], [2, 3, 4, 5]])
  const thin = { ...line, low: [0, 1, 2, 3], high: [2, 3, 4, 5] }
  const [thinned] = chartSeries({ name: 'a/b', own: { curve: thin }, siblings: [], others: [] })
  expect(thinned.name).toBe('min to max of each point')
})

test('edges that are not there for all points yet are not drawn', () => {
  const short = { x: [0], mean: [1] }
  const [own] = chartSeries({
    name: 'eval/a/pass@1',
    own: { curve: line, interval: [short, short] },
    siblings: [],
    others: [],
  })
  expect([own.name, own.low]).toEqual(['eval/a/pass@1', undefined])
})

test('a step is found on another axis between the rows that are known', () => {
  const place = axisMap([0, 10, 20], [0, 1000, 3000])
  expect([place(0), place(10), place(15), place(99), place(-1)]).toEqual([0, 1000, 2000, 3000, 0])
  expect(axisMap([], [])(3)).toBeUndefined()
  expect(axisMap([1, 2], [5])(1)).toBeUndefined()
})

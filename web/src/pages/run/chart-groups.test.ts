import { expect, test } from 'vitest'
import { chartsOf, groupCharts } from './chart-groups.ts'

const facts = (...names: string[]) => names.map((name) => ({ name, definition: '', better: null }))
const shape = (...args: Parameters<typeof groupCharts>) =>
  groupCharts(...args).map(({ key, charts }) => [key, charts.map(({ name }) => name)])

test('a metric with both edges of its interval is one chart', () => {
  const charts = chartsOf(
    facts('eval/a/pass@1', 'eval/a/pass@1_low', 'eval/a/pass@1_high', 'policy/clip_frac_low', 'policy/clip_frac_high'),
  )
  expect(charts.map(({ name, interval }) => [name, interval])).toEqual([
    ['eval/a/pass@1', ['eval/a/pass@1_low', 'eval/a/pass@1_high']],
    ['policy/clip_frac_low', undefined],
    ['policy/clip_frac_high', undefined],
  ])
})

test('one edge alone is a chart of its own', () => {
  expect(chartsOf(facts('a/b', 'a/b_low')).map(({ name }) => name)).toEqual(['a/b', 'a/b_low'])
})

test('the most telling come first, the rest by the first part of their names, time and tokens last', () => {
  expect(
    shape(
      facts(
        'time/step_s',
        'zeta/x',
        'loss/total',
        'policy/entropy',
        'eval/a/pass@1',
        'reward/mean',
        'reward/std',
        'tokens/seen',
        'alone',
      ),
    ),
  ).toEqual([
    ['overview', ['reward/mean', 'eval/a/pass@1', 'policy/entropy']],
    ['reward', ['reward/std']],
    ['loss', ['loss/total']],
    ['other', ['alone']],
    ['zeta', ['zeta/x']],
    ['time and tokens', ['time/step_s', 'tokens/seen']],
  ])
})

test('a filter keeps names with all of its words, and needs no overview', () => {
  expect(shape(facts('reward/mean', 'reward/std', 'completion/length_mean'), ' MEAN reward')).toEqual([
    ['reward', ['reward/mean']],
  ])
  expect(shape(facts('reward/mean'), 'nothing')).toEqual([])
})

import { expect, test } from 'vitest'
import { configRows, searchRows } from './config-rows.ts'
import { eventStep, eventText } from './event-text.ts'
import { rangeText, readRange } from './view-options.ts'

const config = { schedule: { lr: 0.0002, shape: {} }, k: [1, 8], model: null, name: 'a b' }

test('a configuration is a list of leaves, lists and empty parts among them', () => {
  expect(configRows(config)).toEqual([
    { path: 'schedule.lr', value: '0.0002' },
    { path: 'schedule.shape', value: '{}' },
    { path: 'k', value: '[1,8]' },
    { path: 'model', value: 'null' },
    { path: 'name', value: 'a b' },
  ])
  expect(configRows({})).toEqual([])
})

test('a search finds lines that have all words, in path or value', () => {
  const found = (text: string) => searchRows(configRows(config), text).map(({ path }) => path)
  expect([found('SCHEDULE 0.0002'), found('b name'), found('nothing'), found('').length]).toEqual([
    ['schedule.lr'],
    ['name'],
    [],
    5,
  ])
})

test('an event tells its message and its other facts', () => {
  const event = { at: 't', kind: 'alert', step: 4, message: 'm', hint: 'h', value: 2, metric: 'a/b' } as const
  expect(eventText(event)).toEqual({ message: 'm', hint: 'h', facts: 'value 2 · metric a/b' })
  expect(eventText({ at: 't', kind: 'checkpoint', step: 4 })).toEqual({ message: '', hint: '', facts: '' })
  expect([eventStep(event), eventStep({ at: 't', kind: 'start' })]).toEqual([4, null])
})

test('a range is read back as it was written, and what is none is none', () => {
  expect(readRange(rangeText([12.345678912, 1e7]))).toEqual([12.3457, 1e7])
  expect(readRange('-5..-1')).toEqual([-5, -1])
  for (const text of ['', '5', '5..', '..5', '5..5', '6..5', 'a..b', '1..2..3', 'NaN..1'])
    expect(readRange(text)).toBeNull()
})

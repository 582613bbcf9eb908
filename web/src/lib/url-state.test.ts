import { expect, test } from 'vitest'
import { pageOf } from './links.ts'
import { readList, readParam, withParam } from './url-state.ts'

test('a parameter is set, replaced and taken away', () => {
  expect(withParam('', 'x', 'tokens')).toBe('?x=tokens')
  expect(withParam('?run=a&x=step', 'x', 'tokens')).toBe('?run=a&x=tokens')
  expect(withParam('?x=step', 'x', undefined)).toBe('')
  expect(withParam('?x=step', 'x', '')).toBe('?x=')
})

test('names of runs and lists stay readable, all else is read back as it was', () => {
  const search = withParam('', 'run', 'a/b,c/d')
  expect(search).toBe('?run=a/b,c/d')
  const odd = 'a b&c=d#é+%2F'
  expect(readParam(withParam('', 'q', odd), 'q', '')).toBe(odd)
})

test('what is not allowed is read as the initial value', () => {
  expect(readParam('?x=time', 'x', 'step', ['step', 'time'])).toBe('time')
  expect(readParam('?x=evil', 'x', 'step', ['step', 'time'])).toBe('step')
  expect(readParam('', 'x', 'step')).toBe('step')
  expect(readParam('?q=', 'q', 'all')).toBe('')
})

test('a list has no empty parts', () => {
  expect(readList('a,,b,')).toEqual(['a', 'b'])
  expect(readList('')).toEqual([])
})

test('addresses of pages leave out what is not given', () => {
  expect(pageOf('/rollouts', { run: 'a/b', step: 40, filter: undefined })).toBe('/rollouts?run=a/b&step=40')
  expect(pageOf('/', {})).toBe('/')
})

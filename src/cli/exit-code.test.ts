// Errors as text and as exit codes.
import { expect, it } from 'vitest'
import { type ErrorCode, GradusError } from '../base/error.ts'
import { exitCodeOf, formatError } from './exit-code.ts'

it.each<[ErrorCode, number]>([
  ['usage/x', 2],
  ['config/x', 2],
  ['data/x', 2],
  ['store/x', 1],
  ['train/x', 1],
  ['engine/x', 1],
])('ends %s with %i', (code, exit) => {
  expect(exitCodeOf(new GradusError(code, 'm'))).toBe(exit)
})

it('ends what is not ours with 1 and shows where it came from', () => {
  const error = new TypeError('x is not a function')
  expect(exitCodeOf(error)).toBe(1)
  expect(formatError(error)).toMatch(/^error\[internal\]: x is not a function\n {4}at .*\n(.*\n)*hint: /)
  expect(formatError('text')).toContain('error[internal]: text\nhint: ')
})

it('writes code, message and hint', () => {
  const hinted = new GradusError('config/unknown-key', 'no such key', { hint: 'See the list.' })
  expect(formatError(hinted)).toBe('error[config/unknown-key]: no such key\nhint: See the list.\n')
  expect(formatError(new GradusError('train/x', 'm'))).toBe('error[train/x]: m\n')
})

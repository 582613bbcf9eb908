// The words in which memory runs out.
import { expect, it } from 'vitest'
import { isOutOfMemory } from './out-of-memory.ts'

it.each([
  new RangeError('Array buffer allocation failed'),
  new Error('failed to call OrtRun(). ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc'),
  new Error('all rollouts failed', { cause: new Error('Out of memory') }),
  new Error('Aborted(OOM)'),
])('knows %s', (error) => {
  expect(isOutOfMemory(error)).toBe(true)
})

it.each([new Error('no such room'), undefined, new Error('the graph does not compile', { cause: 'why' })])(
  'does not take %s for it',
  (error) => {
    expect(isOutOfMemory(error)).toBe(false)
  },
)

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pacer } from './pacer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('calls that come close are done together, after a rest', async () => {
  const work = vi.fn(async () => {})
  const pacer = new Pacer(work, 1000)
  pacer.call()
  pacer.call()
  pacer.call()
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(999)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2)
  expect(work).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(5000)
  expect(work).toHaveBeenCalledTimes(2)
})

test('what takes long rests nine times as long, and is never done twice at once', async () => {
  let running = 0
  const work = vi.fn(async () => {
    expect(++running).toBe(1)
    await new Promise((done) => setTimeout(done, 500))
    running--
  })
  const pacer = new Pacer(work, 100)
  pacer.call()
  await vi.advanceTimersByTimeAsync(200)
  pacer.call()
  await vi.advanceTimersByTimeAsync(4700)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(work).toHaveBeenCalledTimes(2)
})

test('what a reader has done does not wait for the rest', async () => {
  const work = vi.fn(async () => {})
  const pacer = new Pacer(work, 1000)
  pacer.call()
  await vi.advanceTimersByTimeAsync(10)
  pacer.callNow()
  expect(work).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(5000)
  expect(work).toHaveBeenCalledTimes(2)
})

test('nothing is done once stopped', async () => {
  const work = vi.fn(async () => {})
  const pacer = new Pacer(work, 1000)
  pacer.call()
  pacer.call()
  pacer.stop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(work).toHaveBeenCalledTimes(1)
})

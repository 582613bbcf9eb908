import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { scripted } from '../__fixtures__/sample-run.ts'
import { deskOf, SampleDesk } from './sample-desk.ts'

const never = new AbortController().signal

/** A desk that tells what it loads and lets go. */
function watched(idleMs = 1000) {
  const told: string[] = []
  const load = async (folder: string) => {
    told.push(`load ${folder}`)
    if (folder === 'broken') throw new Error('no weights')
    return { ...scripted(['1']), dispose: async () => void told.push(`dispose ${folder}`) }
  }
  return { desk: new SampleDesk({ load, idleMs, mostWaiting: 1 }), told }
}

const fine = (): void => {}

/** Whether it is settled by now. */
async function isOver(turn: Promise<void>): Promise<boolean> {
  const open = Symbol('open')
  return (await Promise.race([turn, Promise.resolve().then(() => open)])) !== open
}

describe('SampleDesk', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('gives the first a turn, and the next one when it leaves', async () => {
    const { desk } = watched()
    const [first, second] = [desk.join(never), desk.join(never)]
    expect([await isOver(first.turn), await isOver(second.turn)]).toEqual([true, false])
    expect(() => desk.join(never)).toThrow('1 others wait')
    first.leave()
    first.leave()
    expect(await isOver(second.turn)).toBe(true)
    expect(desk.length).toBe(1)
  })

  it('takes out whoever aborts, before or after joining, and lets them go on', async () => {
    const { desk } = watched()
    desk.join(never)
    const controller = new AbortController()
    const waiting = desk.join(controller.signal)
    controller.abort()
    expect([await isOver(waiting.turn), desk.length]).toEqual([true, 1])
    const late = desk.join(controller.signal)
    expect([await isOver(late.turn), desk.length]).toEqual([true, 1])
  })

  it('keeps the model that was used last, and lets go of it for another or for a new version of it', async () => {
    const { desk, told } = watched()
    expect(await desk.model('a', '1', fine)).toBe(await desk.model('a', '1', fine))
    await desk.model('a', '2', fine)
    await desk.model('b', '2', fine)
    expect(told).toEqual(['load a', 'dispose a', 'load a', 'dispose a', 'load b'])
  })

  it('lets go of a model that no one has used for a while, not of one in use', async () => {
    const { desk, told } = watched()
    const place = desk.join(never)
    await desk.model('a', '1', fine)
    await vi.advanceTimersByTimeAsync(5000)
    place.leave()
    await vi.advanceTimersByTimeAsync(999)
    const again = desk.join(never)
    await vi.advanceTimersByTimeAsync(5000)
    expect(told).toEqual(['load a'])
    again.leave()
    await vi.advanceTimersByTimeAsync(1000)
    expect([told.at(-1), desk.hasModel]).toEqual(['dispose a', false])
  })

  it('keeps nothing of a model that cannot be loaded or is refused', async () => {
    const { desk, told } = watched()
    await expect(desk.model('broken', '1', fine)).rejects.toThrow('no weights')
    const refuse = (): void => {
      throw new Error('damaged')
    }
    await expect(desk.model('a', '1', refuse)).rejects.toThrow('damaged')
    expect(desk.hasModel).toBe(false)
    await desk.model('a', '1', fine)
    expect(told).toEqual(['load broken', 'load a'])
  })
})

describe('deskOf', () => {
  it('is one for all routes over a world', () => {
    const world = {}
    expect(deskOf(world)).toBe(deskOf(world))
    expect(deskOf(world)).not.toBe(deskOf({}))
  })
})

// One look for all listeners, only while there are any, and an event for each what concerns it.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tickingClock } from '../../../store/__fixtures__/toy-run.ts'
import { ShownFolder } from '../__fixtures__/shown-folder.ts'
import type { ChangeEvent } from '../api.ts'
import { OpenWorld } from '../open-world.ts'
import { ChangeWatch } from './change-watch.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())
const dir = folder.add('a', { metrics: [{ step: 1 }] })
folder.add('b')

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A watch that counts its looks; a look takes no time unless said. */
function watching(tookMs = 0) {
  const world = new OpenWorld(folder.root, tickingClock())
  let looks = 0
  let now = 0
  const list = () => {
    looks++
    now += tookMs
    return world.runs()
  }
  const watch = new ChangeWatch({ list, clock: { nowMs: () => now, iso: () => '' } })
  const listen = (run?: string) => {
    const events: ChangeEvent[] = []
    const controller = new AbortController()
    const ended = (async () => {
      for await (const event of watch.events(run, controller.signal)) events.push(event)
    })()
    return { events, stop: () => controller.abort(), ended }
  }
  return { watch, listen, looks: () => looks }
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const second = async (count = 1): Promise<void> => {
  for (let i = 0; i < count; i++) {
    vi.advanceTimersByTime(1000)
    await settle()
  }
}

describe('the watch', () => {
  it('tells the state at once and then every change of the run that is listened to', async () => {
    const { listen } = watching()
    const a = listen('a')
    const b = listen('b')
    const all = listen()
    await settle()
    expect(a.events).toEqual([{ kind: 'run', run: 'a', version: 11 }])
    expect(all.events).toEqual([{ kind: 'runs' }])
    await second(3)
    appendFileSync(join(dir, 'metrics.jsonl'), '{"step":2}\n')
    await second()
    expect(a.events.slice(1)).toEqual([{ kind: 'run', run: 'a', version: 22 }])
    expect([b.events.length, all.events.length]).toEqual([1, 2])
    for (const { stop } of [a, b, all]) stop()
    await Promise.all([a.ended, b.ended, all.ended])
  })

  it.each<[string, () => void]>([
    ['an event', () => appendFileSync(join(dir, 'events.jsonl'), '{}\n')],
    ['rollouts', () => mkdirSync(join(dir, 'rollouts'))],
    ['an evaluation', () => folder.write('a/evals/sums@1.json', '{}')],
    ['tags', () => folder.write('a/tags.json', '{"tags":["x"]}')],
    ['its state', () => folder.add('a', { info: { status: 'failed' } })],
    ['its end', () => rmSync(dir, { recursive: true })],
  ])('notices %s', async (_what, change) => {
    folder.add('a')
    const { listen } = watching()
    const a = listen('a')
    const all = listen()
    await settle()
    change()
    await second()
    expect([a.events.length, all.events.length]).toEqual([2, 2])
    a.stop()
    all.stop()
  })

  it('tells the list of a new run and of one that cannot be read any more', async () => {
    const { listen } = watching()
    const all = listen()
    await settle()
    folder.add('new')
    await second()
    writeFileSync(join(folder.root, 'new', 'run.json'), '{')
    await second()
    expect(all.events).toHaveLength(3)
    rmSync(join(folder.root, 'new'), { recursive: true })
    all.stop()
  })

  it('looks once a second for all listeners, and not at all without any', async () => {
    const { watch, listen, looks } = watching()
    await second(5)
    expect(looks()).toBe(0)
    const listeners = Array.from({ length: 5 }, () => listen())
    await settle()
    await second(3)
    expect(looks()).toBe(4)
    for (const { stop } of listeners) stop()
    await settle()
    expect(watch.listeners).toBe(0)
    await second(5)
    expect(looks()).toBe(4)
  })

  it('looks seldom where a look takes long: a hundredth of the time', async () => {
    const { listen, looks } = watching(100)
    const { stop } = listen()
    await settle()
    await second(9)
    expect(looks()).toBe(1)
    await second()
    expect(looks()).toBe(2)
    stop()
  })

  it('looks at once when it is poked, and ends all streams when it is closed', async () => {
    const { watch, listen } = watching()
    watch.poke()
    const all = listen()
    await settle()
    folder.write('b/tags.json', '{"tags":[]}')
    watch.poke()
    await settle()
    expect(all.events).toHaveLength(2)
    watch.close()
    await all.ended
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('GET /api/changes', () => {
  beforeEach(() => void vi.useRealTimers())

  it('streams events until the client leaves', async () => {
    const app = folder.open()
    const response = await app.request('/api/changes?run=b')
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const reader = response.body!.getReader()
    const { value } = await reader.read()
    expect(new TextDecoder().decode(value)).toBe('data: {"kind":"run","run":"b","version":0}\n\n')
    await reader.cancel()
    await app.close()
  })

  it('ends when the server does', async () => {
    const app = folder.open()
    const response = await app.request('/api/changes')
    const text = response.text()
    await settle()
    await app.close()
    expect(await text).toBe('data: {"kind":"runs"}\n\n')
  })

  it('refuses a run that is not there', async () => {
    expect((await folder.open().get('/api/changes?run=../b')).status).toBe(404)
  })
})

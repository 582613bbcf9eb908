import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GradusError } from '../base/error.ts'
import { openRun } from './__fixtures__/synthetic-lab.ts'
import { lockLab, type QueueItem, type QueueSetting, runQueue, standingOf } from './index.ts'

let folder: string
let queue: readonly QueueItem<string>[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradus-lab-'))
  queue = [item('base'), item('a', 'base'), item('b', 'base'), item('c', 'base')]
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const item = (name: string, startsFrom?: string): QueueItem<string> => ({
  testbed: 'toy',
  title: name,
  dir: join(folder, name),
  plan: name,
  startsFrom: startsFrom === undefined ? undefined : join(folder, startsFrom),
})

/** Trains by writing a finished run; notes what it was given. */
async function run(changes: Partial<QueueSetting<string>> = {}) {
  const trained: string[] = []
  const told: string[] = []
  const train: QueueSetting<string>['train'] = async (plan, { dir }) => {
    trained.push(plan)
    openRun(dir).close('done', '')
    return 'done'
  }
  const outcome = await runQueue(queue, {
    train,
    startingFrom: (plan, dir) => `${plan} of ${dir.slice(folder.length + 1)}`,
    stopRequested: () => false,
    onRun: ({ title }, number) => told.push(`${number} ${title}`),
    ...changes,
  })
  return { trained, told, outcome }
}

describe('the queue', () => {
  it('runs one after the other, each from the model that it starts from', async () => {
    const { trained, told, outcome } = await run()
    expect(trained).toEqual(['base', 'a of base', 'b of base', 'c of base'])
    expect(told).toEqual(['1 base', '2 a', '3 b', '4 c'])
    expect(outcome).toEqual({ status: 'done', failures: [] })
  })

  it('passes over what is done, and takes up what was begun or failed', async () => {
    for (const [name, status] of [
      ['base', 'done'],
      ['a', 'done'],
      ['b', 'failed'],
    ] as const)
      openRun(join(folder, name)).close(status, '')
    expect(queue.map(({ dir }) => standingOf(dir))).toEqual(['done', 'done', 'failed', 'to do'])
    const begun: string[] = []
    const { told } = await run({
      train: async (_, { title }) => {
        begun.push(title)
        return 'done'
      },
    })
    expect(begun).toEqual(['b', 'c'])
    expect(told).toEqual(['3 b', '4 c'])
  })

  it('keeps a failure in mind and goes on', async () => {
    const error = new GradusError('train/not-finite', 'the loss is not a number')
    const failures: string[] = []
    const { outcome } = await run({
      train: async (_, { title, dir }) => {
        if (title === 'a') throw error
        openRun(dir).close('done', '')
        return 'done'
      },
      onFailure: ({ title }) => failures.push(title),
    })
    expect(outcome).toEqual({ status: 'done', failures: [{ title: 'a', dir: join(folder, 'a'), error }] })
    expect(failures).toEqual(['a'])
    expect(queue.map(({ dir }) => standingOf(dir))).toEqual(['done', 'to do', 'done', 'done'])
  })

  it('leaves out what starts from a base that failed, and tells the failure once', async () => {
    const { told, outcome } = await run({ train: () => Promise.reject(new Error('no memory')) })
    expect(told).toEqual(['1 base'])
    expect(outcome.failures.map(({ title }) => title)).toEqual(['base'])
  })

  it('ends when a run is interrupted, and before the next when that is asked between runs', async () => {
    let runs = 0
    const inside = await run({
      train: async () => {
        runs++
        return 'interrupted'
      },
    })
    expect([runs, inside.outcome.status]).toEqual([1, 'interrupted'])
    const between = await run({ stopRequested: () => true })
    expect([between.trained, between.outcome.status]).toEqual([[], 'interrupted'])
  })

  it('ends at a full disk, which no other run would survive either', async () => {
    const full = new GradusError('store/disk-full', 'the disk is full')
    await expect(run({ train: () => Promise.reject(full) })).rejects.toBe(full)
  })

  it('takes up a run whose process was killed, once, and nothing that was done before it', async () => {
    for (const name of ['base', 'a']) openRun(join(folder, name)).close('done', '')
    openRun(join(folder, 'b'))
    // As kill -9 leaves it: running, with the lock of a process that is no more.
    writeFileSync(join(folder, 'b', '.lock'), JSON.stringify(goneProcess))
    expect(queue.map(({ dir }) => standingOf(dir))).toEqual(['done', 'done', 'started', 'to do'])
    const taken: string[] = []
    await run({
      train: async (_, { title, dir }) => {
        taken.push(title)
        if (title === 'b') rmSync(dir, { recursive: true })
        openRun(dir).close('done', '')
        return 'done'
      },
    })
    expect(taken).toEqual(['b', 'c'])
    expect((await run()).trained).toEqual([])
  })
})

/** No process has this number. */
const goneProcess = { pid: 2 ** 30, host: hostname(), startedMs: 0 }

describe('the lock of a lab', () => {
  it('lets one process at a time work in a folder, which it makes', () => {
    const out = join(folder, 'labs', 'new')
    const unlock = lockLab(out)
    expect(() => lockLab(out)).toThrow(expect.objectContaining({ code: 'store/locked' }))
    unlock()
    lockLab(out)()
  })

  it('takes over from a process that was killed', () => {
    const out = join(folder, 'lab')
    mkdirSync(out)
    writeFileSync(join(out, '.lock'), JSON.stringify(goneProcess))
    const unlock = lockLab(out)
    expect(JSON.parse(readFileSync(join(out, '.lock'), 'utf8')).pid).toBe(process.pid)
    unlock()
  })
})

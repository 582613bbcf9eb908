// A run that is killed or interrupted, whenever it is, ends like one that never was.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { stream } from '../../src/base/rng.ts'
import { readRunInfo } from '../../src/store/index.ts'
import { gradus, lastingFilesOf, short, start, temporaryFolder, tinyBase, tinyStart, untilRows } from './gradus.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder, name)
const settings = [...tinyBase(), ...short({ klCoef: 0.01 })]
const train = (dir: string): string[] => ['train', 'grpo', '--out', dir, ...settings]

beforeAll(async () => {
  const { code, err } = await gradus(...train(at('whole')))
  expect(code, err).toBe(0)
})

const expectWhole = (dir: string): void => {
  expect(lastingFilesOf(dir)).toEqual(lastingFilesOf(at('whole')))
  expect(lastingFilesOf(join(dir, 'base'))).toEqual(lastingFilesOf(at('whole/base')))
}

describe('kill -9', () => {
  it('while the base is being built, then in the run, loses nothing', async () => {
    const dir = at('killed')
    for (const [place, rows] of [
      ['base', 2],
      ['base', 6],
      ['', 2],
      ['', 5],
    ] as const) {
      const run = start(place === 'base' && rows === 2 ? train(dir) : ['train', '--resume', dir])
      await untilRows(join(dir, place), rows, run)
      run.child.kill('SIGKILL')
      expect((await run.ended).code).toBe(null)
    }
    const { code, err } = await gradus('train', '--resume', dir)
    expect(code, err).toBe(0)
    expectWhole(dir)
  })

  it('at moments that are drawn, again and again', async () => {
    const dir = at('random')
    const rng = stream('kill-moments')
    let code: number | null = null
    for (let attempt = 0; code === null && attempt < 12; attempt++) {
      const run = start(train(dir))
      // Later and later, so that the run ends at some time however slow the machine is.
      const timer = setTimeout(() => run.child.kill('SIGKILL'), 400 + rng.int(500) + 300 * attempt)
      code = (await run.ended).code
      clearTimeout(timer)
    }
    expect(code).toBe(0)
    expectWhole(dir)
  })
})

describe('Ctrl-C', () => {
  it('finishes the step, checkpoints, says how to go on and exits with 3', async () => {
    const dir = at('stopped')
    const run = start(train(dir))
    await untilRows(dir, 3, run)
    run.child.kill('SIGINT')
    const { code, err } = await run.ended
    expect(code, err).toBe(3)
    expect(err).toContain(`gradus train --resume ${dir}`)
    expect(readRunInfo(dir).status).toBe('interrupted')
    const resumed = await gradus('train', '--resume', dir)
    expect(resumed.code, resumed.err).toBe(0)
    expectWhole(dir)
  })

  it('is the same while the base is built', async () => {
    const dir = at('stopped-base')
    const run = start(train(dir))
    await untilRows(join(dir, 'base'), 2, run)
    run.child.kill('SIGTERM')
    expect((await run.ended).code).toBe(3)
    expect(readRunInfo(dir).status).toBe('interrupted')
    expect((await gradus('train', '--resume', dir)).code).toBe(0)
    expectWhole(dir)
  })

  it('pressed twice stops at once, and the run can still be resumed', async () => {
    const dir = at('forced')
    const run = start([...train(dir), '--set', 'schedule.steps=100000'])
    await untilRows(dir, 3, run)
    run.child.kill('SIGINT')
    run.child.kill('SIGTERM')
    const { code, err } = await run.ended
    expect(code, err).toBe(3)
    expect(err).toContain('--resume')
    expect(readRunInfo(dir).status).toBe('interrupted')
  })
})

describe('gradus start', () => {
  it('makes three runs, compares them on the same problems, and continues where it was', async () => {
    const args = ['start', '--out', at('start'), '--json', ...tinyStart()]
    const run = start(args)
    await untilRows(at('start/one-shot'), 2, run)
    run.child.kill('SIGKILL')
    await run.ended
    const { code, out, err } = await gradus(...args)
    expect(code, err).toBe(0)
    expect(err).toContain('base  is there already')
    const model = { pass1: expect.any(Number), low: expect.any(Number), high: expect.any(Number), n: 32 }
    expect(JSON.parse(out)).toEqual({
      base: model,
      one_shot: model,
      full: model,
      seconds: expect.any(Number),
      peak_rss_mb: expect.any(Number),
      run: at('start/full'),
    })
  })
})

// Where problems come from: the same for the same step, whoever asked before.
import { describe, expect, it } from 'vitest'
import type { Problem, Source, StepContext, Task } from '../../contracts/index.ts'
import { contextWith, problemOf } from '../__fixtures__/rollouts.ts'
import { KeyedHistory } from '../history.ts'
import { problemSource, rankedSource, repeatSource, taskSource } from './sources.ts'

/** Its problems are their index. */
const task = {
  problem: (split: string, index: number): Problem => ({ ...problemOf(String(index)), prompt: `${split} ${index}` }),
} as unknown as Task

const list = (count: number): Problem[] => Array.from({ length: count }, (_, i) => problemOf(String(i)))

const ids = async (source: Source, count: number, given: Partial<StepContext> = {}): Promise<string[]> =>
  (await source.next(count, contextWith(given))).map(({ id }) => id)

describe('taskSource', () => {
  it('goes on where the step before ended, and knows only the step', async () => {
    expect(await ids(taskSource(task), 3)).toEqual(['0', '1', '2'])
    expect(await ids(taskSource(task), 3, { step: 2 })).toEqual(['6', '7', '8'])
  })

  it('takes further draws of a step from far away, other ones for each draw', async () => {
    const first = await ids(taskSource(task), 2, { step: 1, draw: 1 })
    const second = await ids(taskSource(task), 2, { step: 1, draw: 2 })
    expect(first.every((id) => Number(id) >= 2 ** 30)).toBe(true)
    expect(Number(first[1])).toBe(Number(first[0]) + 1)
    expect(second).not.toEqual(first)
    expect(await ids(taskSource(task), 2, { step: 1, draw: 1 })).toEqual(first)
  })

  it('leaves out what it is told to, and nothing else moves', async () => {
    const without = [problemOf('1')].map((problem) => ({ ...problem, prompt: 'train 1' }))
    const got = await ids(taskSource(task, {}, { without }), 3)
    expect([got[0], got[2]]).toEqual(['0', '2'])
    expect(Number(got[1])).toBeGreaterThan(2 ** 31)
    expect(await ids(taskSource(task, {}, { without }), 3)).toEqual(got)
    expect(await ids(taskSource(task, {}, { pool: 2, without }), 2)).not.toContain('1')
  })

  it('with a pool takes each of its problems once an epoch', async () => {
    const source = taskSource(task, {}, { pool: 4 })
    const epoch = [...(await ids(source, 2)), ...(await ids(source, 2, { step: 1 }))]
    expect(epoch.sort()).toEqual(['0', '1', '2', '3'])
  })
})

describe('problemSource', () => {
  it('takes every problem once in each epoch, in another order', async () => {
    const source = problemSource(list(8))
    const epochs = [0, 1].map((step) => ids(source, 8, { step }))
    const [first, second] = await Promise.all(epochs)
    expect([...first].sort()).toEqual([...second].sort())
    expect(new Set(first).size).toBe(8)
    expect(second).not.toEqual(first)
  })

  it('runs over the end of an epoch into the next', async () => {
    // Steps of 3 over 4 problems: 12 places are 3 whole epochs.
    const places: string[] = []
    for (let step = 0; step < 4; step++) places.push(...(await ids(problemSource(list(4)), 3, { step })))
    for (const start of [0, 4, 8])
      expect(places.slice(start, start + 4).sort(), `epoch at ${start}`).toEqual(['0', '1', '2', '3'])
  })

  it('gives a step the same problems whatever was asked before, as after a resume', async () => {
    const used = problemSource(list(5))
    for (const step of [0, 1, 2, 7]) await ids(used, 3, { step })
    for (const step of [3, 0, 8])
      expect(await ids(used, 3, { step })).toEqual(await ids(problemSource(list(5)), 3, { step }))
  })

  it('draws further problems of a step apart from its own order', async () => {
    const source = problemSource(list(50))
    const further = await ids(source, 10, { draw: 1 })
    expect(further).toEqual(await ids(problemSource(list(50)), 10, { draw: 1 }))
    expect(further).not.toEqual(await ids(source, 10, { draw: 2 }))
    expect(further).not.toEqual(await ids(source, 10))
  })

  it('refuses an empty list, as its siblings do', () => {
    for (const make of [() => problemSource([]), () => repeatSource([]), () => rankedSource([], 1)])
      expect(make).toThrow(expect.objectContaining({ code: 'data/no-problems' }))
  })
})

describe('repeatSource', () => {
  it('repeats its problems to the number asked for, in every step', async () => {
    expect(await ids(repeatSource(list(2)), 5, { step: 3 })).toEqual(['0', '1', '0', '1', '0'])
  })
})

describe('rankedSource', () => {
  // Variances 0, 1/4, 1/16 and none.
  const history = new KeyedHistory({ 'accuracy/0': [1, 1], 'accuracy/1': [0, 1], 'accuracy/2': [0.5, 1] })

  it('fills the step with the problem whose accuracy varied most, or the next ones', async () => {
    expect(await ids(rankedSource(list(4), 1), 3, { history })).toEqual(['1', '1', '1'])
    expect(await ids(rankedSource(list(4), 2), 1, { history })).toEqual(['2'])
  })

  it('keeps the order of the list among equals, and takes the last for a place beyond', async () => {
    expect(await ids(rankedSource(list(4), 3), 1, { history })).toEqual(['0'])
    expect(await ids(rankedSource(list(4), 4), 1, { history })).toEqual(['3'])
    expect(await ids(rankedSource(list(4), 99), 1, { history })).toEqual(['3'])
  })

  it('does not look at problems outside its list', async () => {
    expect(await ids(rankedSource([problemOf('0'), problemOf('2')], 1), 1, { history })).toEqual(['2'])
  })
})

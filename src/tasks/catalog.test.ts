import { describe, expect, it } from 'vitest'
import type { Task } from '../contracts/index.ts'
import { findTask, tasks } from './catalog.ts'
import { chainArithmetic } from './chain-arithmetic.ts'
import { checkTask } from './check-task.ts'
import { countdown } from './countdown.ts'

describe('every task', () => {
  it.each(tasks.map((task) => [task.id, task] as const))('%s passes the battery', async (_id, task) => {
    const report = await checkTask(task, { problems: 4, seed: 7 })
    expect(report.failures).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.checks['hostile texts']).toBeGreaterThan(100)
  })

  it('has an id of its own', () => {
    expect(new Set(tasks.map((task) => task.id)).size).toBe(tasks.length)
  })
})

describe('checkTask', () => {
  const sound = { ...chainArithmetic, levels: [2] }

  async function failedChecks(change: Partial<Task>): Promise<Set<string>> {
    const report = await checkTask({ ...sound, ...change }, { problems: 3 })
    expect(report.ok).toBe(false)
    return new Set(report.failures.map((failure) => failure.check))
  }

  it('finds a verifier that accepts everything', async () => {
    const found = await failedChecks({ verify: () => ({ kind: 'right', score: 1, reason: 'sure' }) })
    expect(found).toEqual(new Set(['wrong traces', "other problems' solutions", 'hostile texts']))
  })

  it('finds a verifier that accepts nothing', async () => {
    const found = await failedChecks({ verify: () => ({ kind: 'wrong', score: 0, reason: 'no' }) })
    expect(found).toEqual(new Set(['gold is right', 'right traces']))
  })

  it('finds a verifier that throws on one text, and goes on', async () => {
    const found = await failedChecks({
      verify: (problem, text) => {
        if (text === '') throw new Error('choked')
        return sound.verify(problem, text)
      },
    })
    expect(found).toEqual(new Set(['hostile text "empty" throws nothing']))
  })

  it('finds problems that differ when made twice', async () => {
    let made = 0
    const problem: Task['problem'] = (split, index, knobs) => sound.problem(split, index + 1000 * made++, knobs)
    expect(await failedChecks({ problem })).toContain('deterministic')
  })

  it('finds splits that share problems', async () => {
    const problem: Task['problem'] = (split, index, knobs) => ({ ...sound.problem('train', index, knobs), split })
    expect(await failedChecks({ problem })).toContain('disjoint splits')
  })

  it('finds characters outside the alphabet and faulty declarations', async () => {
    expect(await failedChecks({ alphabet: '0123456789+-*=#' })).toContain('alphabet')
    expect(await failedChecks({ id: 'Not Kebab', chance: () => 2 })).toContain('declaration')
  })

  it('finds a task that throws', async () => {
    const found = await failedChecks({
      problem: () => {
        throw new Error('no')
      },
    })
    expect(found).toEqual(new Set(['level throws nothing']))
  })
})

describe('findTask', () => {
  it('finds a task by id', () => {
    expect(findTask('countdown')).toBe(countdown)
  })

  it('offers the nearest id', () => {
    expect(() => findTask('countdwon')).toThrow(
      expect.objectContaining({
        code: 'usage/unknown-task',
        hint: expect.stringContaining('Did you mean "countdown"?'),
      }),
    )
  })
})

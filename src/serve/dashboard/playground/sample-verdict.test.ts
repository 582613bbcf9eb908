import { describe, expect, it } from 'vitest'
import type { Problem, Task, Verdict } from '../../../contracts/index.ts'
import { chainArithmetic, hostileTexts } from '../../../tasks/index.ts'
import { judgeByTask, judgeTyped } from './sample-verdict.ts'

const { signal } = new AbortController()
const typed = { text: '1+2=', answer: ' 3 ' }

/** A task whose verifier says what `judge` says. */
const taskThat = (judge: (completion: string, problem: Problem) => Verdict['kind']): Task => ({
  ...chainArithmetic,
  verify: (problem, completion) => ({ kind: judge(completion, problem), score: 0, reason: 'so says the task' }),
})

describe('judgeTyped', () => {
  it.each(['3', '#3', '\\boxed{3}'])('leaves it to a task that takes %s for right', async (form) => {
    const task = taskThat((completion) => (completion.endsWith(form) ? 'right' : 'wrong'))
    const judge = await judgeTyped(typed, () => task)
    expect(await judge(`so ${form}`, signal)).toEqual({ verdict: 'right', reason: 'so says the task' })
    expect((await judge('four', signal)).verdict).toBe('wrong')
  })

  it('does not trust a task that takes everything for right, nothing, or throws', async () => {
    const throws = (): never => {
      throw new Error('no such task')
    }
    for (const find of [
      () => taskThat(() => 'right'),
      () => taskThat(() => 'failed'),
      () => taskThat(throws),
      throws,
    ]) {
      const judge = await judgeTyped(typed, find)
      expect((await judge('It is 4.', signal)).verdict).toBe('wrong')
      expect(await judge('It is 3.', signal)).toMatchObject({
        verdict: 'right',
        reason: expect.stringContaining('(compared as mathematics)'),
      })
    }
  })

  it('takes what stands after the last # for the answer, unless there is a box', async () => {
    const judge = await judgeTyped(typed, () => chainArithmetic)
    const verdicts = await Promise.all(
      ['1+2=4;#3', '3#4', '#4 or \\boxed{3}'].map(async (text) => (await judge(text, signal)).verdict),
    )
    expect(verdicts).toEqual(['right', 'wrong', 'right'])
  })

  it('says nothing without an answer', async () => {
    for (const answer of [undefined, '', '  ']) {
      const judge = await judgeTyped({ text: 'q', ...(answer !== undefined && { answer }) }, () => chainArithmetic)
      expect((await judge('3', signal)).verdict).toBeNull()
    }
  })

  it('decides on any text without throwing', async () => {
    const judge = await judgeTyped(typed, () => chainArithmetic)
    for (const text of Object.values(hostileTexts)) expect((await judge(text, signal)).verdict).not.toBe('failed')
  })
})

describe('judgeByTask', () => {
  it('tells a verifier that fails from an answer that is wrong', async () => {
    const task = { ...chainArithmetic, verify: () => Promise.reject(new Error('no sandbox')) }
    const judge = judgeByTask(task, chainArithmetic.problem('test', 0))
    expect(await judge('#1', signal)).toEqual({ verdict: 'failed', reason: 'the verifier failed: no sandbox' })
  })
})

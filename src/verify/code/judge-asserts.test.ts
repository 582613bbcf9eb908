// What one program may use of the judge, with a judge that only pretends.
import { describe, expect, it } from 'vitest'
import { GradusError } from '../../base/error.ts'
import { type AssertJudge, type JudgeItem, judgeProgram } from './judge-asserts.ts'

/** Fails as `fail` says of the wires it is asked about, else everything holds. */
function pretend(fail: (wires: readonly string[]) => string | undefined) {
  const asked: number[] = []
  const judge: AssertJudge = {
    split: async () => [],
    judge: async (items) => {
      asked.push(items.length)
      const code = fail(items.map(({ wire }) => wire))
      if (code !== undefined) throw new GradusError(`sandbox/${code}`, 'it failed')
      return items.map(() => ({ kind: 'holds', reason: '' }))
    },
  }
  return { judge, asked }
}

const items = (...wires: readonly string[]): JudgeItem[] => wires.map((wire) => ({ template: '_value(0)', wire }))
const kinds = async (judge: AssertJudge, asked: readonly JudgeItem[]) =>
  (await judgeProgram(judge, asked, '')).map(({ kind }) => kind)

describe('judgeProgram', () => {
  it('asks once when all goes well', async () => {
    const { judge, asked } = pretend(() => undefined)
    expect(await kinds(judge, items('1', '2', '3'))).toEqual(['holds', 'holds', 'holds'])
    expect(asked).toEqual([3])
  })

  it('finds the values that the judge could not compute with, and stops at the second', async () => {
    const { judge, asked } = pretend((wires) => (wires.includes('x') ? 'judge-overrun' : undefined))
    expect(await kinds(judge, items('1', 'x', '3'))).toEqual(['holds', 'overrun', 'holds'])
    expect(asked).toEqual([3, 1, 1, 1])
    expect(await kinds(judge, items('x', 'x', '3', 'x'))).toEqual(['overrun', 'overrun', 'overrun', 'overrun'])
    expect(asked.slice(4)).toEqual([4, 1, 1])
  })

  it('tries again when the judge failed on its own account, and does not blame the program', async () => {
    let left = 1
    const once = pretend(() => (left-- > 0 ? 'no-judge' : undefined))
    expect(await kinds(once.judge, items('1'))).toEqual(['holds'])
    const never = pretend(() => 'no-start')
    expect(await kinds(never.judge, items('1', '2'))).toEqual(['failed', 'failed'])
    expect(never.asked).toEqual([2, 2])
  })

  it('sends little at a time, and nothing that is too large', async () => {
    const large = 'x'.repeat(3 * 2 ** 20)
    const { judge, asked } = pretend(() => undefined)
    const huge = 'x'.repeat(5 * 2 ** 20)
    expect(await kinds(judge, items(large, large, huge, '1'))).toEqual(['holds', 'holds', 'fails', 'holds'])
    expect(asked).toEqual([1, 2])
    await judgeProgram(judge, items(...Array.from({ length: 450 }, () => '1')), '')
    expect(asked.slice(2)).toEqual([200, 200, 50])
  })
})

// Dynamic sampling: draws until the batch is full or the rounds are over, and keeps in sight what it leaves out.
import { describe, expect, it } from 'vitest'
import type { Group } from '../../contracts/index.ts'
import { contextWith, credited, groupOf, unscored } from '../__fixtures__/rollouts.ts'
import { overlongPenalty } from '../reward/overlong-penalty.ts'
import { verdictReward } from '../reward/verdict-reward.ts'
import { dynamicSampling } from './dynamic-sampling.ts'
import { isTrainedOn } from './trained-on.ts'

const rewards = [verdictReward()]
const mixed = () => groupOf(unscored('right'), unscored('wrong'))
const right = () => groupOf(unscored('right'), unscored('right'))
const wrong = () => groupOf(unscored('wrong'), unscored('wrong'))

/** Runs with further draws from a list, and says what was asked for. */
async function sample(rounds: number, groups: readonly Group[], further: readonly Group[] = [], credits = rewards) {
  const asked: number[] = []
  const reported: Record<string, number> = {}
  const rest = [...further]
  const context = contextWith({
    async more(count) {
      asked.push(count)
      return rest.splice(0, count)
    },
    report: (name, value) => {
      reported[name] = value
    },
  })
  const result = await credited([dynamicSampling({ rounds, rewards: credits })], groups, context)
  const kept = result.filter(({ rollouts }) => rollouts.some(isTrainedOn)).length
  return { result, kept, asked, ratio: reported['group/drawn_per_kept'] }
}

describe('dynamicSampling', () => {
  it('draws nothing more when every group teaches something', async () => {
    const { kept, asked, ratio } = await sample(3, [mixed(), mixed()])
    expect({ kept, asked, ratio }).toEqual({ kept: 2, asked: [], ratio: 1 })
  })

  it('draws as many as are missing, again and again, until the batch is full', async () => {
    const { kept, asked, ratio, result } = await sample(9, [mixed(), right(), wrong()], [right(), mixed(), mixed()])
    // Two missing, then one; six groups drawn for three kept.
    expect({ kept, asked, ratio }).toEqual({ kept: 3, asked: [2, 1], ratio: 2 })
    expect(result).toHaveLength(6)
  })

  it('gives up after its rounds and leaves the batch short', async () => {
    const { kept, asked, ratio } = await sample(2, [mixed(), right(), right()], [wrong(), mixed(), right(), mixed()])
    expect(asked).toEqual([2, 1])
    expect(kept).toBe(2)
    expect(ratio).toBe(6 / 2)
    const never = await sample(0, [right()], [mixed()])
    expect(never).toMatchObject({ kept: 0, asked: [], ratio: 1 })
  })

  it('scores what it draws, and leaves dropped groups in sight with their rewards and the reason', async () => {
    const { result } = await sample(1, [wrong()], [mixed()])
    expect(result.map(({ rollouts }) => rollouts.map(({ reward }) => reward))).toEqual([
      [0, 0],
      [1, 0],
    ])
    expect(result[0].rollouts.map(({ dropped }) => dropped)).toEqual(
      Array(2).fill(expect.stringContaining('all wrong')),
    )
    expect(result[1].rollouts.every(({ status }) => status === 'scored')).toBe(true)
  })

  // DAPO, eq. 11: 0 < |{right}| < G.
  it('counts what is right, not the rewards, which differ by length as well', async () => {
    const credits = [verdictReward(), overlongPenalty({ maxTokens: 4, cache: 2 })]
    const allWrong = groupOf(unscored('wrong', { tokens: 1 }), unscored('wrong', { tokens: 4 }))
    // 1 - 1 and 0: equal rewards, unequal verdicts.
    const evenedOut = groupOf(unscored('right', { tokens: 4 }), unscored('wrong', { tokens: 1 }))
    const { result, asked } = await sample(1, [allWrong, allWrong, evenedOut], [], credits)
    expect(asked).toEqual([2])
    expect(result.map(({ rollouts }) => rollouts.map(({ reward }) => reward))).toEqual([
      [0, -1],
      [0, -1],
      [0, 0],
    ])
    expect(result.map(({ rollouts }) => rollouts.some(isTrainedOn))).toEqual([false, false, true])
  })
})

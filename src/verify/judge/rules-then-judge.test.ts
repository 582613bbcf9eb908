// All sixteen pairs of verdicts, with and without asking about wrong ones.
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../contracts/index.ts'
import { rulesThenJudge } from './rules-then-judge.ts'

type Kind = Verdict['kind']
const kinds: readonly Kind[] = ['right', 'wrong', 'undecided', 'failed']
const question = { problem: 'p', gold: 'g', answer: 'a' }
const verdict = (kind: Kind, part: string): Verdict => ({
  kind,
  score: kind === 'right' ? 1 : 0,
  reason: part,
  parts: { [part]: 1 },
})

async function compose(rule: Kind, judge: Kind, askWhenWrong?: boolean) {
  let asked = 0
  const decide = rulesThenJudge(
    () => verdict(rule, 'rule'),
    async () => {
      asked++
      return verdict(judge, 'judge')
    },
    { askWhenWrong },
  )
  return { verdict: await decide(question), asked }
}

describe('rulesThenJudge', () => {
  it.each(kinds.flatMap((rule) => kinds.map((judge) => [rule, judge] as const)))(
    'asks about %s from the rules as told, and takes %s from the judge when decided',
    async (rule, judge) => {
      for (const askWhenWrong of [undefined, false, true]) {
        const isAsked = rule === 'undecided' || (rule === 'wrong' && askWhenWrong === true)
        const result = await compose(rule, judge, askWhenWrong)
        expect(result.asked).toBe(isAsked ? 1 : 0)
        const kind = isAsked && (judge === 'right' || judge === 'wrong') ? judge : rule
        expect(result.verdict.kind).toBe(kind)
        expect(result.verdict.score).toBe(kind === 'right' ? 1 : 0)
        expect(result.verdict.parts).toEqual(isAsked ? { rule: 1, judge: 1, judged: 1 } : { rule: 1 })
      }
    },
  )

  it('says what both said', async () => {
    expect((await compose('undecided', 'right')).verdict.reason).toBe('rules: rule; then judge')
  })

  it('turns what is thrown into verdicts', async () => {
    const thrower = () => {
      throw new Error('gone')
    }
    const judge = async () => verdict('right', 'judge')
    expect(await rulesThenJudge(thrower, judge)(question)).toEqual({ kind: 'failed', score: 0, reason: 'gone' })
    const open = rulesThenJudge(() => verdict('undecided', 'rule'), thrower)
    expect(await open(question)).toMatchObject({ kind: 'undecided', reason: 'rules: rule; then gone' })
  })
})

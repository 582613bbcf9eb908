// Rules first, a judge where they end. Rules are exact and cheap, so their "right" stands; a judge is asked what they
// leave undecided and, when told to, whether their "wrong" holds (the DeepScaleR use). What the judge cannot decide
// stays as the rules left it.
import { messageOf } from '../../base/error.ts'
import type { Verdict } from '../../contracts/index.ts'
import type { JudgeQuestion } from './judge-verifier.ts'

/** When the judge is asked. */
export interface RulesThenJudgeOptions {
  /** Also when the rules say wrong (default false): finds missed equivalences, and opens the reward to the judge's faults. */
  readonly askWhenWrong?: boolean
}

/** The rules' verdict, or the judge's with `parts.judged` 1. What the rules throw is a failed verdict. */
export function rulesThenJudge<Question extends JudgeQuestion>(
  rule: (question: Question) => Verdict | Promise<Verdict>,
  judge: (question: Question) => Promise<Verdict>,
  { askWhenWrong = false }: RulesThenJudgeOptions = {},
): (question: Question) => Promise<Verdict> {
  const verdictBy = async (decide: typeof rule, question: Question): Promise<Verdict> => {
    try {
      return await decide(question)
    } catch (error) {
      return { kind: 'failed', score: 0, reason: messageOf(error) }
    }
  }
  return async (question) => {
    const first = await verdictBy(rule, question)
    const isOpen = first.kind === 'undecided' || (askWhenWrong && first.kind === 'wrong')
    if (!isOpen) return first
    const second = await verdictBy(judge, question)
    const parts = { ...first.parts, ...second.parts, judged: 1 }
    const reason = `rules: ${first.reason}; then ${second.reason}`
    const isDecided = second.kind === 'right' || second.kind === 'wrong'
    return isDecided ? { ...second, reason, parts } : { ...first, reason, parts }
  }
}

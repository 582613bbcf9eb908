// What is said about each phase: what happens, and what it does not show.
import type { DemoState } from './demo-state.ts'
import { share } from './say-numbers.ts'
import type { Budget } from './training/budgets.ts'

/** The sentence under the controls. */
export function noteOf(state: DemoState, { size }: Budget): string {
  const { phase, stage } = state
  if (phase === 'idle')
    return 'Nothing is running. The weights will be random at first, and everything happens in this page: nothing is sent anywhere.'
  if (phase === 'loading') return 'The engine is being loaded. This is a few megabytes, once.'
  if (phase === 'failed') return 'Training has ended with an error. Reset to begin anew.'
  if (phase === 'done') return summary(state)
  const guesses = Math.round(size.sft.guesses * 100)
  if (stage === 'rl')
    return 'Reinforcement learning (GRPO): the model answers each problem eight times. A checker gives 1 for a right answer and 0 for a wrong one, and nothing else: no solution is shown. Mostly it learns to work in steps rather than to guess; the arithmetic itself it has from before.'
  return `Supervised fine-tuning: the model imitates written answers, of which ${guesses} % are wrong guesses on purpose. It learns the form and the arithmetic, and to guess as often as it was shown. Until it can add, pass@1 stays near 0.1, which is chance.`
}

function summary({ points }: DemoState): string {
  const before = points.findLast(({ stage, pass }) => stage === 'sft' && pass)?.pass
  const last = points.findLast(({ pass }) => pass)?.pass
  if (before === undefined || last === undefined) return 'Done.'
  const said = ({ value, low, high }: typeof last): string => `${share(value)} [${share(low)}, ${share(high)}]`
  const verdict =
    last.low > before.high
      ? 'The intervals do not overlap.'
      : 'The intervals overlap: a longer budget, or another seed, would show more.'
  return `Done. pass@1 on held-out problems was ${said(before)} after supervised fine-tuning and is ${said(last)} after reinforcement learning. ${verdict} It is one run with one seed.`
}

// Why a rollout got its score, in words, most telling first: what the verifier said, what cut the completion off, which parts
// the reward is made of, and why an advantage can be nothing although there is a reward.
import type { RolloutGroup } from '../../../../src/serve/dashboard/api.ts'

/** A rollout as the page gets it. */
export type ShownRollout = RolloutGroup['rollouts'][number]

/** What the page says first, and what it adds. */
export interface Why {
  readonly kind: 'right' | 'wrong' | 'undecided' | 'failed' | 'unscored'
  /** The reason in words; never empty. */
  readonly reason: string
  /** What a reader must know besides, each a short sentence without its full stop. */
  readonly notes: readonly string[]
}

const unsaid: Readonly<Record<Why['kind'], string>> = {
  right: 'The verifier gave no reason',
  wrong: 'The verifier gave no reason',
  undecided: 'The verifier could not decide and gave no reason',
  failed: 'The verifier or the sampler failed and gave no reason',
  unscored: 'It was never verified',
}

const stopNotes: Readonly<Partial<Record<ShownRollout['stop'], (tokens: number) => string>>> = {
  max: (tokens) => `Cut off by the token limit after ${tokens} tokens`,
  abort: () => 'Sampling was stopped from outside',
  error: () => 'Sampling failed',
  'parse-error': () => 'What it wrote for a tool could not be parsed',
  'tool-limit': () => 'It called tools more often than is allowed',
  timeout: () => 'It took longer than is allowed',
  'sandbox-error': () => 'The sandbox failed, not the completion',
}

/** Why this rollout got what it got. */
export function whyOf(rollout: ShownRollout): Why {
  const kind = kindOf(rollout)
  const reason = rollout.reason?.trim()
  return { kind, reason: reason === undefined || reason === '' ? unsaid[kind] : reason, notes: notesOf(rollout, kind) }
}

/** Why a whole group teaches nothing; undefined where it does. */
export function whyNothing({ rewardStd, rollouts }: RolloutGroup): string | undefined {
  const scored = rollouts.filter((rollout) => rollout.status === 'scored')
  if (scored.length === 0) return 'No rollout of this group was scored'
  const isFlat = rewardStd === 0 && scored.length > 1 && scored.every((rollout) => !rollout.advantage)
  return isFlat ? 'All rewards are equal, so no rollout is better than another and nothing is learnt here' : undefined
}

/** Whether the completion was cut off. */
export const isTruncated = (rollout: ShownRollout): boolean => rollout.stop === 'max'

/** Parts of a reward, those that say most first; a single part that is the reward itself says nothing. */
export function tellingParts({ parts, reward }: ShownRollout): readonly (readonly [string, number])[] {
  const all = Object.entries(parts).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
  return all.length === 1 && all[0][1] === reward ? [] : all
}

function kindOf({ status, verdict }: ShownRollout): Why['kind'] {
  if (status === 'undecided' || status === 'failed') return status
  return verdict ?? 'unscored'
}

function notesOf({ status, stop, tokens, reward, advantage }: ShownRollout, kind: Why['kind']): readonly string[] {
  const notes: string[] = []
  const stopped = stopNotes[stop]
  if (stopped !== undefined) notes.push(stopped(tokens))
  if (status === 'undecided' || status === 'failed')
    notes.push('Left out of the reward and the loss, not counted as wrong')
  else if (status === 'unscored') notes.push('It got no reward and is not trained on')
  else if (kind === 'right' && reward !== undefined && reward <= 0)
    notes.push('Right, and other parts took the reward away')
  else if (kind === 'wrong' && reward !== undefined && reward > 0) notes.push('Wrong, and other parts gave a reward')
  if (status === 'scored' && advantage === undefined) notes.push('It has no advantage: it is not trained on')
  return notes
}

// Groups of rollouts for tests of credits: rewards by hand, token ids that mean nothing, and a context that refuses what a
// test did not give it.
import { hash32, stream } from '../../base/rng.ts'
import type { Credit, Group, Problem, Rollout, StepContext } from '../../contracts/index.ts'
import { isTrainedOn } from '../group/trained-on.ts'
import { KeyedHistory } from '../history.ts'

/** A problem with this id. */
export const problemOf = (id: string): Problem => ({ id, task: 'test', split: 'train', prompt: '1+1=', meta: {} })

/** What a rollout of a test may differ in. */
export type RolloutChanges = Partial<Rollout> & {
  /** Tokens of the completion; default 2. */
  readonly tokens?: number
  /** [T] under the policy that sampled; default -1 everywhere. */
  readonly logprobs?: readonly number[]
  readonly text?: string
  readonly stop?: Rollout['sample']['stop']
}

/** A scored rollout; right when its reward is above zero. */
export function scored(reward: number, changes: RolloutChanges = {}): Rollout {
  const { tokens = 2, logprobs, text = '', stop = 'eos', ...more } = changes
  const kind = reward > 0 ? 'right' : 'wrong'
  return {
    problem: problemOf('p'),
    promptIds: Int32Array.of(5, 6),
    sample: {
      ids: new Int32Array(tokens).fill(7),
      text,
      stop,
      logprobs: logprobs ? Float32Array.from(logprobs) : new Float32Array(tokens).fill(-1),
    },
    verdict: { kind, score: kind === 'right' ? 1 : 0, reason: '' },
    status: 'scored',
    reward,
    parts: {},
    origin: 'policy',
    fields: {},
    ...more,
  }
}

/** A rollout that the verifier could not decide: never trained on. */
export const undecided = (): Rollout => ({
  ...scored(0),
  status: 'undecided',
  verdict: { kind: 'undecided', score: 0, reason: '' },
  reward: undefined,
})

/** The rollouts of one problem. */
export const groupOf = (...rollouts: readonly Rollout[]): Group => ({ problem: problemOf('p'), rollouts })

/** A group of scored rollouts with these rewards. */
export const rewarded = (...rewards: readonly number[]): Group => groupOf(...rewards.map((reward) => scored(reward)))

/** A rollout as it comes from a plan: with a verdict, but no reward yet. */
export const unscored = (kind: 'right' | 'wrong', changes: RolloutChanges = {}): Rollout => ({
  ...scored(kind === 'right' ? 1 : 0, changes),
  status: 'unscored',
  reward: undefined,
})

/** A context with a history and streams; everything else is what the test gives. */
export function contextWith(given: Partial<StepContext> = {}): StepContext {
  return {
    step: 0,
    progress: 0,
    draw: 0,
    history: new KeyedHistory(),
    rng: (purpose, ...key) => stream(1, purpose, ...key),
    seed: (purpose, ...key) => hash32([purpose, ...key].join('/')),
    report: () => {},
    ...given,
  } as StepContext
}

/** Applies credits in turn. */
export async function credited(
  credits: readonly Credit[],
  groups: readonly Group[],
  context: StepContext = contextWith(),
): Promise<readonly Group[]> {
  let result = groups
  for (const credit of credits) result = await credit(result, context)
  return result
}

/** [rollout][T] of all rollouts that are trained on, over all groups. */
export const tokenAdvantages = (groups: readonly Group[]): number[][] =>
  groups.flatMap(({ rollouts }) => rollouts.filter(isTrainedOn).map(({ advantages }) => [...(advantages ?? [])]))

/** The first token's advantage of all rollouts that are trained on. */
export const firstAdvantages = (groups: readonly Group[]): number[] => tokenAdvantages(groups).map(([first]) => first)

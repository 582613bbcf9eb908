// What the page knows of a run, and how each message of the worker changes it. Pure: no worker, no page.
import type { MetricRow } from '../../../src/contracts/run.ts'
import type { Budget } from './training/budgets.ts'
import type { DeviceFacts, FromWorker, RolloutOrigin, ShownRollout, StageName } from './training/messages.ts'

export type Phase = 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'failed'

/** One step, as the chart draws it. */
export interface Point {
  readonly step: number
  /** Seconds of work since the start. */
  readonly time_s: number
  readonly stage: StageName
  readonly loss?: number
  readonly reward?: number
  /** pass@1 on held-out problems, with its 95 % interval. */
  readonly pass?: { readonly value: number; readonly low: number; readonly high: number }
}

/** Rollouts of one step. */
export interface Rollouts {
  readonly step: number
  readonly from: RolloutOrigin
  readonly shown: readonly ShownRollout[]
}

/** Everything that is shown. */
export interface DemoState {
  readonly phase: Phase
  readonly loading?: string
  readonly device?: DeviceFacts
  readonly parameters?: number
  readonly stage?: StageName
  readonly points: readonly Point[]
  /** The newest rows, for speed and time left. */
  readonly recent: readonly Moment[]
  readonly rollouts?: Rollouts
  readonly error?: { readonly message: string; readonly hint?: string }
}

interface Moment {
  readonly step: number
  readonly stage: StageName
  readonly time_s: number
  readonly tokens: number
}

export const idle: DemoState = { phase: 'idle', points: [], recent: [] }

/** Rows that speed is averaged over. */
const RECENT = 20

/** The state after a message. */
export function after(state: DemoState, message: FromWorker): DemoState {
  switch (message.kind) {
    case 'loading':
      return { ...state, phase: 'loading', loading: message.what }
    case 'started':
      return { ...state, phase: 'running', device: message.device, parameters: message.parameters }
    case 'stage':
      return state.stage === message.stage ? state : { ...state, stage: message.stage }
    case 'metrics':
      return withRow(state, message.row)
    case 'rollouts':
      return { ...state, rollouts: { step: message.step, from: message.from, shown: message.shown } }
    case 'paused':
      return { ...state, phase: 'paused' }
    case 'resumed':
      return { ...state, phase: 'running' }
    case 'done':
      return { ...state, phase: 'done' }
    case 'failed':
      return { ...state, phase: 'failed', error: { message: message.message, hint: message.hint } }
    case 'scored':
      return state
    default:
      return message satisfies never
  }
}

function withRow(state: DemoState, row: MetricRow): DemoState {
  const { step, time_s, tokens } = row
  const stage = state.stage ?? 'sft'
  const number = (name: `${string}/${string}`): number | undefined => row[name] ?? undefined
  const value = number('eval/chain-arithmetic/pass@1')
  const low = number('eval/chain-arithmetic/pass@1_low')
  const high = number('eval/chain-arithmetic/pass@1_high')
  const point: Point = {
    step,
    time_s,
    stage,
    // The loss of a policy gradient says nothing about progress: it is near zero by construction.
    ...(stage === 'sft' && { loss: number('loss/total') }),
    ...(stage === 'rl' && { reward: number('reward/mean') }),
    ...(value !== undefined && low !== undefined && high !== undefined && { pass: { value, low, high } }),
  }
  return {
    ...state,
    points: [...state.points, point],
    recent: [...state.recent, { step, stage, time_s, tokens }].slice(-RECENT),
  }
}

/** Tokens a second, trained on and sampled, over the newest steps. */
export function tokensPerSecond({ recent }: DemoState): number | undefined {
  const [first, last] = [recent[0], recent.at(-1)]
  if (first === undefined || last === undefined || last.time_s <= first.time_s) return undefined
  return (last.tokens - first.tokens) / (last.time_s - first.time_s)
}

/** A step of reinforcement learning takes about as long as this many supervised ones; measured. */
const COST_OF_RL_STEP = 5

/** Seconds to the end, about; undefined until there is something to go by. */
export function secondsLeft({ recent, stage }: DemoState, { size }: Budget): number | undefined {
  const here = recent.filter((moment) => moment.stage === stage)
  const [first, last] = [here[0], here.at(-1)]
  if (first === undefined || last === undefined || last.step - first.step < 2) return undefined
  const perStep = (last.time_s - first.time_s) / (last.step - first.step)
  const steps = size.sft.steps + size.grpo.steps
  if (stage === 'rl') return (steps - last.step) * perStep
  return (size.sft.steps - last.step + size.grpo.steps * COST_OF_RL_STEP) * perStep
}

/** Share of all steps that is done. */
export function doneShare({ recent }: DemoState, { size }: Budget): number {
  return (recent.at(-1)?.step ?? 0) / (size.sft.steps + size.grpo.steps)
}

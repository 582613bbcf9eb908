// What the page and its worker say to each other. Types only, plain data throughout.
import type { EvalSampleRow, MetricRow, RolloutRow } from '../../../../src/contracts/run.ts'
import type { BudgetId } from './budgets.ts'

/** What the visitor wants to train on; `auto` measures what there is. */
export type DeviceChoice = 'auto' | 'wasm' | 'webgpu'

/** What training runs on. */
export interface DeviceFacts {
  readonly kind: 'wasm' | 'webgpu'
  readonly threads: number
  /** In words, with figures where they were measured. */
  readonly why: string
}

/** One rollout with its verdict, as it is shown. */
export interface ShownRollout {
  readonly prompt: string
  readonly completion: string
  readonly verdict: 'right' | 'wrong' | 'undecided' | 'failed'
  readonly reason: string
  readonly reward?: number
}

/** The fields that rollouts and evaluation samples share. */
export type JudgedRow = Pick<RolloutRow, 'prompt' | 'completion' | 'verdict' | 'reason' | 'reward'> | EvalSampleRow

/** From the page. */
export type ToWorker =
  | { readonly kind: 'start'; readonly budget: BudgetId; readonly device: DeviceChoice; readonly seed: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** For tests: log-probabilities of a text under the weights as they are. */
  | { readonly kind: 'score'; readonly context: string; readonly text: string }

/** From the worker. */
export type FromWorker =
  | { readonly kind: 'loading'; readonly what: string }
  | { readonly kind: 'started'; readonly device: DeviceFacts; readonly parameters: number }
  | { readonly kind: 'stage'; readonly stage: StageName; readonly evaluates: boolean }
  | { readonly kind: 'metrics'; readonly row: MetricRow }
  | {
      readonly kind: 'rollouts'
      readonly step: number
      readonly from: RolloutOrigin
      readonly shown: readonly ShownRollout[]
    }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string; readonly hint?: string }
  | { readonly kind: 'scored'; readonly logprobs: Float32Array; readonly weights: Float32Array }

/** The two stages of the run. */
export type StageName = 'sft' | 'rl'

/** Held-out answers, or the rollouts that the step learns from. */
export type RolloutOrigin = 'held-out' | 'training'

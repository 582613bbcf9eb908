// What an optimiser is: it changes a flat float32 arena of weights, given an arena of gradients laid out alike.
// It knows nothing of models, graphs or losses; clipping and schedules reach it as two numbers, `scale` and `lr`.
import { GradusError } from '../base/error.ts'

/** A run of numbers in the arena that is treated alike, usually one parameter. */
export interface Segment {
  /** First index. */
  readonly start: number
  /** One past the last index. */
  readonly end: number
  /** Whether weight decay applies: true for matrices, false for norms and biases. */
  readonly decay: boolean
}

/** Where the learnable numbers lie. What no segment covers (padding, frozen weights) is never touched. */
export interface Arena {
  /** Numbers in each of the two flat arrays. */
  readonly size: number
  /** In rising order, without overlap. */
  readonly segments: readonly Segment[]
}

/** One update. */
export interface OptimizerUpdate {
  /** [size] changed in place. */
  readonly weights: Float32Array
  /** [size] read only. */
  readonly gradients: Float32Array
  readonly lr: number
  /** Every gradient is multiplied by this on the way in (gradient clipping); default 1. */
  readonly scale?: number
}

/** What a checkpoint keeps of an optimiser. */
export interface OptimizerState {
  /** Updates done. */
  readonly step: number
  /** By name, e.g. `m` and `v`. Views of the live arrays, not copies. */
  readonly arrays: Readonly<Record<string, Float32Array>>
}

/** Turns gradients into changes of the weights. */
export interface Optimizer {
  readonly id: string
  /** Throws `train/arena-mismatch` for arrays of another length, `train/not-finite` for a bad `lr` or `scale`. */
  step(update: OptimizerUpdate): void
  state(): OptimizerState
  /** Copies a saved state in; throws `store/optimizer-state` naming what is missing or of another size. */
  load(state: OptimizerState): void
}

/** The whole arena as one segment. */
export function wholeArena(size: number, decay = true): Arena {
  return { size, segments: [{ start: 0, end: size, decay }] }
}

/** Throws `train/bad-segments` unless the segments rise, do not overlap and lie inside the arena. */
export function checkArena({ size, segments }: Arena): void {
  let covered = 0
  for (const { start, end } of segments) {
    if (!(Number.isInteger(start) && Number.isInteger(end) && covered <= start && start <= end && end <= size)) {
      throw new GradusError(
        'train/bad-segments',
        `segment [${start}, ${end}) after ${covered} in an arena of ${size}`,
        {
          hint: 'Give the parameters in rising order, without overlap, within the arena.',
        },
      )
    }
    covered = end
  }
}

/** The checks that every optimiser makes before it changes a weight. */
export function checkUpdate(size: number, { weights, gradients, lr, scale = 1 }: OptimizerUpdate): void {
  if (weights.length !== size || gradients.length !== size) {
    throw new GradusError(
      'train/arena-mismatch',
      `the optimiser was made for ${size} numbers, got ${weights.length} weights and ${gradients.length} gradients`,
      { hint: 'Make a new optimiser when the model changes; weights and gradients share one layout.' },
    )
  }
  if (!Number.isFinite(lr) || !Number.isFinite(scale)) {
    throw new GradusError('train/not-finite', `learning rate ${lr}, gradient scale ${scale}`, {
      hint: 'The gradients hold a value that is not a number: lower the learning rate, or resume from the last checkpoint.',
    })
  }
}

/** Copies saved arrays over live ones of the same names and lengths; the checks of {@link Optimizer.load}. */
export function restoreArrays(live: Readonly<Record<string, Float32Array>>, saved: OptimizerState): void {
  const hint = 'The checkpoint belongs to another model or optimiser; start without its optimiser state.'
  if (!Number.isInteger(saved.step) || saved.step < 0) {
    throw new GradusError('store/optimizer-state', `step ${saved.step} is not a count`, { hint })
  }
  // All checks come before the first copy, so that a refused state changes nothing.
  for (const [name, array] of Object.entries(live)) {
    const length = saved.arrays[name]?.length
    if (length !== array.length) {
      const found = length === undefined ? 'is missing' : `has ${length} numbers`
      throw new GradusError('store/optimizer-state', `array "${name}" ${found}, expected ${array.length}`, { hint })
    }
  }
  for (const [name, array] of Object.entries(live)) array.set(saved.arrays[name])
}

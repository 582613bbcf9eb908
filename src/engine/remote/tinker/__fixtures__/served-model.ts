// What the fake server needs of a model in training.
import type { Sampler } from '../../../../contracts/index.ts'
import type { OptimizerConfig } from '../../../../optim/index.ts'
import type { LossNormalisation } from '../dialect.ts'
import type { PassOutput, PassRequest } from '../wire/index.ts'

/** A model that learns by the losses of the protocol. */
export interface ServedModel {
  /** Optimiser steps that are in its weights. */
  readonly steps: number
  /** No operation has been done yet. */
  isFresh: boolean
  readonly rank: number
  pass(request: PassRequest): Promise<PassOutput>
  /** Gives the norm of the gradient. */
  step(lr: number, clipNorm: number | undefined): Promise<number>
  /** Gives where it is. */
  save(disk: string, name: string): Promise<string>
  load(path: string, steps: number, optimizer: boolean): Promise<void>
  sampler(): Promise<Sampler>
}

/** Makes one. */
export type ModelMaker = new (
  rank: number,
  seed: number,
  optimizer: OptimizerConfig,
  normalisation: LossNormalisation,
) => ServedModel

/** A request that a real server would have refused: the message is its answer. */
export class BadRequest extends Error {}

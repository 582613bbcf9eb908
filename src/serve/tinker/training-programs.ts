// The compiled graphs of adapters on one base, shared by all adapters of one shape: which weights a graph reads is bound
// when it runs, so ten models of rank 8 compile each loss once. Beside them lies the scratch space of a pass, which is
// shared too, because only one pass runs at a time.

import type { Loss } from '../../contracts/index.ts'
import { type EmbeddedModel, weightInputs } from '../../engine/embedded-model.ts'
import { lossGraph, type TokenGrid, tokenOutputs } from '../../engine/training-graph.ts'
import { plainWeights } from '../../model/decoder.ts'
import { adaptedMaps, type LoraAdapter, loraAdditions } from '../../model/lora.ts'
import { WeightArena } from '../../model/weight-arena.ts'
import { Program } from '../../tensor/index.ts'

/** Whether a pass computes gradients. */
export type PassMode = 'forward' | 'backward'

/** Where a pass adds up its gradients, and where each of its micro-batches writes them first. */
export interface Scratch {
  readonly sum: WeightArena
  readonly part: WeightArena
}

/** Graphs of one base model with adapters. */
export class TrainingPrograms {
  readonly #base: EmbeddedModel
  readonly #programs = new Map<string, Promise<Program>>()
  readonly #scratch = new Map<string, Scratch>()

  constructor(base: EmbeddedModel) {
    this.#base = base
  }

  /** The program of a loss in a layout, compiled on first use: outputs `loss`, `token.logprobs` and, backward, `gradient.NAME`. */
  get(adapter: LoraAdapter, loss: Loss, grid: TokenGrid, mode: PassMode): Promise<Program> {
    const key = `${shapeOf(adapter)} ${loss.id} ${mode} ${grid.layout} ${grid.divisor}`
    let program = this.#programs.get(key)
    if (!program) {
      program = this.#compile(adapter, loss, grid, mode)
      this.#programs.set(key, program)
      // One that failed to compile is tried again.
      program.catch(() => this.#programs.delete(key))
    }
    return program
  }

  scratch(adapter: LoraAdapter): Scratch {
    const shape = shapeOf(adapter)
    const { params } = adapter.arena
    const scratch = this.#scratch.get(shape) ?? { sum: new WeightArena(params), part: new WeightArena(params) }
    this.#scratch.set(shape, scratch)
    return scratch
  }

  async dispose(): Promise<void> {
    for (const program of this.#programs.values()) await (await program).dispose()
    this.#programs.clear()
    this.#scratch.clear()
  }

  #compile(adapter: LoraAdapter, loss: Loss, grid: TokenGrid, mode: PassMode): Promise<Program> {
    const { config, arena, rope, compile } = this.#base
    const tensors = weightInputs(arena, adapter.arena)
    const additions = loraAdditions(arena.params, adapter, tensors)
    const weights = plainWeights(config, tensors, { training: true, additions })
    const learns = adapter.arena.views()
    const tokens = tokenOutputs({ config, positions: rope.positions }, weights, grid)
    const gradientsOf = new Map(mode === 'backward' ? [...tensors].filter(([name]) => learns.has(name)) : [])
    return Program.compile(lossGraph(tokens, loss, {}, { gradientsOf, perToken: true }), compile)
  }
}

const shapeOf = (adapter: LoraAdapter): string =>
  `${adapter.rank} ${adapter.alpha} ${adaptedMaps(adapter.arena).join()}`

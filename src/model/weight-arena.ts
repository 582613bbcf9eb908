// All weights of a model in one flat array, with a view for every parameter and for every Hugging Face tensor in it.
// One array makes snapshots, optimisers and checkpoints plain copies. Knows no graph and no file.
import { GradusError } from '../base/error.ts'
import type { Rng } from '../base/rng.ts'
import type { ModelConfig } from './config.ts'
import { elementCount, type ParamSpec } from './param-spec.ts'

/** Where a parameter lies. */
export interface PlacedParam extends ParamSpec {
  readonly start: number
  readonly end: number
}

/** Parameters in one Float32Array. */
export class WeightArena {
  readonly params: readonly PlacedParam[]
  readonly data: Float32Array
  readonly #views = new Map<string, Float32Array>()
  readonly #parts = new Map<string, Float32Array>()

  constructor(specs: readonly ParamSpec[]) {
    let size = 0
    this.params = specs.map((spec) => {
      const start = size
      const end = start + elementCount(spec.shape)
      // Every parameter starts on a 64-byte line.
      size = Math.ceil(end / 16) * 16
      return { ...spec, start, end }
    })
    this.data = new Float32Array(size)
    for (const { name, parts, shape, start, end } of this.params) {
      this.#views.set(name, this.data.subarray(start, end))
      let offset = start
      for (const part of parts) {
        const count = part.rows * elementCount(shape.slice(1))
        this.#parts.set(part.name, this.data.subarray(offset, offset + count))
        offset += count
      }
    }
  }

  /** The numbers of a parameter, by its fused name. */
  view(name: string): Float32Array {
    const view = this.#views.get(name)
    if (!view) throw new GradusError('model/unknown-weight', `no parameter is called "${name}"`)
    return view
  }

  /** The numbers of a Hugging Face tensor, or undefined when the model has none of that name. */
  part(name: string): Float32Array | undefined {
    return this.#parts.get(name)
  }

  /** Views by parameter name. */
  views(): ReadonlyMap<string, Float32Array> {
    return this.#views
  }

  /** How many numbers are weights (alignment gaps not counted). */
  get count(): number {
    return this.params.reduce((sum, { start, end }) => sum + end - start, 0)
  }

  /** An arena of the same layout with the same numbers. */
  clone(): WeightArena {
    const copy = new WeightArena(this.params)
    copy.data.set(this.data)
    return copy
  }
}

/** True for what weight decay applies to: matrices, but not gains and biases. */
export const decays = (spec: ParamSpec): boolean => spec.shape.length >= 2

/**
 * Fresh weights: normal with the configuration's deviation, the maps that write into the residual stream scaled by
 * 1 / sqrt(2 L) (GPT-2), gains one, biases zero.
 */
export function initialise(arena: WeightArena, config: ModelConfig, rng: Rng): void {
  const residual = config.initStd / Math.sqrt(2 * config.layers)
  for (const { name, shape, start, end } of arena.params) {
    if (shape.length === 1) {
      arena.data.fill(name.endsWith('.bias') ? 0 : 1, start, end)
      continue
    }
    const deviation = name.endsWith('o_proj.weight') || name.endsWith('down_proj.weight') ? residual : config.initStd
    for (let i = start; i < end; i++) arena.data[i] = deviation * rng.normal()
  }
}

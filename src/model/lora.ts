// Low-rank adapters (LoRA, 2106.09685, eq. 3): a linear map W [out, in] becomes W + alpha / r * B A, and only A [r, in] and
// B [out, r] learn. Fresh ones change nothing: B is zero.
// Differs from the paper: A is uniform (Kaiming, a = sqrt(5)), as in PEFT, instead of normal; there is no dropout.
// Maps go by their Hugging Face names, also where this engine fuses them. Files are in lora-files.ts.
import { z } from 'zod'
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'
import { stream } from '../base/rng.ts'
import { matmul, mul, split, type Tensor } from '../tensor/index.ts'
import type { Additions } from './decoder.ts'
import { type ParamSpec, partShape, whole } from './param-spec.ts'
import { WeightArena } from './weight-arena.ts'

/** Stands for every linear map of the layers. */
const ALL = 'all-linear'

/** Settings of fresh adapters. */
export const loraConfig = z.strictObject({
  rank: z.number().int().min(1).default(8).meta({
    description: 'Rows of A and columns of B (r).',
    paper: '1 to 64; 8 in most tables',
  }),
  alpha: z.number().positive().default(16).meta({
    description: 'B A is multiplied by alpha / rank.',
    paper: 'the first rank tried, then left alone',
  }),
  targets: z.array(z.string().min(1)).min(1).default([ALL]).meta({
    description:
      'Ends of the names of the maps that get an adapter, such as q_proj or layers.0.mlp.up_proj; or all-linear.',
    paper: 'the query and value projections',
  }),
  seed: z.number().int().default(0).meta({ description: 'Names the streams that A is drawn from.' }),
})

/** Resolved settings of fresh adapters. */
export type LoraConfig = z.infer<typeof loraConfig>

/** Adapters of one model. */
export interface LoraAdapter {
  readonly rank: number
  readonly alpha: number
  /** `MAP.lora_A.weight` [r, in] and `MAP.lora_B.weight` [out, r]; and what else learns beside them. */
  readonly arena: WeightArena
}

/** A linear map of a layer, by its Hugging Face name. */
export interface LinearMap {
  readonly name: string
  readonly outputs: number
  readonly inputs: number
}

const upName = (map: string): string => `${map}.lora_B.weight`
const downName = (map: string): string => `${map}.lora_A.weight`

/** The linear maps of the layers: every matrix but embedding and output head. */
export function linearMaps(params: readonly ParamSpec[]): LinearMap[] {
  const matrices = params.filter(({ name, shape }) => shape.length === 2 && name.startsWith('model.layers.'))
  return matrices.flatMap((param) =>
    param.parts.map((part) => {
      const [outputs, inputs] = partShape(param, part)
      return { name: withoutWeight(part.name), outputs, inputs }
    }),
  )
}

/** The maps that have an adapter. */
export function adaptedMaps(arena: WeightArena): string[] {
  return arena.params.flatMap(({ name }) => (name.endsWith(downName('')) ? [name.slice(0, -downName('').length)] : []))
}

/**
 * Adapters of zeros for a model with these parameters; `beside` learn in the same arena.
 * @throws `config/no-such-map` for a target that no map's name ends with
 */
export function zeroLora(
  params: readonly ParamSpec[],
  { rank, alpha, targets }: Omit<LoraConfig, 'seed'>,
  beside: readonly ParamSpec[] = [],
): LoraAdapter {
  const specs = targetedMaps(linearMaps(params), targets).flatMap(({ name, inputs, outputs }) => [
    whole(downName(name), [rank, inputs]),
    whole(upName(name), [outputs, rank]),
  ])
  return { rank, alpha, arena: new WeightArena([...specs, ...beside]) }
}

/** Like {@link zeroLora}, ready to learn: A is drawn, B is zero, so that nothing changes yet. */
export function freshLora(
  params: readonly ParamSpec[],
  config: LoraConfig,
  beside: readonly ParamSpec[] = [],
): LoraAdapter {
  const adapter = zeroLora(params, config, beside)
  for (const map of adaptedMaps(adapter.arena)) {
    // One stream a map: its draw is the same whatever other maps are adapted.
    const rng = stream(config.seed, 'lora', map)
    const down = adapter.arena.view(downName(map))
    // Kaiming: sqrt(6 / ((1 + a²) inputs)).
    const bound = 1 / Math.sqrt(down.length / config.rank)
    for (let i = 0; i < down.length; i++) down[i] = bound * (2 * rng.next() - 1)
  }
  return adapter
}

/** Adds alpha / r * B A to the weights themselves: what they compute then needs no adapter. */
export function mergeLora(weights: WeightArena, { rank, alpha, arena }: LoraAdapter): void {
  for (const map of adaptedMaps(arena)) {
    const weight = weights.part(`${map}.weight`)
    if (!weight) throw new GradusError('model/unknown-weight', `the adapter of "${map}" belongs to another model`)
    addProduct(weight, arena.view(upName(map)), arena.view(downName(map)), rank, alpha / rank)
  }
}

/** weight [out, in] += scale * up [out, rank] * down [rank, in]. */
function addProduct(weight: Float32Array, up: Float32Array, down: Float32Array, rank: number, scale: number): void {
  const inputs = down.length / rank
  const outputs = up.length / rank
  for (let o = 0; o < outputs; o++) {
    const row = o * inputs
    for (let r = 0; r < rank; r++) {
      const factor = scale * up[o * rank + r]
      if (factor === 0) continue
      const from = r * inputs
      for (let i = 0; i < inputs; i++) weight[row + i] += factor * down[from + i]
    }
  }
}

/** True when both adapt the same maps in the same way, so that the numbers of one can be those of the other. */
export function sameAdapters(a: LoraAdapter, b: LoraAdapter): boolean {
  return a.rank === b.rank && a.alpha === b.alpha && String(adaptedMaps(a.arena)) === String(adaptedMaps(b.arena))
}

/** What adapters add to the linear maps of a graph; `params` say which maps are fused, `tensors` hold A and B by name. */
export function loraAdditions(
  params: readonly ParamSpec[],
  { rank, alpha }: LoraAdapter,
  tensors: ReadonlyMap<string, Tensor>,
): Additions {
  const mapsOf = new Map(
    params.map(({ name, parts }) => [withoutWeight(name), parts.map((part) => withoutWeight(part.name))]),
  )
  const addition = (map: string, x: Tensor, gain: Tensor | undefined): Tensor | undefined => {
    const down = tensors.get(downName(map))
    const up = tensors.get(upName(map))
    if (!down || !up) return undefined
    // The gain goes into A, which is small.
    const code = matmul(x, gain ? mul(down, gain) : down, { transB: true })
    return matmul(code, up, { transB: true, alpha: alpha / rank })
  }
  return (name, x, { sizes, gain } = {}) => {
    const additions = (mapsOf.get(name) ?? []).map((map) => addition(map, x, gain))
    if (!sizes || additions.length === sizes.length) return additions
    // The family stores its fused matrix as one map (Phi-3).
    const [one] = additions
    return one ? split(one, one.shape.length - 1, sizes) : []
  }
}

function targetedMaps(maps: readonly LinearMap[], targets: readonly string[]): LinearMap[] {
  const isTarget = (name: string, target: string): boolean =>
    target === ALL || name === target || name.endsWith(`.${target}`)
  const kinds = [...new Set(maps.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)))]
  for (const target of targets) {
    if (maps.some(({ name }) => isTarget(name, target))) continue
    const near = closestName(target, kinds)
    throw new GradusError('config/no-such-map', `no linear map of the model is called "${target}"`, {
      hint: `${near ? `Did you mean ${near}? ` : ''}The model has ${kinds.join(', ')}; ${ALL} stands for all of them.`,
    })
  }
  return maps.filter(({ name }) => targets.some((target) => isTarget(name, target)))
}

const withoutWeight = (name: string): string => name.replace(/\.weight$/, '')

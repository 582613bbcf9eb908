// Runs the decoder's graph over rows of tokens, as the engine does, for tests: right padding and a causal mask.
import { input, Program, type Tensor } from '../../tensor/index.ts'
import { causalAttention } from '../attention.ts'
import type { ModelConfig } from '../config.ts'
import { decode, logitsOf, plainWeights, type Stream, type Weights } from '../decoder.ts'
import { ropeTables } from '../rope.ts'
import type { WeightArena } from '../weight-arena.ts'

/** A number that softmax turns into an exact zero. */
export const MASKED = -1e9

/** [T, T]: 0 on and below the diagonal. */
export function causalMask(time: number): Float32Array {
  return Float32Array.from({ length: time * time }, (_, i) => (i % time > Math.floor(i / time) ? MASKED : 0))
}

/** A stream over inputs `NAME.ids` and `NAME.positions`, with tables that {@link residents} feeds. */
export function namedStream(
  config: ModelConfig,
  name: string,
  shape: readonly (number | string)[],
  contextLimit = config.maxPositions,
): Stream {
  const { positions, half } = ropeTables(config, contextLimit)
  return {
    ids: input(`${name}.ids`, shape, 'int32'),
    positions: input(`${name}.positions`, shape, 'int32'),
    cos: input('rope.cos', [positions, half]),
    sin: input('rope.sin', [positions, half]),
  }
}

/** Every parameter as an input of its own. */
export const weightTensors = (arena: WeightArena): Map<string, Tensor> =>
  new Map(arena.params.map(({ name, shape }) => [name, input(name, shape)]))

/** What every run is fed: weights and rotary tables. */
export function residents(
  config: ModelConfig,
  arena: WeightArena,
  contextLimit = config.maxPositions,
): [string, Float32Array][] {
  const { cos, sin } = ropeTables(config, contextLimit)
  return [...arena.views(), ['rope.cos', cos], ['rope.sin', sin]]
}

/** Compiles, runs once with the weights and what else is fed, and disposes. */
export async function runOnce(
  config: ModelConfig,
  arena: WeightArena,
  outputs: Readonly<Record<string, Tensor>>,
  feeds: Readonly<Record<string, Float32Array | Int32Array>>,
  sizes: Readonly<Record<string, number>> = {},
  contextLimit = config.maxPositions,
): Promise<Record<string, Float32Array>> {
  const program = await Program.compile(outputs, { threads: 1 })
  const binding = program.bind(residents(config, arena, contextLimit))
  const results = await program.run({ sizes, feeds, binding })
  await program.dispose()
  return results as Record<string, Float32Array>
}

/** Rows padded to one length, in row-major order. */
export function padded(rows: readonly (readonly number[])[], time: number, fill = 0): Int32Array {
  return Int32Array.from(rows.flatMap((row) => [...row, ...new Array<number>(time - row.length).fill(fill)]))
}

/** Logits [T, V] of the real tokens of every row, all rows in one padded batch. */
export async function rowLogits(
  config: ModelConfig,
  arena: WeightArena,
  rows: readonly (readonly number[])[],
  { training = false, padId = 0, contextLimit = config.maxPositions } = {},
): Promise<Float32Array[]> {
  const time = Math.max(...rows.map((row) => row.length))
  const weights: Weights = plainWeights(config, weightTensors(arena), { training })
  const stream = namedStream(config, 'rows', ['P', 'T'], contextLimit)
  const { hidden } = decode(config, weights, stream, causalAttention(input('mask', ['T', 'T'])))
  const feeds = {
    'rows.ids': padded(rows, time, padId),
    'rows.positions': padded(
      rows.map(() => [...Array(time).keys()]),
      time,
    ),
    mask: causalMask(time),
  }
  const sizes = { P: rows.length, T: time }
  const outputs = { logits: logitsOf(config, weights, hidden) }
  const { logits } = await runOnce(config, arena, outputs, feeds, sizes, contextLimit)
  return rows.map((row, p) => logits.slice(p * time * config.vocabSize, (p * time + row.length) * config.vocabSize))
}

/** The largest absolute difference; both must be of one length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let most = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i])
    if (!(difference <= most)) most = difference
  }
  return most
}

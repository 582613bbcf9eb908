// Turns a micro-batch into the arrays that its graph reads. Padding goes to the right; its places are never selected.
import { GradusError } from '../base/error.ts'
import type { Datum } from '../contracts/index.ts'
import type { Numbers } from '../tensor/index.ts'
import { completionLength, type MicroBatch } from './micro-batch.ts'

/** A number that softmax turns into an exact zero. */
export const MASKED = -1e9

/** Arrays and sizes for one run of a training graph. */
export interface MicroBatchFeeds {
  readonly sizes: Record<string, number>
  readonly feeds: Record<string, Numbers>
  /** Per sequence in row order: its index in the caller's batch and where its tokens lie in [N]. */
  readonly spans: readonly { readonly index: number; readonly start: number; readonly length: number }[]
  /** Tokens through the model, padding not counted. */
  readonly tokens: number
}

/** [T, T] causal mask. */
export function causalMask(time: number): Float32Array {
  const mask = new Float32Array(time * time)
  for (let query = 0; query < time; query++) mask.fill(MASKED, query * time + query + 1, (query + 1) * time)
  return mask
}

/**
 * The arrays for a micro-batch; `fields` are the per-token fields wanted, `scalars` the per-example ones, `divisor` that of
 * the graph's token grid.
 */
export function microBatchFeeds(
  { layout, rows }: MicroBatch,
  { divisor = 1, ...wanted }: { fields: readonly string[]; scalars: readonly string[]; divisor?: number },
  exampleScalars: (example: number) => Readonly<Record<string, number>>,
): MicroBatchFeeds {
  const sequences = rows.flat()
  const total = sequences.reduce((sum, { datum }) => sum + completionLength(datum), 0)
  const grid =
    layout === 'rows'
      ? rowGrid(
          rows.map(([s]) => s.datum),
          divisor,
        )
      : groupGrid(
          rows.map((row) => row.map((s) => s.datum)),
          divisor,
        )
  const select = new Int32Array(total)
  const targets = new Int32Array(total)
  const sequence = new Int32Array(total)
  const spans: { index: number; start: number; length: number }[] = []
  let n = 0
  sequences.forEach(({ datum, index }, s) => {
    const length = completionLength(datum)
    spans.push({ index, start: n, length })
    const first = grid.firstPlaces[s]
    for (let t = 0; t < length; t++, n++) {
      select[n] = first + t
      targets[n] = datum.ids[datum.promptLength + t]
      sequence[n] = s
    }
  })
  const feeds: Record<string, Numbers> = { ...grid.feeds, select, targets, sequence }
  for (const name of wanted.fields)
    feeds[`field.${name}`] = gatherField(
      sequences.map((s) => s.datum),
      name,
      total,
    )
  const examples = [...new Set(sequences.map((s) => s.example))]
  const sizes = { ...grid.sizes, N: total, S: sequences.length, E: examples.length }
  feeds.example = Int32Array.from(sequences, (s) => examples.indexOf(s.example))
  feeds.members = Int32Array.from(examples.flatMap((e) => sequences.flatMap((s, i) => (s.example === e ? [i] : []))))
  for (const name of wanted.scalars)
    feeds[`scalar.${name}`] = Float32Array.from(examples, (e) => {
      const value = exampleScalars(e)[name]
      if (value === undefined)
        throw new GradusError('train/missing-scalar', `example ${e} has no scalar "${name}", which the loss reads`)
      return value
    })
  return { sizes, feeds, spans, tokens: grid.tokens }
}

interface Grid {
  readonly feeds: Record<string, Numbers>
  readonly sizes: Record<string, number>
  /** Per sequence: the flat place that predicts its first completion token. */
  readonly firstPlaces: readonly number[]
  readonly tokens: number
}

/** One sequence a row: [P, T] with T the longest; the graph's P is counted in `divisor` rows. */
function rowGrid(data: readonly Datum[], divisor: number): Grid {
  const time = data.reduce((most, datum) => Math.max(most, datum.ids.length - 1), 0)
  const ids = new Int32Array(data.length * time)
  const positions = new Int32Array(data.length * time)
  let tokens = 0
  const firstPlaces = data.map((datum, row) => {
    const count = datum.ids.length - 1
    tokens += count
    ids.set(datum.ids.subarray(0, count), row * time)
    for (let t = 0; t < time; t++) positions[row * time + t] = t
    return row * time + datum.promptLength - 1
  })
  return {
    feeds: { 'rows.ids': ids, 'rows.positions': positions, 'rows.mask': causalMask(time) },
    sizes: { P: data.length / divisor, T: time },
    firstPlaces,
    tokens,
  }
}

/** Prompts without their last token [P, C], and [P, G, T] continuations that begin with it; G is counted in `divisor`. */
function groupGrid(groups: readonly (readonly Datum[])[], divisor: number): Grid {
  const all = groups.flat()
  const prompts = groups.length
  const size = groups.reduce((most, group) => Math.max(most, group.length), 0)
  const context = all.reduce((most, datum) => Math.max(most, datum.promptLength - 1), 0)
  const time = all.reduce((most, datum) => Math.max(most, completionLength(datum)), 0)
  const promptIds = new Int32Array(prompts * context)
  const promptPositions = new Int32Array(prompts * context)
  const prefixMask = new Float32Array(prompts * context).fill(MASKED)
  const ids = new Int32Array(prompts * size * time)
  const positions = new Int32Array(ids.length)
  const firstPlaces: number[] = []
  let tokens = 0
  groups.forEach((group, p) => {
    const [{ ids: shared, promptLength }] = group
    const length = promptLength - 1
    tokens += length
    promptIds.set(shared.subarray(0, length), p * context)
    for (let t = 0; t < context; t++) promptPositions[p * context + t] = t
    prefixMask.fill(0, p * context, p * context + length)
    group.forEach((datum, g) => {
      const start = (p * size + g) * time
      firstPlaces.push(start)
      tokens += completionLength(datum)
      ids.set(datum.ids.subarray(length, datum.ids.length - 1), start)
    })
    for (let place = p * size * time; place < (p + 1) * size * time; place++)
      positions[place] = length + ((place - p * size * time) % time)
  })
  return {
    feeds: {
      'prompt.ids': promptIds,
      'prompt.positions': promptPositions,
      'prompt.mask': causalMask(context),
      'prefix.mask': prefixMask,
      'rows.ids': ids,
      'rows.positions': positions,
      'rows.mask': causalMask(time),
    },
    sizes: { P: prompts, G: size / divisor, T: time, C: context },
    firstPlaces,
    tokens,
  }
}

/** A field of all sequences, one after the other: [N] or [N, K]. */
function gatherField(data: readonly Datum[], name: string, total: number): Float32Array {
  let out: Float32Array | undefined
  let at = 0
  for (const datum of data) {
    const field = datum.fields[name]
    if (!field)
      throw new GradusError('train/missing-field', `a sequence has no field "${name}", which the loss reads`, {
        hint: `It has: ${Object.keys(datum.fields).join(', ') || 'none'}.`,
      })
    const width = field.shape[1] ?? 1
    if (field.shape[0] !== completionLength(datum) || field.data.length !== field.shape[0] * width)
      throw new GradusError(
        'train/bad-field',
        `field "${name}" has ${field.data.length} numbers for ${completionLength(datum)} completion tokens`,
      )
    out ??= new Float32Array(total * width)
    out.set(field.data, at)
    at += field.data.length
  }
  return out ?? new Float32Array(0)
}

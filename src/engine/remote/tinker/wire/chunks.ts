// Big batches travel in several requests: how a batch is cut, and how the answers become one again.
import type { PassOutput, WireDatum } from './forward-backward.ts'
import type { WireTensor } from './tensor-data.ts'

/** What fits into one request. */
export interface ChunkLimits {
  readonly sequences: number
  readonly bytes: number
}

/** The service's own defaults. */
export const DEFAULT_LIMITS: ChunkLimits = { sequences: 1024, bytes: 5_000_000 }

/** Bytes of a number in JSON: a token id with its comma, a float of nine digits with sign and exponent. */
const JSON_BYTES = { int64: 7, float32: 14 } as const
const PROTO_BYTES = { int64: 8, float32: 4 } as const
/** Names, braces and types around each list. */
const AROUND = 80

/** About how many bytes a sequence takes on the wire. */
export function wireBytes({ tokens, inputs }: WireDatum, body: 'json' | 'proto'): number {
  const width = body === 'json' ? JSON_BYTES : PROTO_BYTES
  const tensorBytes = ({ data, dtype }: WireTensor): number => AROUND + data.length * width[dtype]
  const text = AROUND + tokens.length * (body === 'json' ? JSON_BYTES.int64 : 4)
  return Object.values(inputs).reduce((sum, tensor) => sum + tensorBytes(tensor), text)
}

/** Consecutive pieces within the limits; a sequence that alone exceeds them gets a piece of its own. */
export function chunksOf(data: readonly WireDatum[], limits: ChunkLimits, body: 'json' | 'proto'): WireDatum[][] {
  const chunks: WireDatum[][] = []
  let open: WireDatum[] = []
  let bytes = 0
  for (const datum of data) {
    const size = wireBytes(datum, body)
    if (open.length > 0 && (open.length >= limits.sequences || bytes + size > limits.bytes)) {
      chunks.push(open)
      open = []
      bytes = 0
    }
    open.push(datum)
    bytes += size
  }
  if (open.length > 0) chunks.push(open)
  return chunks
}

/** One answer from those of the pieces. Metrics are reduced as the ends of their names say. */
export function mergeOutputs(answers: readonly PassOutput[]): PassOutput {
  if (answers.length === 1) return answers[0]
  const metrics: Record<string, number> = {}
  const names = new Set(answers.flatMap(({ metrics }) => Object.keys(metrics)))
  for (const name of names) {
    const parts = answers.filter(({ metrics }) => name in metrics)
    const values = parts.map(({ metrics }) => metrics[name])
    const weights = parts.map(({ outputs }) => outputs.length)
    const reduction = name.slice(name.lastIndexOf(':') + 1)
    // All values are kept, under names of their own.
    if (reduction === 'unique')
      values.forEach((value, i) => {
        metrics[i === 0 ? name : `${name}_${i + 1}`] = value
      })
    else metrics[name] = reduce(reduction, values, weights)
  }
  return {
    outputType: answers[0]?.outputType ?? '',
    outputs: answers.flatMap(({ outputs }) => outputs),
    metrics,
  }
}

function reduce(reduction: string, values: readonly number[], weights: readonly number[]): number {
  const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
  switch (reduction) {
    case 'sum':
    case 'hash_unordered':
      return total(values)
    case 'min':
      return Math.min(...values)
    case 'max':
      return Math.max(...values)
    // `mean`, `slack`, and names that say nothing.
    default: {
      const all = total(weights)
      return all === 0 ? Number.NaN : total(values.map((value, i) => value * weights[i])) / all
    }
  }
}

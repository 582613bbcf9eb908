// What a result file of an evaluation says, read with care: it is JSON of any age. Only what the table shows is looked at.

import type { Json } from '../../../../src/base/json.ts'
import type { Interval } from '../../../../src/serve/dashboard/api.ts'

/** An estimate of pass@k. */
export interface PassAtK {
  readonly k: number
  readonly value: Pick<Interval, 'value' | 'low' | 'high'>
}

/** Facts of an evaluation beside its pass@1. */
export interface ResultFacts {
  /** Problems. */
  readonly problems?: number

  readonly passAtK: readonly PassAtK[]
  readonly truncated?: number
  readonly undecided?: number
  readonly failed?: number
  readonly temperature?: number
}

/** Reads a result. */
export function resultFacts(result: Json): ResultFacts {
  const fields = fieldsOf(result)
  return {
    problems: numberOf(fields.n),
    passAtK: passAtKOf(fields.k),
    truncated: numberOf(fields.truncated),
    undecided: numberOf(fields.undecided),
    failed: numberOf(fields.failed),
    temperature: numberOf(fields.temperature),
  }
}

function passAtKOf(value: Json | undefined): readonly PassAtK[] {
  return Object.entries(fieldsOf(value))
    .flatMap(([name, estimate]): readonly PassAtK[] => {
      const k = Number(name)
      const { value, low, high } = fieldsOf(estimate)
      const isWhole = typeof value === 'number' && typeof low === 'number' && typeof high === 'number'
      return Number.isInteger(k) && k > 0 && isWhole ? [{ k, value: { value, low, high } }] : []
    })
    .sort((a, b) => a.k - b.k)
}

const fieldsOf = (value: Json | undefined): Readonly<Record<string, Json | undefined>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {}

const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

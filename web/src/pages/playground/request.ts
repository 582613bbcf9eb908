// What the form asks for, from the texts that stand in the address to the body of a request. Numbers outside their bounds,
// which a link may have, become the nearest inside; the bounds are those of the server.
import type { ModelsAnswer, SampleRequestBody } from '../../../../src/serve/dashboard/api.ts'

/** Least, greatest, and what is there before one chooses. */
export interface Bounds {
  readonly min: number
  readonly max: number
  readonly initial: number
  /** Not whole. */
  readonly isReal?: boolean
}

export const bounds = {
  samples: { min: 1, max: 16, initial: 4 },
  temperature: { min: 0, max: 10, initial: 1, isReal: true },
  maxTokens: { min: 1, max: 4096, initial: 256 },
  seed: { min: 0, max: 2 ** 32 - 1, initial: 0 },
  problemSeed: { min: 0, max: 1_000_000, initial: 0 },
  index: { min: 0, max: 999_999, initial: 0 },
} as const satisfies Readonly<Record<string, Bounds>>

/** A text of the address as a number inside its bounds. */
export function numberIn(text: string, { min, max, initial, isReal }: Bounds): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) return initial
  return Math.min(max, Math.max(min, isReal ? value : Math.trunc(value)))
}

/** The run and checkpoint that an address means: the first run, and its last checkpoint, where it names none that is there. */
export function chosenModel(
  models: ModelsAnswer['models'],
  run: string,
  checkpoint: string,
): { readonly model: ModelsAnswer['models'][number]; readonly checkpoint: number; readonly isOther: boolean } {
  const named = models.find((model) => model.run === run)
  const model = named ?? models[0]
  const step = model.checkpoints.find((one) => String(one) === checkpoint)
  const isOther = (run !== '' && named === undefined) || (checkpoint !== '' && step === undefined)
  return { model, checkpoint: step ?? model.checkpoints[model.checkpoints.length - 1], isOther }
}

/** The problem that the form means; undefined while there is none. */
export function askedProblem(fields: {
  readonly kind: 'task' | 'typed'
  readonly text: string
  readonly answer: string
  readonly seed: string
  readonly index: string
  readonly level: string
}): SampleRequestBody['problem'] | undefined {
  if (fields.kind === 'typed') {
    if (fields.text === '') return undefined
    return { text: fields.text, ...(fields.answer.trim() !== '' && { answer: fields.answer }) }
  }
  const level = fields.level.trim() === '' ? Number.NaN : Number(fields.level)
  return {
    seed: numberIn(fields.seed, bounds.problemSeed),
    index: numberIn(fields.index, bounds.index),
    ...(Number.isInteger(level) && level >= 0 && { level }),
  }
}

// Rotary settings in config.json, in the old form (`rope_theta`, `rope_scaling`) and in that of transformers 5
// (`rope_parameters`). Reads with transformers' precedence; writes both, saying the same.
import { z } from 'zod'
import type { ModelConfig, RopeScaling } from '../config.ts'
import type { Family } from './families.ts'
import { badConfig, type HfConfig, unsupported } from './schema.ts'

/** The rotary part of a model configuration. */
export type Rope = Pick<ModelConfig, 'ropeTheta' | 'partialRotary' | 'ropeScaling'>

/** What the rotary part depends on. */
type Sizes = Pick<ModelConfig, 'headDim' | 'maxPositions'>

const factors = z.array(z.number().positive())
const parameters = z.looseObject({
  rope_type: z.string().nullish(),
  type: z.string().nullish(),
  rope_theta: z.number().positive().nullish(),
  partial_rotary_factor: z.number().positive().max(1).nullish(),
  factor: z.number().positive().nullish(),
  low_freq_factor: z.number().positive().nullish(),
  high_freq_factor: z.number().positive().nullish(),
  original_max_position_embeddings: z.int().positive().nullish(),
  short_factor: factors.nullish(),
  long_factor: factors.nullish(),
  attention_factor: z.number().nonnegative().nullish(),
})
type Parameters = z.infer<typeof parameters>

/**
 * Reads the rotary settings of a configuration.
 * @throws `model/unsupported`, `model/bad-config`
 */
export function readRope(json: HfConfig, family: Family, sizes: Sizes): Rope {
  const given = flat(json)
  const partialRotary = given.partial_rotary_factor ?? json.partial_rotary_factor ?? 1
  if (partialRotary !== 1 && !family.partialRotary) {
    throw unsupported(
      `partial_rotary_factor ${partialRotary} with model_type "${json.model_type}"`,
      'Only phi3 has it.',
    )
  }
  const rotated = Math.trunc(sizes.headDim * partialRotary)
  if (rotated < 2) throw badConfig(`partial_rotary_factor ${partialRotary} rotates nothing of ${sizes.headDim} numbers`)
  if (rotated % 2 !== 0) {
    throw unsupported(
      `an odd number of rotated numbers per head (${rotated})`,
      'Use a model with an even rotary width.',
    )
  }
  const ropeScaling = readScaling(given, json, family, sizes)
  if (ropeScaling?.kind === 'longrope') checkFactors(ropeScaling, rotated / 2)
  return {
    ropeTheta: given.rope_theta ?? json.rope_theta ?? 10000,
    partialRotary,
    ...(ropeScaling === undefined ? {} : { ropeScaling }),
  }
}

/** `rope_scaling` wins over `rope_parameters`, as in transformers; settings per layer type are taken where all agree. */
function flat(json: HfConfig): Parameters {
  const scaling = json.rope_scaling ?? {}
  const given = Object.keys(scaling).length > 0 ? scaling : (json.rope_parameters ?? {})
  const nested = Object.keys(given).filter((key) => key.endsWith('_attention'))
  if (nested.some((key) => key !== 'full_attention')) {
    throw unsupported(`rope_parameters per layer type (${nested.join(', ')})`, 'Use a model with one rotary setting.')
  }
  const result = parameters.safeParse(given.full_attention ?? given)
  if (result.success) return result.data
  throw badConfig(`rope settings: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`)
}

function readScaling(given: Parameters, json: HfConfig, family: Family, sizes: Sizes): RopeScaling | undefined {
  const type = given.rope_type ?? given.type ?? 'default'
  if (type === 'default') return undefined
  const kind = type === 'su' || (type === 'yarn' && given.short_factor) ? 'longrope' : type
  const known = family.ropeKinds.find((name) => name === kind)
  if (known === undefined) {
    const hint = `With model_type "${json.model_type}" these are: default, ${family.ropeKinds.join(', ')}.`
    throw unsupported(`rope_type "${type}"`, hint)
  }
  const need = <T>(key: keyof Parameters & string, value: T | null | undefined): T => {
    if (value === null || value === undefined) throw badConfig(`rope_type "${type}" needs ${key}`)
    return value
  }
  const originalMaxPositions =
    json.original_max_position_embeddings ??
    family.defaults.originalMaxPositions ??
    given.original_max_position_embeddings ??
    sizes.maxPositions
  switch (known) {
    case 'linear':
      return { kind: known, factor: need('factor', given.factor) }
    case 'llama3':
      return {
        kind: known,
        factor: need('factor', given.factor),
        lowFreqFactor: need('low_freq_factor', given.low_freq_factor),
        highFreqFactor: need('high_freq_factor', given.high_freq_factor),
        originalMaxPositions,
      }
    case 'longrope': {
      const attentionFactor =
        given.attention_factor ?? impliedAttentionFactor(given.factor, originalMaxPositions, sizes)
      return {
        kind: known,
        shortFactor: need('short_factor', given.short_factor),
        longFactor: need('long_factor', given.long_factor),
        originalMaxPositions,
        ...(attentionFactor === undefined ? {} : { attentionFactor }),
      }
    }
    default:
      return known satisfies never
  }
}

/** What an explicit `factor` implies where it is not the context ratio, which is what absence stands for. */
function impliedAttentionFactor(factor: number | null | undefined, original: number, sizes: Sizes): number | undefined {
  if (factor === null || factor === undefined || factor === sizes.maxPositions / original) return undefined
  return factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original))
}

function checkFactors(scaling: RopeScaling & { kind: 'longrope' }, pairs: number): void {
  for (const [key, { length }] of [
    ['short_factor', scaling.shortFactor],
    ['long_factor', scaling.longFactor],
  ] as const) {
    if (length !== pairs) throw badConfig(`${key} has ${length} numbers, but ${pairs} pairs are rotated per head`)
  }
}

/**
 * The rotary keys of config.json. `rope_scaling` is null where nothing is rescaled.
 * @throws `model/unsupported` for what transformers would refuse or ignore
 */
export function writeRope(config: ModelConfig, family: Family): Record<string, unknown> {
  const { ropeTheta, partialRotary, ropeScaling } = config
  if (partialRotary !== 1 && !family.partialRotary) {
    throw unsupported(`partialRotary ${partialRotary} with model type "${config.modelType}"`, 'Use model type phi3.')
  }
  if (ropeScaling !== undefined && !family.ropeKinds.includes(ropeScaling.kind)) {
    const hint = `This model type has: ${family.ropeKinds.join(', ')}.`
    throw unsupported(`rope scaling "${ropeScaling.kind}" with model type "${config.modelType}"`, hint)
  }
  const partial = family.partialRotary ? { partial_rotary_factor: partialRotary } : {}
  const original = family.defaults.originalMaxPositions === undefined ? {} : topLevelOriginal(config)
  const scaling = ropeScaling === undefined ? undefined : writeScaling(ropeScaling, original)
  const type = ropeScaling?.kind ?? 'default'
  return {
    rope_theta: ropeTheta,
    ...partial,
    ...original,
    rope_scaling: scaling ?? null,
    rope_parameters: { rope_type: type, rope_theta: ropeTheta, ...partial, ...scaling, ...originalOf(ropeScaling) },
  }
}

function writeScaling(scaling: RopeScaling, topLevel: Readonly<Record<string, unknown>>): Record<string, unknown> {
  switch (scaling.kind) {
    case 'linear':
      return { rope_type: scaling.kind, factor: scaling.factor }
    case 'llama3':
      return {
        rope_type: scaling.kind,
        factor: scaling.factor,
        low_freq_factor: scaling.lowFreqFactor,
        high_freq_factor: scaling.highFreqFactor,
        original_max_position_embeddings: scaling.originalMaxPositions,
      }
    case 'longrope':
      // Phi-3 of transformers 4 accepts exactly `type` and the two lists here; it finds the rest at the top level.
      return {
        ...(Object.keys(topLevel).length > 0
          ? { type: scaling.kind }
          : { rope_type: scaling.kind, ...originalOf(scaling) }),
        short_factor: scaling.shortFactor,
        long_factor: scaling.longFactor,
        ...(scaling.attentionFactor === undefined ? {} : { attention_factor: scaling.attentionFactor }),
      }
    default:
      return scaling satisfies never
  }
}

function topLevelOriginal({ ropeScaling, maxPositions }: ModelConfig): Record<string, number> {
  const original = originalOf(ropeScaling)
  return Object.keys(original).length > 0 ? original : { original_max_position_embeddings: maxPositions }
}

function originalOf(scaling: RopeScaling | undefined): Record<string, number> {
  if (scaling === undefined || scaling.kind === 'linear') return {}
  return { original_max_position_embeddings: scaling.originalMaxPositions }
}

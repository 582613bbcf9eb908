// Configurations from schema, presets and overrides; and what is said when they do not fit.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { recipes } from '../../recipes/index.ts'
import { resolveConfig } from './resolve-config.ts'
import { schemaTree, settingPaths } from './settings-schema.ts'

const schema = z.strictObject({
  schedule: z
    .strictObject({
      steps: z.int().min(1).max(1000).default(10).describe('Steps.'),
      lr: z.number().positive().default(0.1).describe('Peak learning rate.'),
      shape: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('constant'), warmup: z.number().default(0) }),
          z.strictObject({ kind: z.literal('linear'), warmup: z.number().default(0), floor: z.number().default(0) }),
        ])
        .default({ kind: 'linear', warmup: 2, floor: 0 })
        .describe('Its form.'),
    })
    .prefault({}),
  mode: z.enum(['fast', 'slow']).default('slow').describe('How.'),
  knobs: z.record(z.string(), z.number()).default({}).describe('Anything.'),
})

const resolve = (overrides: Record<string, unknown>, prefix?: string) => resolveConfig({ schema, overrides, prefix })
const failure = (overrides: Record<string, unknown>, prefix?: string): unknown => {
  try {
    return resolve(overrides, prefix)
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return `${code}: ${message}`
  }
}

describe('resolveConfig', () => {
  it('lays presets over defaults and overrides over both', () => {
    const presets = [{ schedule: { steps: 20, lr: 0.2 } }, { schedule: { lr: 0.3 } }]
    const config = resolveConfig({ schema, presets, overrides: { schedule: { steps: 30 } } })
    expect(config).toMatchObject({ schedule: { steps: 30, lr: 0.3 }, mode: 'slow' })
  })

  it('leaves out what a preset says of settings that the schema lacks', () => {
    const config = resolveConfig({ schema, presets: [{ rollout: { samples: 8 }, schedule: { other: 1, steps: 5 } }] })
    expect(config).toEqual({ ...resolve({}), schedule: { ...(resolve({}).schedule as object), steps: 5 } })
  })

  it('sets one key of an object with kinds, or another kind with its own defaults', () => {
    expect(resolve({ schedule: { shape: { warmup: 9 } } }).schedule).toMatchObject({
      shape: { kind: 'linear', warmup: 9, floor: 0 },
    })
    expect(resolve({ schedule: { shape: { kind: 'constant' } } }).schedule).toMatchObject({
      shape: { kind: 'constant', warmup: 0 },
    })
  })

  it('keeps free records free', () => {
    expect(resolve({ knobs: { level: 3 } }).knobs).toEqual({ level: 3 })
  })

  it.each<[Record<string, unknown>, string]>([
    [{ schedul: {} }, 'config/unknown-key: "schedul" is not a setting; did you mean "schedule"?'],
    [{ schedule: { step: 1 } }, 'config/unknown-key: "step" is not a setting in "schedule"; did you mean "steps"?'],
    [{ steps: 1 }, 'config/unknown-key: "steps" is not a setting; did you mean "schedule.steps"?'],
    [{ lerningRate: 1 }, 'config/unknown-key: "lerningRate" is not a setting; did you mean "schedule.lr"?'],
    [
      { schedule: { shape: { flor: 1 } } },
      'config/unknown-key: "flor" is not a setting in "schedule.shape"; did you mean "floor"?',
    ],
    [
      { schedule: { shape: { kind: 'constant', floor: 1 } } },
      'config/unknown-key: "floor" is not a setting in "schedule.shape"',
    ],
    [
      { schedule: { steps: 0 } },
      'config/bad-value: "schedule.steps" cannot be 0: expected a whole number, 1 or more, 1000 at most',
    ],
    [
      { schedule: { steps: 1.5 } },
      'config/bad-value: "schedule.steps" cannot be 1.5: expected a whole number, 1 or more',
    ],
    [{ schedule: { lr: 'x' } }, 'config/bad-value: "schedule.lr" cannot be "x": expected a number, above 0'],
    [{ mode: 'fats' }, 'config/bad-value: "mode" cannot be "fats": expected one of "fast", "slow"'],
    [{ schedule: 3 }, 'config/bad-value: "schedule" cannot be 3: expected settings with keys of their own'],
  ])('says what is wrong with %j', (overrides, message) => {
    expect(failure(overrides)).toContain(message)
  })

  it('puts the prefix before the path', () => {
    expect(failure({ schedule: { lr: -1 } }, 'base')).toContain('"base.schedule.lr" cannot be -1')
  })
})

describe('every recipe', () => {
  it.each(recipes.map((recipe) => [recipe.id, recipe] as const))(
    '%s has defaults that resolve to themselves',
    (_id, { config }) => {
      const defaults = resolveConfig({ schema: config })
      expect(resolveConfig({ schema: config, overrides: defaults })).toEqual(defaults)
      expect(settingPaths(schemaTree(config))).toContain('schedule.steps')
    },
  )
})

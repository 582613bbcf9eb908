// Learning-rate schedules: pure functions from a step to a multiplier of the peak rate, in [0, 1].
// Steps count from 0. Warm-up of w steps rises 1/w, 2/w, ... 1, so that no step is wasted at zero; the fall starts at
// the step after it from 1 and would reach its floor at step `total`, the first that is not taken. They know no
// optimiser and no rate. Warm-up-stable-decay: MiniCPM (2404.06395); its square-root shape: 2405.18392.
import { z } from 'zod'

const steps = (description: string, fallback: number, paper: string) =>
  z
    .number()
    .min(0)
    .refine((x) => x < 1 || Number.isInteger(x), 'a whole number of steps, or a share below 1')
    .default(fallback)
    .meta({ description: `${description} Steps, or below 1 a share of all steps.`, paper })

const minRatio = (fallback: number, paper: string) =>
  z.number().min(0).max(1).default(fallback).meta({
    description: 'The floor that the fall heads for, as a share of the peak.',
    paper,
  })

const warmup = steps('Linear rise to the peak at the start.', 0, 'SFT 0.03 to 0.1 of all steps; RL 0 to 10 steps')

/** Settings of a schedule, told apart by `kind`. */
export const scheduleConfig = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), warmup }),
  z.strictObject({ kind: z.literal('linear'), warmup, minRatio: minRatio(0, '0') }),
  z.strictObject({ kind: z.literal('cosine'), warmup, minRatio: minRatio(0.1, '0.1 (Llama), 0 (1608.03983)') }),
  z.strictObject({
    kind: z.literal('warmup-stable-decay'),
    warmup,
    decay: steps('Length of the fall at the end; the peak holds until then.', 0.1, '0.1 (MiniCPM)'),
    minRatio: minRatio(0, '0'),
    shape: z.enum(['linear', 'cosine', 'sqrt']).default('linear').meta({
      description: 'Form of the fall; sqrt is 1 - √p, steep at first.',
      paper: 'sqrt (2405.18392)',
    }),
  }),
])

/** Resolved settings of a schedule. */
export type ScheduleConfig = z.infer<typeof scheduleConfig>

/** The multiplier of the peak learning rate at `step` of `total`, both counted in optimiser steps. */
export function scheduleAt(config: ScheduleConfig, step: number, total: number): number {
  const warm = inSteps(config.warmup, total)
  if (step < warm) return (step + 1) / warm
  switch (config.kind) {
    case 'constant':
      return 1
    case 'linear':
      return floored(config.minRatio, falls.linear(passed(step, warm, total)))
    case 'cosine':
      return floored(config.minRatio, falls.cosine(passed(step, warm, total)))
    case 'warmup-stable-decay': {
      const start = Math.max(warm, total - inSteps(config.decay, total))
      return floored(config.minRatio, falls[config.shape](passed(step, start, total)))
    }
    default:
      return config satisfies never
  }
}

// From 1 at p = 0 to 0 at p = 1.
const falls = {
  linear: (p: number) => 1 - p,
  cosine: (p: number) => (1 + Math.cos(Math.PI * p)) / 2,
  sqrt: (p: number) => 1 - Math.sqrt(p),
} as const

// Rounded, since a share like 0.1 of 30 is 3.0000000000000004.
function inSteps(value: number, total: number): number {
  return value < 1 ? Math.round(value * total) : value
}

function passed(step: number, start: number, total: number): number {
  if (step >= total) return 1
  return step <= start ? 0 : (step - start) / (total - start)
}

function floored(floor: number, x: number): number {
  return floor + (1 - floor) * x
}

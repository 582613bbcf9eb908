// The differentiation rule of every operator, by kind.
import { elementwiseGradients } from './elementwise.ts'
import { nnGradients } from './nn.ts'
import type { GradientRule } from './rule.ts'
import { structureGradients } from './structure.ts'

export type { GradientRule } from './rule.ts'

export const gradientRules: Readonly<Record<string, GradientRule>> = {
  ...elementwiseGradients,
  ...structureGradients,
  ...nnGradients,
}

// Reports the policy's entropy and changes nothing: collapse of entropy is the first thing to look at in a run.
import type { Loss } from '../../contracts/index.ts'
import { constant, mul, stopGradient, sum } from '../../tensor/index.ts'

/** Adds zero. Over the tokens trained on: sequences without advantage are not computed and not counted. */
export const watchEntropy = (): Loss => ({
  id: 'entropy-watch',
  fields: ['mask'],
  wants: ['entropy'],
  coefficients: [],
  vanishesWith: 'advantages',
  formula: '',
  terms: ({ field, want }) => ({
    total: constant(0),
    report: { 'policy/entropy': sum(mul(field('mask'), stopGradient(want('entropy')))) },
  }),
})

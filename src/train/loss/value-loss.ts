// The critic's loss (PPO as practised): squared error to the return, the larger of plain and clipped around the values
// that were there before the update.
import type { Loss } from '../../contracts/index.ts'
import { add, clamp, maximum, mul, square, sub, sum } from '../../tensor/index.ts'

/** ½ Σ w max((V - ret)², (V_old + clip(V - V_old, ±range) - ret)²). Needs the fields `returns` and `oldValues`. */
export const valueLoss = ({ range }: { readonly range: number }): Loss => ({
  id: 'value',
  fields: ['weights', 'returns', 'oldValues'],
  wants: ['values'],
  coefficients: [],
  formula: '½ Σ_t w_t max((V_t - R_t)², (V_old + clip(V_t - V_old, ±ε_v) - R_t)²)',
  terms({ field, want }) {
    const [values, old, returns] = [want('values'), field('oldValues'), field('returns')]
    const bounded = add(old, clamp(sub(values, old), -range, range))
    const errors = maximum(square(sub(values, returns)), square(sub(bounded, returns)))
    const total = mul(sum(mul(field('weights'), errors)), 0.5)
    return { total, report: {} }
  },
})

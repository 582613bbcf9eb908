// Which arms a recipe brings into the lab: its own, and those that its claim compares.
import type { Arm, Claim } from '../contracts/index.ts'

/** What is used of a recipe. */
export interface ClaimingRecipe {
  readonly id: string
  readonly family: string
  readonly baseline?: string
  readonly claims: readonly Claim[]
}

/**
 * How a recipe is run for the table: as its first claim runs it, where that has an arm `own`, since only the claim knows what
 * makes the recipe meaningful on a trained base (fine-tuning on right solutions only, for one); else with its presets.
 */
export function ownArm({ id, claims }: ClaimingRecipe): Arm {
  const own = claims[0]?.arms.own as Arm | undefined
  return own?.recipe === id ? own : { recipe: id }
}

/** Whether a recipe is run when none is named: methods that train, not those that only look. */
export const isTraining = ({ family }: ClaimingRecipe): boolean => family !== 'evaluation'

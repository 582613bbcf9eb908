// Recipes: published methods as compositions.
export { type AnyRecipe, findRecipe, recipes } from './catalog.ts'
export { type GrpoConfig, grpo, grpoConfig, grpoStage } from './policy-optimisation/grpo.ts'
export { oneShotRlvr } from './policy-optimisation/one-shot-rlvr.ts'
export { recipe } from './recipe.ts'
export { sft } from './supervised/sft.ts'

// Recipes: published methods as compositions.

export { type AnyRecipe, findRecipe, recipes } from './catalog.ts'
export * from './claims.ts'
export { type GrpoConfig, grpo, grpoConfig, grpoStage } from './policy-optimisation/grpo.ts'
export { oneShotRlvr } from './policy-optimisation/one-shot-rlvr.ts'
export { type PolicyConfig, type PolicyPieces, policyConfig, policyStage } from './policy-optimisation/policy-stage.ts'
export { preferenceConfig, preferenceStage } from './preference/dpo.ts'
export { recipe } from './recipe.ts'
export { sft } from './supervised/sft.ts'

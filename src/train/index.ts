// The loop.

export { constantTokens, type GroupAdvantageOptions, groupAdvantage } from './advantage/group-advantage.ts'
export { seqMeanTokenMean, seqMeanTokenSumNorm, seqSumTokenMean, tokenMean } from './aggregate/aggregators.ts'
// Assembling and weighting examples.
export { sequences, toDatum } from './assemble/sequences.ts'
export { runStep, type StepResult, type StepSetting } from './loop.ts'
// Losses.
export { type ClipOptions, clipped } from './loss/clipped.ts'
export { add, scale } from './loss/combine.ts'
export { entropyBonus } from './loss/entropy-bonus.ts'
export { klToReference } from './loss/kl-to-reference.ts'
export { negativeLogLikelihood } from './loss/negative-log-likelihood.ts'
export { referenceScores } from './reference-scores.ts'
// Credit: rewards, advantages, scores of other models.
export { verdictReward } from './reward/verdict-reward.ts'
export { type RecipeRun, type RunOutcome, type RunProgress, runRecipe } from './run-recipe.ts'
// Sources of problems.
export { problemSource, repeatSource, taskSource } from './source/sources.ts'

// The loop.
export { runStep, type StepResult, type StepSetting } from './loop.ts'
export { type RecipeRun, type RunOutcome, type RunProgress, runRecipe } from './run-recipe.ts'
// Sources of problems.
export { problemSource, repeatSource, taskSource } from './source/sources.ts'
// Credit: rewards, advantages, scores of other models.
export { verdictReward } from './reward/verdict-reward.ts'
export { constantTokens, groupAdvantage, type GroupAdvantageOptions } from './advantage/group-advantage.ts'
export { referenceScores } from './reference-scores.ts'
// Assembling and weighting examples.
export { sequences, toDatum } from './assemble/sequences.ts'
export { seqMeanTokenMean, seqMeanTokenSumNorm, seqSumTokenMean, tokenMean } from './aggregate/aggregators.ts'
// Losses.
export { type ClipOptions, clipped } from './loss/clipped.ts'
export { add, scale } from './loss/combine.ts'
export { entropyBonus } from './loss/entropy-bonus.ts'
export { klToReference } from './loss/kl-to-reference.ts'
export { negativeLogLikelihood } from './loss/negative-log-likelihood.ts'

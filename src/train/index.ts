// The loop.

// Advantages.
export { batchAdvantage } from './advantage/batch-advantage.ts'
export { type GaeOptions, gae } from './advantage/gae.ts'
export { constantTokens, type GroupAdvantageOptions, groupAdvantage } from './advantage/group-advantage.ts'
export { returnsToGo } from './advantage/returns.ts'
export { type SignWeights, signAdvantage } from './advantage/sign-advantage.ts'
export { whitenAdvantages } from './advantage/whiten.ts'
// Assembling and weighting examples.
export { seqMeanTokenMean, seqMeanTokenSumNorm, seqSumTokenMean, tokenMean } from './aggregate/aggregators.ts'
export { exampleMean, pairs } from './assemble/pairs.ts'
export { sequences, toDatum } from './assemble/sequences.ts'
// Group policies.
export { type DynamicSamplingOptions, dynamicSampling } from './group/dynamic-sampling.ts'
export { dropRepeated, dropTruncated, dropUniform, keepOnly } from './group/keep.ts'
export { isTrainedOn, perRollout } from './group/trained-on.ts'
export { KeyedHistory } from './history.ts'
export { runStep, type StepResult, type StepSetting } from './loop.ts'
// Losses.
export { cispo } from './loss/cispo.ts'
export { type ClipOptions, clipped } from './loss/clipped.ts'
export { add, scale } from './loss/combine.ts'
export { dpo } from './loss/dpo.ts'
export { entropyBonus } from './loss/entropy-bonus.ts'
export { importanceSampling } from './loss/importance-sampling.ts'
export { type KlEstimator, klToReference } from './loss/kl-to-reference.ts'
export { negativeLogLikelihood } from './loss/negative-log-likelihood.ts'
export { policyGradient } from './loss/policy-gradient.ts'
export { valueLoss } from './loss/value-loss.ts'
export { watchEntropy } from './loss/watch-entropy.ts'
// Rewards, and scores of other models.
export { referenceScores } from './reference-scores.ts'
export { accuracyOf, accuracyVariance, recordAccuracy } from './reward/accuracy-history.ts'
export { klInReward } from './reward/kl-in-reward.ts'
export { overlongPenalty } from './reward/overlong-penalty.ts'
export { verdictReward } from './reward/verdict-reward.ts'
export { type RecipeRun, type RunOutcome, type RunProgress, runRecipe } from './run-recipe.ts'
// Sources of problems.
export { problemSource, rankedSource, repeatSource, taskSource } from './source/sources.ts'

// Programs judged by tests in sandboxes.
export * from './code/index.ts'
// A model as a judge, alone or after rules.
export type { JudgePrompt, JudgePromptParts } from './judge/judge-prompt.ts'
export { equivalencePrompt } from './judge/judge-prompt.ts'
export type { Judge, JudgeLimits, JudgeOptions, JudgeQuestion } from './judge/judge-verifier.ts'
export { judgeVerifier } from './judge/judge-verifier.ts'
export type { Vote } from './judge/read-verdict.ts'
export { readVerdict } from './judge/read-verdict.ts'
export type { RulesThenJudgeOptions } from './judge/rules-then-judge.ts'
export { rulesThenJudge } from './judge/rules-then-judge.ts'
export type { Replies } from './judge/soft-vote.ts'
// Mathematics: is this answer equal to that one?

// Rules of puzzles: is this state, path, plan or proof legal?
export type { Claim } from './logic/knights-knaves.ts'
export { checkKnightsKnaves } from './logic/knights-knaves.ts'
export type { LatinPuzzle } from './logic/latin-grid.ts'
export { checkLatinGrid } from './logic/latin-grid.ts'
export type { PathGraph } from './logic/path.ts'
export { checkPath } from './logic/path.ts'
export type { PlanModel } from './logic/plan.ts'
export { checkPlan } from './logic/plan.ts'
export type { ProofStep, RewriteRule } from './logic/proof.ts'
export { checkProof } from './logic/proof.ts'
export { checkQueens } from './logic/queens.ts'
export type { CnfFormula } from './logic/sat.ts'
export { checkSat } from './logic/sat.ts'
export type { Job, ScheduleProblem } from './logic/schedule.ts'
export { checkSchedule } from './logic/schedule.ts'
export type { Answer, Comparison, ReadAnswer } from './math/answer.ts'
export { canonicalKey } from './math/compare/canonical-key.ts'
export { compareAnswers } from './math/compare/compare-answers.ts'
export type { AnswerClusters } from './math/equivalence.ts'
export { answersEquivalent, clusterAnswers } from './math/equivalence.ts'
export type { ExtractedAnswer, Extraction, ExtractOptions } from './math/extract/extract-answer.ts'
export { extractAnswer } from './math/extract/extract-answer.ts'
export type { OptionRow } from './math/option-table.ts'
export { mathOptionTable, readMathOptions } from './math/option-table.ts'
export type { AnswerAnchor, MathOptions } from './math/options.ts'
export { defaultMathOptions } from './math/options.ts'
export { readAnswer } from './math/parse/read-answer.ts'
export { showAnswer } from './math/parse/show-answer.ts'
export type { MathPair } from './math/pool/messages.ts'
export type { VerifyPool, VerifyPoolOptions } from './math/pool/verify-pool.ts'
export { verifyPool } from './math/pool/verify-pool.ts'
export type { MathChoice, MathPreset } from './math/presets.ts'
export { findMathPreset, mathPresetNames, mathPresets } from './math/presets.ts'
export type { MathVerdict } from './math/verify-math.ts'
export { verifyMath } from './math/verify-math.ts'
// Texts: spans, soft matches, formats, roles.
export type { CosineLengthOptions, RepetitionOptions } from './text/format-checks.ts'
export {
  cosineLengthReward,
  logicRlFormatReward,
  logicRlReward,
  readThinkAnswer,
  repetitionPenalty,
  softOverlong,
  thinkAnswerReward,
} from './text/format-checks.ts'
export type { Role, RolesReading } from './text/knights-roles.ts'
export { judgeRoles, readRoles } from './text/knights-roles.ts'
export type { Overlap, SoftMatchOptions } from './text/soft-match.ts'
export { sequenceOverlap, softMatch, tokenOverlap } from './text/soft-match.ts'
export type { Range, SpanScores } from './text/spans.ts'
export { findExcerpt, precisionOmega, scoreExcerpts, scoreSpans } from './text/spans.ts'

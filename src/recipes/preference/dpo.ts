// DPO (Rafailov et al. 2023, 2305.18290, eq. 7): preference pairs, a frozen reference, and the logistic loss of the
// difference of implicit rewards. Pairs here are demonstrations: a right solution over a wrong one. Differs from the paper:
// pairs come from the task's solver, not from people. Baseline: sft.
import { z } from 'zod'
import type { Plan, RecipeSetting, Stage } from '../../contracts/index.ts'
import { demonstratePair } from '../../rollout/index.ts'
import { dpo as dpoLoss, exampleMean, pairs, referenceScores } from '../../train/index.ts'
import { raisesAccuracy } from '../claims.ts'
import { evaluationFields, knobsField, lengthOf, optimizerFields, scheduleFields, updateOf } from '../config.ts'
import { checkStyles, generatedSource, heldOutEvaluation } from '../held-out.ts'
import { recipe } from '../recipe.ts'

/** Settings that preference recipes share. */
export const preferenceConfig = z.strictObject({
  schedule: scheduleFields({ steps: 60, lr: 1e-4 }),
  beta: z.number().positive().default(0.1).describe('β: how far the policy may go from the reference (paper 0.1).'),
  update: optimizerFields(),
  maxTokens: z.int().min(1).default(64).describe('Longest completion in evaluations, in tokens.'),
  evaluation: evaluationFields({ every: 20, problems: 256 }),
  knobs: knobsField(),
})

/** The stage of a preference recipe, which says where completions come from. */
export function preferenceStage(
  c: z.infer<typeof preferenceConfig>,
  setting: RecipeSetting,
  { plan, ...own }: { readonly plan: Plan } & Pick<Stage, 'problems'> & Partial<Stage>,
): Stage {
  return {
    id: 'preference',
    ...lengthOf(c.schedule),
    source: generatedSource(setting, c.knobs),
    plan,
    credit: [referenceScores()],
    assemble: pairs({ perProblem: 1 }),
    aggregate: exampleMean,
    loss: dpoLoss(c),
    update: updateOf(c),
    needs: { reference: 'base' },
    evaluation: heldOutEvaluation(setting, c.knobs, c.evaluation, c.maxTokens),
    ...own,
  }
}

const config = preferenceConfig.extend({
  batch: z.int().min(1).default(64).describe('Pairs a step (paper 64).'),
  chosen: z.string().default('').describe("Style of chosen solutions; empty for the task's first style."),
  rejected: z.string().default('').describe("Style of rejected solutions; empty for the task's last style."),
})

/** Direct preference optimisation. */
export const dpo = recipe({
  id: 'dpo',
  family: 'preference',
  paper: {
    id: '2305.18290',
    title: 'Direct Preference Optimization: Your Language Model is Secretly a Reward Model',
    year: 2023,
  },
  baseline: 'sft',
  summary: 'Prefers right demonstrations over wrong ones by the logistic loss, relative to the starting model.',
  deviations: ["Pairs are right and wrong demonstrations of the task's solver, not judgements of people."],
  claims: [raisesAccuracy('dpo')],
  config,
  stages(c, setting) {
    const { styles } = setting.task
    const [chosen, rejected] = [c.chosen || styles[0], c.rejected || styles[styles.length - 1]]
    checkStyles(setting.task, [chosen, rejected])
    const plan = demonstratePair(chosen, rejected)
    return [preferenceStage(c, setting, { plan, problems: c.batch })]
  },
})

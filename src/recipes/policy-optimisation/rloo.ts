// RLOO (Ahmadian et al. 2024, 2402.14740, eq. 8): REINFORCE whose baseline is the mean reward of the problem's other
// samples, with a whole completion as one action: token log-probabilities are summed, not averaged. Differs from the
// paper: no KL in the reward unless klCoef is set. Baseline: reinforce.
import { groupAdvantage, policyGradient, seqMeanTokenSumNorm } from '../../train/index.ts'
import { isHigher, passAt } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { policyConfig, policyStage } from './policy-stage.ts'

const config = policyConfig.extend({
  klIn: policyConfig.shape.klIn.default('reward'),
  klEstimator: policyConfig.shape.klEstimator.default('k1'),
})

/** REINFORCE, leave one out. */
export const rloo = recipe({
  id: 'rloo',
  family: 'policy-optimisation',
  paper: {
    id: '2402.14740',
    title: 'Back to Basics: Revisiting REINFORCE Style Optimization for Learning from Human Feedback in LLMs',
    year: 2024,
  },
  baseline: 'reinforce',
  summary: 'REINFORCE with the mean reward of the other samples of the problem as baseline.',
  deviations: [
    'No KL to the starting model unless klCoef is set.',
    'Sums over tokens are divided by the token limit, which scales the loss and changes nothing else.',
  ],
  claims: [
    {
      statement: 'The leave-one-out baseline gives a higher pass@1 than the mean of the batch.',
      arms: { own: { recipe: 'rloo' }, reinforce: { recipe: 'reinforce' } },
      check: isHigher(['own', passAt(1)], ['reinforce', passAt(1)]),
    },
  ],
  config,
  stages: (c, setting) => [
    policyStage(c, setting, {
      advantages: [groupAdvantage({ normalize: false, leaveOneOut: true })],
      loss: policyGradient(),
      aggregate: seqMeanTokenSumNorm(c.rollout.maxTokens),
    }),
  ],
})

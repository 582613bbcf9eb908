// Whether an arm was trained on as many tokens as its testbed gives: only such arms are ranked against one another.
import { formatCount } from '../../store/index.ts'
import type { LabResults, TestbedResult } from '../results.ts'
import type { LabRow } from '../rows.ts'

/** A run ends after the step that reaches the budget, so it may be a step's tokens over it. */
const TOLERANCE = 0.2

/** The testbed of a row. */
export const testbedOf = ({ testbeds }: LabResults, { testbed }: Pick<LabRow, 'testbed'>): TestbedResult | undefined =>
  testbeds.find(({ id }) => id === testbed)

/** Why a row is at another budget, in words; undefined when it is at the testbed's, or nothing is known. */
export function otherBudget(results: LabResults, row: LabRow): string | undefined {
  const budget = testbedOf(results, row)
  if (budget === undefined || row.cost === null) return undefined
  const { trainedTokens, steps } = row.cost
  const share = trainedTokens / budget.tokens
  if (Math.abs(share - 1) <= TOLERANCE) return undefined
  const trained = `${formatCount(trainedTokens)} of ${formatCount(budget.tokens)} tokens`
  return share < 1 && steps >= budget.steps ? `${trained}: ended by the limit of ${budget.steps} steps` : trained
}

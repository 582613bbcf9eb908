// Boxes that what follows takes back or corrects, and those that it only checks, repeats or goes on from.
import { expect, it } from 'vitest'
import { verifyMath } from './verify-math.ts'

const corrected = [
  'Actually, the answer is 24.',
  'Actually the answer should be $24$.',
  'Oops, the answer is 24.',
  'Wait, the answer is 24.',
  'No, the answer is 24.',
  'Correction: the answer is $24$.',
  'Correction: 24.',
  'On second thought, it is 24.',
  'Scratch that, 24.',
  'Oops, I forgot the factor 2. So the answer is $24$.',
  'Hmm, that does not fit. Let me recompute: $3 \\cdot 8 = 24$. So it is 24.',
  "Hmm, that doesn't look right. Let me recompute. So it's 24.",
  'Upon re-checking, the second case gives 12 more. The correct total is therefore $24$.',
  'Actually, it is 24.',
  'Oops, I forgot the factor 2. The answer is $24$.',
  'Wait, I should double-check: 12 is over the limit. So the answer should be \\(24\\).',
  '\n\n#### 24',
  '\n\n**Final Answer:** 24',
  '\n**Answer:** $24$',
]

const rejected = [
  'This contradicts the condition, so 12 is not valid.',
  'Let me verify: $12 \\cdot 2 = 24 \\neq 30$. So this is incorrect.',
  'Thus the result above is incorrect.',
]

const kept = [
  'Let me verify: $3 \\cdot 4 = 12$. So it is 12.',
  'Wait, let me check: 5 + 7 = 12. So the answer is 12.',
  'So this is correct.',
  'Thus the answer is not 13.',
  'So the answer for the second part would be 24.',
  'Note that 24 is twice the answer.',
  'Therefore 24 is not valid.',
  'So that cannot be wrong.',
  '\n\n#### 12',
  '\n\n**Final Answer:** 12 apples',
  '\n\n**Answer:** $12$ cm',
  'Actually, the answer is 12, as expected.',
  'But 24 would be too large.',
]

it.each(corrected)('\\boxed{12} is corrected by: %s', (behind) => {
  expect(verifyMath('12', `So we get $\\boxed{12}$. ${behind}`).equal).toBe(false)
  expect(verifyMath('24', `So we get $\\boxed{12}$. ${behind}`).equal).toBe(true)
})

it.each(rejected)('\\boxed{12} is rejected by: %s', (behind) => {
  expect(verifyMath('12', `So we get $\\boxed{12}$. ${behind}`).equal).toBe(false)
})

it.each(kept)('\\boxed{12} stays behind: %s', (behind) => {
  expect(verifyMath('12', `So we get $\\boxed{12}$. ${behind}`).equal).toBe(true)
})

// What came of a claim: a shape and a word, so that no one needs to tell colours apart.
import type { ClaimOutcome } from './lab-results.ts'

const shapes: Readonly<Record<ClaimOutcome, string>> = {
  held: 'M2 6.5 4.8 9.5 10 2.8',
  'not held': 'M2.5 2.5l7 7M9.5 2.5l-7 7',
  inconclusive: 'M1.5 6c1.5-3 3-3 4.5 0s3 3 4.5 0',
  'not checked': 'M3 6h6',
}

/** In words, what an outcome means. */
export const outcomeMeanings: Readonly<Record<ClaimOutcome, string>> = {
  held: 'The numbers bear it out: in every part of the claim the whole 95 % interval does.',
  'not held': 'The numbers speak against it: in one part of the claim or more the whole 95 % interval does.',
  inconclusive: 'The numbers leave it open: a 95 % interval allows for both. More seeds or problems may decide.',
  'not checked': 'There is nothing yet to check it on.',
}

/** An outcome. */
export function OutcomeMark({ outcome }: { readonly outcome: ClaimOutcome }) {
  return (
    <span class={`lab-outcome ${outcome.replace(' ', '-')}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[outcome]} fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" />
      </svg>
      {outcome}
    </span>
  )
}

// Judges a proof by replaying it: every step rewrites, with a rule of the list, exactly the piece of text that it
// names, and the last text is the goal. Rules work from left to right only; give both directions to allow both.

/** A rule: the text `from` may become `to`. */
export interface RewriteRule {
  readonly id: string
  readonly from: string
  readonly to: string
}

/** One use of a rule, at a position of the text counted from 0. */
export interface ProofStep {
  readonly rule: string
  readonly at: number
}

const maxSteps = 10_000
/** A text that grows beyond this is no honest proof. */
const maxText = 10_000

/**
 * `true`, or the first thing wrong with the proof.
 *
 * @example
 * checkProof([{ id: 'r', from: 'ab', to: 'ba' }], 'aab', 'baa', [{ rule: 'r', at: 1 }, { rule: 'r', at: 0 }]) // true
 */
export function checkProof(
  rules: readonly RewriteRule[],
  start: string,
  goal: string,
  steps: readonly ProofStep[],
): true | string {
  if (steps.length > maxSteps) return `it has more than ${maxSteps} steps`
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  let text = start
  for (const [i, { rule: id, at }] of steps.entries()) {
    const rule = byId.get(id)
    if (rule === undefined) return `step ${i + 1}: there is no rule ${shown(id)}`
    if (!Number.isSafeInteger(at) || at < 0 || at > text.length) return `step ${i + 1}: there is no position ${at}`
    if (!text.startsWith(rule.from, at)) {
      return `step ${i + 1}: rule ${shown(id)} needs ${shown(rule.from)} at ${at} of ${shown(text)}`
    }
    text = text.slice(0, at) + rule.to + text.slice(at + rule.from.length)
    if (text.length > maxText) return `step ${i + 1}: the text grows beyond ${maxText} characters`
  }
  return text === goal ? true : `it ends at ${shown(text)}, not at ${shown(goal)}`
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text)
}

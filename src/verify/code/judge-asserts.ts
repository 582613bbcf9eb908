// Python asserts, judged so that the program cannot win by changing what equality means. In an interpreter that no
// program enters, each assert is split into the expressions that use the program and a template for the rest; the
// program's interpreter evaluates only those expressions; what comes back is plain data, and the template is judged
// with it in the first interpreter. So an expected value never meets the program, nor a program's object the verdict.
// The judge serves everyone: what one program may use of it is bounded here.
import { isGradusError } from '../../base/error.ts'
import type { Sandbox } from './sandbox.ts'

/** One assert taken apart. */
export type AssertParts =
  | { readonly expressions: readonly string[]; readonly template: string }
  /** Why it cannot be judged outside of the program. */
  | { readonly problem: string }

/** What a template says when its values are filled in. */
export interface AssertVerdict {
  /**
   * `refused`: only the program's own code could say. `overrun`: computing with what the program gave used up the
   * judge. `failed`: the judge failed on its own account.
   */
  readonly kind: 'holds' | 'fails' | 'refused' | 'overrun' | 'failed'
  readonly reason: string
}

/**
 * Splits and judges asserts. Rejects with `sandbox/judge-overrun` when the values it was given used up its limits, and
 * with `sandbox/no-judge` when it failed for another reason.
 */
export interface AssertJudge {
  split(asserts: readonly string[], setup: string): Promise<readonly AssertParts[]>
  judge(items: readonly JudgeItem[], setup: string): Promise<readonly AssertVerdict[]>
}

/** A template, and what the program's interpreter said of its expressions. */
export interface JudgeItem {
  readonly template: string
  /** Wire text of `[[true, value] | [false, reason], ...]`, untouched: JSON of the host would make 1.0 of Python a 1. */
  readonly wire: string
}

/** True when the sandbox can judge asserts. */
export function hasJudge(sandbox: Sandbox): sandbox is Sandbox & { readonly judge: AssertJudge } {
  return 'judge' in sandbox
}

/** Longest wire text of one assert, and of those judged in one request, in characters. */
const maxWire = 4 * 2 ** 20
const maxBatch = 200
/** Times that one program may bring the judge to an end. */
const maxOverruns = 2

/** Verdicts of one program's asserts, in order. Never rejects. */
export async function judgeProgram(
  judge: AssertJudge,
  items: readonly JudgeItem[],
  setup: string,
): Promise<readonly AssertVerdict[]> {
  const verdicts: AssertVerdict[] = items.map(({ wire }) => (wire.length > maxWire ? tooLarge : unjudged))
  let overruns = 0
  const ask = async (batch: readonly number[]): Promise<boolean> => {
    const asked = batch.map((at) => items[at])
    const answer = await askTwice(() => judge.judge(asked, setup))
    for (const [i, at] of batch.entries()) verdicts[at] = typeof answer === 'string' ? failed(answer) : answer[i]
    return answer !== overrun
  }
  for (const batch of batches(items)) {
    if (overruns < maxOverruns && (await ask(batch))) continue
    // Some value was such that its assert could not be computed with it (a huge power, say): find out which.
    for (const at of batch) {
      if (overruns >= maxOverruns) verdicts[at] = usedUp
      else if (batch.length > 1 ? !(await ask([at])) : true) overruns++
    }
  }
  return verdicts
}

const unjudged: AssertVerdict = { kind: 'failed', reason: 'not judged' }
const tooLarge: AssertVerdict = { kind: 'fails', reason: 'the program gave more than can be compared' }
const usedUp: AssertVerdict = { kind: 'overrun', reason: 'what the program gave used up the time for judging it' }
const overrun = 'the assert could not be computed with what the program gave'
const failed = (reason: string): AssertVerdict => ({ kind: reason === overrun ? 'overrun' : 'failed', reason })

/** Answers, or why there are none. A failure that is not the values' doing (a busy machine, say) gets a second try. */
async function askTwice(work: () => Promise<readonly AssertVerdict[]>): Promise<readonly AssertVerdict[] | string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (isGradusError(error) && error.code === 'sandbox/judge-overrun') return overrun
      if (attempt === 2) return error instanceof Error ? error.message : String(error)
    }
  }
}

/** Places of the items, cut so that a request stays small; items too large alone are left out. */
function batches(items: readonly JudgeItem[]): readonly (readonly number[])[] {
  const all: number[][] = [[]]
  let length = 0
  for (const [at, { wire }] of items.entries()) {
    if (wire.length > maxWire) continue
    length += wire.length
    if (length > maxWire || all[all.length - 1].length >= maxBatch) {
      all.push([])
      length = wire.length
    }
    all[all.length - 1].push(at)
  }
  return all.filter((batch) => batch.length > 0)
}

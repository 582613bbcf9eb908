// Python asserts, judged so that the program cannot win by changing what equality means. In an interpreter that no
// program enters, each assert is split into the expressions that use the program and a template for the rest; the
// program's interpreter evaluates only those expressions; what comes back is plain data, and the template is judged
// with it in the first interpreter. So an expected value never meets the program, nor a program's object the verdict.
import type { Sandbox } from './sandbox.ts'

/** One assert taken apart. */
export type AssertParts =
  | { readonly expressions: readonly string[]; readonly template: string }
  /** Why it cannot be judged outside of the program. */
  | { readonly problem: string }

/** What a template says when its values are filled in. */
export interface AssertVerdict {
  readonly holds: boolean
  readonly reason: string
}

/** Splits and judges asserts. Rejects with `sandbox/no-judge` when the interpreter came to an end over its request. */
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

// Makes verdicts. It knows no task.
import type { Verdict } from '../contracts/index.ts'

type Extra = Pick<Verdict, 'parts' | 'steps'>

/** The completion is right. */
export function right(reason: string, extra: Extra = {}): Verdict {
  return { kind: 'right', score: 1, reason, ...extra }
}

/** The completion is wrong; the reason says where, for a reader of rollouts. */
export function wrong(reason: string, extra: Extra = {}): Verdict {
  return { kind: 'wrong', score: 0, reason, ...extra }
}

/** The problem itself cannot be checked; this says nothing about the completion. */
export function failed(reason: string): Verdict {
  return { kind: 'failed', score: 0, reason }
}

/** A piece of model output, made short and printable for a reason. */
export function quote(text: string, length = 24): string {
  const shown = text.length > length ? `${text.slice(0, length)}...` : text
  return JSON.stringify(shown)
}

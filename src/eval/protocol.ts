// The conditions of an evaluation and their name. Two numbers may be compared only when their protocols are equal: the
// same problems, asked in the same way, as many samples, drawn alike. Seeds and models are what may differ. It reads
// nothing: the caller knows the conditions.
import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../base/json.ts'

/** Everything about an evaluation that is not the model or the seed. What is not known is left out. */
export interface Conditions {
  readonly task: string
  /** Number of problems. */
  readonly n: number
  /** {@link problemsHash} of their ids. */
  readonly problems: string
  /** `train`, `validation` or `test` of generated problems or of a file's rows; `held-out` rows of a run's own file. */
  readonly split?: string
  /** SHA-256 of the file of problems. */
  readonly data?: string
  /** Settings of the task's own problems. */
  readonly knobs?: Readonly<Record<string, Json>>
  readonly levels?: readonly number[]
  /** Values of k of pass@k. */
  readonly k: readonly number[]
  /** Samples of each problem. */
  readonly samples: number
  readonly temperature?: number
  /** Longest completion, in tokens. */
  readonly maxTokens?: number
  /** `tokens`: the prompt as it is; `chat`: a turn of a conversation, laid out by the server. */
  readonly prompt?: 'tokens' | 'chat'
}

/** The name of conditions: 12 hexadecimal digits of the SHA-256 of their canonical JSON; what is left out does not count. */
export function protocolOf(conditions: Conditions): string {
  return digest(canonicalJson(conditions)).slice(0, 12)
}

/** The name of a set of problems, whatever their order. */
export function problemsHash(ids: readonly string[]): string {
  return digest([...ids].sort().join('\n')).slice(0, 12)
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

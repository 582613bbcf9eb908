// The kinds of tests that a program is judged by. Types only.
import type { Json } from '../../base/json.ts'
import type { Tolerance } from './value.ts'

/** One test. What is expected stays on the host. */
export type CodeTest =
  /** Runs the program with this input and compares what it prints, line by line. */
  | { readonly kind: 'stdio'; readonly stdin: string; readonly stdout: string; readonly tolerance?: Tolerance }
  /** Runs the program, calls `name` (`f`, or `Class.method` on a new instance) and compares what it gives back. */
  | {
      readonly kind: 'call'
      readonly name: string
      readonly args: readonly Json[]
      readonly expected: Json
      readonly tolerance?: Tolerance
    }
  /** One Python assert statement, judged outside of the program (see judge-asserts.ts). */
  | { readonly kind: 'assert'; readonly source: string }

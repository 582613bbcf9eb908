// Programs judged by tests, and the sandboxes they run in.

// The verifier.
export type { CodeTest } from './code-test.ts'
export { type CodeVerdictOptions, codeVerdict } from './code-verdict.ts'
export { outputDifference } from './compare-output.ts'
export { lastFencedBlock } from './fenced-block.ts'
export type { AssertJudge } from './judge-asserts.ts'
// Sandboxes.
export { nativePythonSandbox } from './native-python/native-python-sandbox.ts'
export { type PyodideOptions, type PythonSandbox, pyodideSandbox } from './pyodide/pyodide-sandbox.ts'
export { quickJsSandbox } from './quickjs/quickjs-sandbox.ts'
export {
  defaultLimits,
  type Language,
  type Limits,
  maximumLimits,
  type Program,
  type RunOptions,
  type RunResult,
  type RunStatus,
  type Sandbox,
  type Session,
  type SessionOptions,
  type SessionResult,
  type Work,
} from './sandbox.ts'
// Plain data that programs hand back.
export { equalsJson, type Tolerance, type Value } from './value.ts'
export {
  type CaseReport,
  type CodeReport,
  type CodeStatus,
  type VerifyCodeOptions,
  verifyCode,
} from './verify-code.ts'

// Evaluates a sampler on problems: samples of each, verified, as pass@k with 95 % intervals. Where the caller says which
// answers are the same, samples get a class, which votes need. Undecided and failed samples are counted and left out of a problem's estimate, never
// taken for wrong.
import type { EvalSampleRow, Problem, Sampler, Task } from '../contracts/index.ts'
import type { Estimate } from './intervals.ts'
import { estimateMeasure } from './problem-scores.ts'

/** Classes of completions by the answers they give: equal texts are equal answers; undefined where there is none. */
export type AnswerClasses = (problem: Problem, completions: readonly string[]) => readonly (string | undefined)[]

/** What to evaluate and how. */
export interface EvaluateOptions {
  readonly sampler: Sampler
  readonly task: Task
  readonly problems: readonly Problem[]
  /** Samples of each problem; at least the largest k. */
  readonly samples: number
  readonly k: readonly number[]
  /** Which answers are the same. The class is written down with each sample. */
  readonly classesOf?: AnswerClasses
  readonly maxTokens: number
  readonly temperature: number
  /** Seed of the sample streams of one problem. */
  readonly seedOf: (problem: Problem) => number
  /** How a prompt becomes tokens. */
  readonly encode: (problem: Problem) => Int32Array
  readonly signal?: AbortSignal
  readonly onSample?: (done: number, total: number) => void
}

/** pass@k by k, and what they rest on. */
export interface Evaluation {
  /** Problems. */
  readonly n: number
  readonly k: Readonly<Record<string, Estimate>>
  /** Samples that no verdict was reached on. */
  readonly undecided: number
  readonly failed: number
  readonly truncated: number
  readonly tokens: number
  readonly samples: readonly EvalSampleRow[]
}

/** Draws and verifies all samples, then estimates. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { sampler, task, problems, samples, maxTokens, temperature, seedOf, encode, signal } = options
  const requests = problems.map((problem) => ({
    context: encode(problem),
    n: samples,
    maxTokens,
    temperature,
    seed: seedOf(problem),
    signal,
  }))
  const rows: EvalSampleRow[][] = problems.map(() => new Array<EvalSampleRow>(samples))
  let tokens = 0
  let done = 0
  for await (const { request, index, sample } of sampler.sample(requests)) {
    const problem = problems[request]
    const failed = sample.stop === 'error' || sample.stop === 'abort'
    const verdict = failed
      ? { kind: 'failed' as const, reason: sample.error ?? sample.stop }
      : await task.verify(problem, sample.text, { signal })
    rows[request][index] = {
      problem: problem.id,
      prompt: typeof problem.prompt === 'string' ? problem.prompt : JSON.stringify(problem.prompt),
      ...(problem.answer !== undefined && { answer: problem.answer }),
      completion: sample.text,
      verdict: verdict.kind,
      reason: verdict.reason,
      stop: sample.stop,
      tokens: sample.ids.length,
    }
    tokens += sample.ids.length
    options.onSample?.(++done, problems.length * samples)
  }
  const classed = options.classesOf === undefined ? rows : rows.map((row, p) => withClasses(row, problems[p], options))
  const all = classed.flat()
  const count = (test: (row: EvalSampleRow) => boolean): number => all.filter(test).length
  const estimate = (k: number) => estimateMeasure(all, problems.length, { kind: 'pass', k })
  return {
    n: problems.length,
    k: Object.fromEntries(options.k.map((k) => [String(k), estimate(k)])),
    undecided: count(({ verdict }) => verdict === 'undecided'),
    failed: count(({ verdict }) => verdict === 'failed'),
    truncated: count(({ stop }) => stop === 'max'),
    tokens,
    samples: all,
  }
}

function withClasses(
  row: readonly EvalSampleRow[],
  problem: Problem,
  { classesOf }: EvaluateOptions,
): readonly EvalSampleRow[] {
  const completions = row.map(({ completion }) => completion)
  const classes = classesOf?.(problem, completions) ?? []
  return row.map((sample, i) => (classes[i] === undefined ? sample : { ...sample, class: classes[i] }))
}

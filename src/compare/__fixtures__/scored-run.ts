// Run directories as training would leave them, from what each sample of each problem was judged: nothing is trained.
import type { EvalSampleRow } from '../../contracts/index.ts'
import { createRun } from '../../store/index.ts'

/** `rrw?` a problem: right, right, wrong, undecided. */
export type Judged = readonly string[]

/** What a run is like. */
export interface ScoredRun {
  readonly recipe?: string
  readonly seed?: number
  readonly config?: Readonly<Record<string, unknown>>
  readonly temperature?: number
  /** Evaluations by step. */
  readonly evaluations: Readonly<Record<number, Judged>>
  /** Ids of problems; default p0, p1, ... */
  readonly ids?: (index: number) => string
}

const verdicts = { r: 'right', w: 'wrong', '?': 'undecided', '!': 'failed' } as const

/** Samples of an evaluation. A right one answers `1`, a wrong one its own number. */
export function samplesOf(judged: Judged, ids = (index: number): string => `p${index}`): readonly EvalSampleRow[] {
  return judged.flatMap((letters, p) =>
    [...letters].map((letter, i): EvalSampleRow => {
      const verdict = verdicts[letter as keyof typeof verdicts]
      const answer = verdict === 'right' ? '1' : String(i + 2)
      return { problem: ids(p), prompt: '1*1=', answer: '1', completion: answer, verdict, reason: '', class: answer }
    }),
  )
}

/** Makes a finished run; ten tokens are sampled and twenty trained in a step of half a second. */
export function makeScoredRun(dir: string, about: ScoredRun): void {
  const { recipe = 'grpo', seed = 1, config = { lr: 0.01 }, temperature = 1, evaluations, ids } = about
  let now = 0
  const run = createRun({
    dir,
    recipe,
    task: 'sums',
    config: { recipe, task: 'sums', seed, config },
    seeds: [seed],
    clock: { nowMs: () => ++now, iso: () => '2026-01-01T00:00:00.000Z' },
  })
  for (const [step, judged] of Object.entries(evaluations).map(([at, rows]) => [Number(at), rows] as const)) {
    run.sink.metrics({
      step,
      time_s: step / 2,
      tokens: step * 30,
      'tokens/seen': step * 20,
      'tokens/sampled': step * 10,
    })
    const result = { task: 'sums', step, n: judged.length, k: { 1: {} }, temperature }
    run.sink.evaluation('sums', step, result, samplesOf(judged, ids))
  }
  run.close('done', 'all steps done')
}

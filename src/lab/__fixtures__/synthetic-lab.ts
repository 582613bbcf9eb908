// Run directories as training would leave them, made from counts; and a lab whose plans are plain words.
import { quickFs, tickingClock } from '../../store/__fixtures__/toy-run.ts'
import { createRun, type OpenRun } from '../../store/index.ts'
import type { ClaimingRecipe, LabPlan, LabRequest, Planner, Settings, Testbed } from '../index.ts'

/** A testbed that nothing is trained on. */
export const toyTestbed: Testbed = {
  id: 'toy',
  summary: 'Nothing is trained.',
  task: 'sums',
  base: {},
  recipe: {},
  tokens: 1000,
  steps: 5,
}

/** A plan of the toy lab. */
export interface ToyPlan extends LabPlan {
  readonly testbed: string
  readonly tokens: number
  readonly settings: Settings
  readonly model?: string
}

/** Plans that hold what they were asked for. */
export const toyPlanner: Planner<ToyPlan> = {
  base: ({ id, tokens: _tokens, base }) => ({ recipe: 'sft', seed: 1, testbed: id, tokens: 0, settings: base }),
  arm: ({ id, tokens }, { recipe, settings = {} }, seed) => ({ recipe, seed, testbed: id, tokens, settings }),
  startingFrom: (plan, dir) => ({ ...plan, model: dir }),
}

/** A request on the toy testbed. */
export const toyRequest = (recipes: readonly ClaimingRecipe[], changes: Partial<LabRequest> = {}): LabRequest => ({
  testbed: toyTestbed,
  recipes,
  seeds: [1, 2],
  budget: {},
  settings: {},
  withClaims: true,
  out: 'lab',
  command: 'gradus lab run',
  at: '2026-01-01T00:00:00.000Z',
  version: '0',
  ...changes,
})

/** Opens a run directory; close it. */
export const openRun = (dir: string, seed = 1): OpenRun =>
  createRun({ dir, recipe: 'grpo', task: 'sums', config: {}, seeds: [seed], clock: tickingClock(), fs: quickFs })

/** What a finished run found: of each problem, how many of `samples` were right at its start and at its end. */
export interface Found {
  readonly samples: number
  readonly first: readonly number[]
  readonly last: readonly number[]
  readonly k?: readonly number[]
  /** Samples of the last evaluation's first problem without a verdict, in place of wrong ones. */
  readonly undecided?: number
}

/** Writes a finished run. */
export function writeFinished(
  dir: string,
  seed: number,
  { samples, first, last, k = [1], undecided = 0 }: Found,
): void {
  const { sink, close } = openRun(dir, seed)
  const cost = { 'tokens/seen': 900, 'tokens/sampled': 4000 }
  for (const [step, right, silent] of [
    [0, first, 0],
    [3, last, undecided],
  ] as const) {
    const result = { n: right.length, k: Object.fromEntries(k.map((one) => [String(one), {}])) }
    const rows = right.flatMap((count, p) =>
      Array.from({ length: samples }, (_, g) => {
        const verdict = g < count ? 'right' : p === 0 && g < count + silent ? 'undecided' : 'wrong'
        return { problem: `p${p}`, prompt: '1+1=', completion: '', verdict, reason: '' } as const
      }),
    )
    sink.evaluation('sums', step, result, rows)
    sink.metrics({ step, time_s: step * 2, tokens: step * 10, ...(step > 0 && cost) })
  }
  close('done', 'all steps done')
}

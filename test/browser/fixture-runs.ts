// A folder of runs to look at: three that were trained here (tiny models, a second each), one with a recorded search, one
// that went wrong, and a lab.
import { join } from 'node:path'
import { processClock } from '../../src/cli/run/host-facts.ts'
import type { Clock } from '../../src/contracts/index.ts'
import { exampleSearch } from '../../src/serve/dashboard/search/example-search.ts'
import { createRun, SearchLogWriter } from '../../src/store/index.ts'
import { gradus, sets, short, tinyBase } from '../e2e/gradus.ts'

/** Runs the command line, and throws what it says when it fails. */
async function must(...args: readonly string[]): Promise<void> {
  const { code, err } = await gradus(...args)
  if (code !== 0) throw new Error(`gradus ${args.slice(0, 3).join(' ')} ended with ${code}: ${err}`)
}

/** Enough to learn something in a second. */
const base = tinyBase({
  'schedule.steps': 60,
  'schedule.lr': 1e-2,
  batch: 32,
  'model.hiddenSize': 32,
  'model.feedForward': 32,
})
const settings = short({
  'schedule.steps': 8,
  'rollout.recordEvery': 2,
  'evaluation.every': 4,
  'evaluation.samples': 2,
  'evaluation.k': [1, 2],
})

/** Fills the folder: `first`, `second` (the same with another seed), `third` (another recipe), `degenerate`, `lab`. */
export async function makeRuns(folder: string): Promise<void> {
  const at = (name: string): string => join(folder, name)
  await must('train', 'grpo', '--out', at('first'), '--quiet', ...base, ...settings)
  const model = ['--model', at('first/base')]
  await must('train', 'grpo', '--out', at('second'), '--seed', '2', '--quiet', ...model, ...settings)
  await must('train', 'reinforce', '--out', at('third'), '--quiet', ...model, ...settings)
  const labSettings = short({
    'schedule.steps': 3,
    'evaluation.every': 0,
    'evaluation.samples': 2,
    'evaluation.k': [1, 2],
  })
  await must(
    'lab',
    'run',
    '--recipes',
    'reinforce,grpo',
    '--seeds',
    '2',
    '--out',
    at('lab'),
    '--quiet',
    ...base,
    ...labSettings,
  )
  const { head, events } = await exampleSearch()
  const search = new SearchLogWriter(at('first'), { ...head, id: 'countdown' })
  search.append(...events)
  search.close()
  makeDegenerate(at('degenerate'))
}

/** Fills the folder: `taught`, a run that gets many problems right at its end, and `hardly`, one that stops before it can. */
export async function makeTaught(folder: string): Promise<void> {
  const settings = {
    knobs: { operations: 1 },
    mixture: [{ style: 'chain', share: 1 }],
    'schedule.lr': 1e-2,
    'schedule.checkpointEvery': 100,
    batch: 64,
    maxTokens: 12,
    'evaluation.problems': 32,
    'evaluation.samples': 2,
    'evaluation.k': [1, 2],
    'base.model': { hiddenSize: 32, layers: 1, heads: 1, kvHeads: 1, headDim: 32, feedForward: 64 },
  }
  for (const [name, steps] of Object.entries({ hardly: 4, taught: 200 })) {
    const changes = sets({ ...settings, 'schedule.steps': steps, 'evaluation.every': steps / 2 })
    await must('train', 'sft', '--out', join(folder, name), '--quiet', ...changes)
  }
}

/** A run whose entropy falls away and whose completions are cut off: what alerts are for. */
export function makeDegenerate(dir: string): void {
  // An hour ago: dates are told as so long before now.
  let ms = Date.parse(processClock.iso()) - 3_600_000
  const clock: Clock = { nowMs: () => ms, iso: () => new Date(ms).toISOString() }
  const config = { schedule: { steps: 60 } }
  const run = createRun({ dir, recipe: 'reinforce', task: 'chain-arithmetic', config, seeds: [3], clock })
  for (let step = 1; step <= 60; step++) {
    ms += 1000
    const decay = step < 25 ? 1 : Math.exp(-(step - 25) / 3)
    run.sink.metrics({
      step,
      time_s: step,
      tokens: step * 4096,
      'tokens/seen': step * 3000,
      'tokens/sampled': step * 1096,
      'reward/mean': 0.4 + 0.004 * Math.min(step, 25) - (step > 25 ? 0.008 * (step - 25) : 0),
      'policy/entropy': 1.2 * decay,
      'completion/truncated_frac': step > 40 ? 0.6 : 0.02,
      'completion/length_mean': step > 40 ? 60 : 20 + (step % 5),
      'optim/grad_norm': 0.5,
    })
  }
  run.close('failed', 'stopped: nothing was learnt any more')
}

// A run directory of 100 MB, written in a few seconds: many rows of many metrics, and rollouts of a hundred steps, the last of
// them a large one. The numbers mean nothing; their size does.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { stream } from '../../src/base/rng.ts'
import { processClock } from '../../src/cli/run/host-facts.ts'
import { createRun } from '../../src/store/index.ts'

const ROWS = 20_000
const STEPS_WITH_ROLLOUTS = 100
const names = [
  ...['reward/mean', 'reward/std', 'policy/entropy', 'policy/kl_old_k1', 'policy/kl_old_k3', 'policy/ratio_max'],
  ...[
    'policy/clip_frac_low',
    'policy/clip_frac_high',
    'loss/total',
    'optim/grad_norm',
    'optim/lr',
    'adv/mean',
    'adv/std',
  ],
  ...[
    'completion/length_mean',
    'completion/length_min',
    'completion/length_max',
    'completion/truncated_frac',
    'stop/eos',
  ],
  ...['group/zero_std_frac', 'group/all_right_frac', 'group/all_wrong_frac', 'rollout/undecided_frac', 'stop/max'],
  ...['rollout/failed_frac', 'time/rollout_s', 'time/train_s', 'time/step_s', 'perf/sample_tok_per_s'],
]

/** Writes the run, and gives its last step with rollouts. */
export function makeLargeRun(dir: string): number {
  createRun({ dir, recipe: 'grpo', task: 'chain-arithmetic', config: {}, seeds: [1], clock: processClock }).close(
    'done',
    'made',
  )
  writeMetrics(join(dir, 'metrics.jsonl'))
  mkdirSync(join(dir, 'rollouts'), { recursive: true })
  const every = ROWS / STEPS_WITH_ROLLOUTS
  for (let i = 1; i <= STEPS_WITH_ROLLOUTS; i++) {
    const isLast = i === STEPS_WITH_ROLLOUTS
    writeRollouts(join(dir, 'rollouts', `step-${String(i * every).padStart(6, '0')}.jsonl`), isLast ? 256 : 90)
  }
  return ROWS
}

function writeMetrics(path: string): void {
  const rng = stream('large-run')
  const file = openSync(path, 'w')
  for (let from = 0; from < ROWS; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, i) => {
      const step = from + i + 1
      const row: Record<string, number> = { step, time_s: step * 0.7, tokens: step * 4096 }
      for (const name of names) row[name] = rng.next()
      return `${JSON.stringify({ ...row, 'tokens/seen': step * 2048, 'tokens/sampled': step * 2048 })}\n`
    })
    writeSync(file, rows.join(''))
  }
  closeSync(file)
}

function writeRollouts(path: string, problems: number): void {
  const rows = Array.from({ length: problems * 16 }, (_, i) => {
    const isRight = i % 3 === 0
    const verdict = isRight ? 'right' : 'wrong'
    return `${JSON.stringify({
      ...{ problem: `p${Math.floor(i / 16)}`, index: i % 16, prompt: 'Compute 3*4+5 mod 10. '.repeat(4), answer: '7' },
      ...{ completion: '3*4=12;12+5=17;#7 '.repeat(16), status: 'scored', verdict, reason: `it is ${verdict}` },
      ...{
        reward: Number(isRight),
        parts: { verdict: Number(isRight) },
        advantage: isRight ? 1 : -1,
        stop: 'eos',
        tokens: 288,
      },
    })}\n`
  })
  writeFileSync(path, rows.join(''))
}

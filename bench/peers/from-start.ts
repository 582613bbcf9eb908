// Comparisons that are timed from the command: the first finished step of a cold process, and time to accuracy.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureColdStart } from '../../src/bench/index.ts'
import { build, type Command, peer, root, start } from './child.ts'
import type { Comparison, Side } from './comparisons.ts'
import { modelFolder, writeProblems } from './work.ts'

const clock = { nowMs: () => performance.now(), iso: () => new Date().toISOString() }

/** Builds the package as it is installed, in a folder of this repository, so that its dependencies are found. */
function installedPackage(): string {
  const folder = join(root, 'bench/results/package')
  const { status } = spawnSync(process.execPath, [...build, join(folder, 'dist')], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('the package does not build')
  for (const part of ['bin', 'package.json']) cpSync(join(root, part), join(folder, part), { recursive: true })
  return join(folder, 'bin/gradus.mjs')
}

/** From the command to the end of the first GRPO step of 256 rollouts, both sides as they are installed. */
export function coldStart(work: string): Comparison {
  const gradus = installedPackage()
  const side = (who: string, command: Command): Side => ({
    who,
    run: async () => ({ 'first step': await measureColdStart({ command: [...command], marker: 'step 1' }, clock) }),
  })
  return {
    name: 'cold start',
    unit: 's',
    ours: side('gradus', [process.execPath, gradus, 'bench', '--cold', modelFolder(work, '0.8M')]),
    peers: [side('trl', peer('grpo_trl.py', 'cold', '--work', work, '--size', '0.8M'))],
  }
}

/** Both sides train with these; the keys are those of grpo_trl.py's SETTINGS. */
export const SETTINGS = {
  prompts: 32,
  group: 8,
  lr: 2e-4,
  clip: 0.2,
  max_tokens: 48,
  target: 0.9,
  eval_every: 2,
  max_steps: 200,
}
const HELD_OUT = 512

/**
 * Our command for time to accuracy, from the same base folder. Its dotted keys are those of the grpo recipe's
 * configuration: what SETTINGS names, 512 held-out problems evaluated once each at temperature 1, nothing written down
 * that the other side does not write.
 */
export function gradusCommand(base: string, out: string, seed: number): Command {
  const { prompts, group, lr, clip, max_tokens: maxTokens, eval_every: evalEvery, max_steps: maxSteps } = SETTINGS
  const keys = {
    'rollout.problems': prompts,
    'rollout.samples': group,
    'rollout.maxTokens': maxTokens,
    'rollout.recordEvery': 0,
    'schedule.lr': lr,
    'schedule.shape': '{"kind":"constant"}',
    'schedule.steps': maxSteps,
    'schedule.checkpointEvery': maxSteps,
    clipLow: clip,
    clipHigh: clip,
    'evaluation.every': evalEvery,
    'evaluation.problems': HELD_OUT,
    'evaluation.samples': 1,
  }
  const set = Object.entries(keys).flatMap(([key, value]) => ['--set', `${key}=${value}`])
  const common = ['--task', 'chain-arithmetic', '--model', base, '--out', out, '--seed', String(seed), '--quiet']
  return [process.execPath, 'bin/gradus.mjs', 'train', 'grpo', ...common, ...set]
}

/** From the command to the held-out accuracy asked for, evaluation included on both sides. */
export function timeToAccuracy(base: string): Comparison {
  const scratch = mkdtempSync(join(tmpdir(), 'gradus-accuracy-'))
  const problems = join(scratch, 'problems.json')
  writeProblems(problems, { train: SETTINGS.prompts * SETTINGS.max_steps, heldOut: HELD_OUT })
  let seed = 0
  const settings = (): string => JSON.stringify({ ...SETTINGS, seed })
  return {
    name: 'time to accuracy',
    unit: 's',
    ours: { who: 'gradus', run: async () => ({ 'to 0.90': await ours(base, join(scratch, `run-${++seed}`), seed) }) },
    peers: [
      {
        who: 'trl',
        run: async () => ({
          'to 0.90': await theirs(
            peer('grpo_trl.py', 'accuracy', '--base', base, '--problems', problems, '--settings', settings()),
          ),
        }),
      },
    ],
  }
}

/** Watches the run's metrics for the first evaluation that is good enough. */
async function ours(base: string, out: string, seed: number): Promise<number> {
  const begun = performance.now()
  const child = start(gradusCommand(base, out, seed))
  let reached: number | undefined
  const watch = setInterval(() => {
    const path = join(out, 'metrics.jsonl')
    if (!existsSync(path)) return
    for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
      const row = JSON.parse(line) as Record<string, number | null>
      if (row.step === 0 || !((row['eval/chain-arithmetic/pass@1'] ?? 0) >= SETTINGS.target)) continue
      reached ??= (performance.now() - begun) / 1000
      child.stop()
    }
  }, 20)
  try {
    await child.done
  } finally {
    clearInterval(watch)
  }
  if (reached === undefined)
    throw new Error(`gradus did not reach ${SETTINGS.target} in ${SETTINGS.max_steps} steps (${out})`)
  return reached
}

async function theirs(command: Command): Promise<number> {
  const { lines } = await start(command).done
  const accuracies = lines.map(({ text, seconds }) => ({
    seconds,
    accuracy: Number(/accuracy ([\d.]+)/.exec(text)?.[1] ?? 0),
  }))
  const reached = accuracies.find(({ accuracy }) => accuracy >= SETTINGS.target)
  if (!reached) throw new Error(`trl did not reach ${SETTINGS.target} in ${SETTINGS.max_steps} steps`)
  return reached.seconds
}

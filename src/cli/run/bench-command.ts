// What `gradus bench` does: prepares a model for the cold start, runs the measurements, prints them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchProgress, type BenchResult, type ColdCommand, runBench } from '../../bench/index.ts'
import { basePreset } from '../../recipes/bases.ts'
import { formatNumber } from '../../store/index.ts'
import { chainArithmetic } from '../../tasks/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { writeFreshModel } from './fresh-model.ts'
import { packageRoot, processClock } from './host-facts.ts'
import { textTable } from './text-table.ts'

/** Options of the verb. */
export interface BenchCommandOptions {
  readonly quick?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `engine/cold-start` */
export async function benchCommand({ quick, json, quiet }: BenchCommandOptions, { io }: Shell): Promise<ExitCode> {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-bench-'))
  try {
    const result = await runBench({
      clock: processClock,
      quick,
      cold: await coldCommand(folder),
      onProgress: (measured) => quiet || io.err(`${describe(measured)}\n`),
    })
    io.out(json ? `${JSON.stringify(result)}\n` : table(result))
    return exitCodes.ok
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// The first step of GRPO from a model that is there: what a user waits for before anything moves.
async function coldCommand(folder: string): Promise<ColdCommand> {
  const model = join(folder, 'model')
  const { model: shape } = basePreset(chainArithmetic)
  await writeFreshModel(model, chainArithmetic, { ...shape, layers: 4 }, 1)
  const args = [
    'train',
    'grpo',
    '--task',
    chainArithmetic.id,
    '--model',
    model,
    '--out',
    join(folder, 'run'),
    '--overwrite',
  ]
  return {
    command: [process.execPath, join(packageRoot, 'bin', 'gradus.mjs'), ...args, '--set', 'evaluation.problems=1'],
    marker: 'step 1/',
  }
}

function describe({ what, unit, spread }: BenchProgress): string {
  const { median, min, max } = spread
  return `${what}: ${formatNumber(median)} ${unit} (${formatNumber(min)} to ${formatNumber(max)})`
}

function table({ matmul_gflops, sizes, cold_start_s }: BenchResult): string {
  const rows = sizes.flatMap((size) => [
    [
      `${size.name} training`,
      `${formatNumber(size.train_tok_per_s)} tok/s`,
      `${formatNumber(size.train_peak_share)} of peak`,
    ],
    ...size.decode.map(({ batch, tok_per_s, outside_share }) => [
      `${size.name} decoding, batch ${batch}`,
      `${formatNumber(tok_per_s)} tok/s`,
      `${formatNumber(outside_share)} outside the runtime`,
    ]),
    ...Object.entries(size.grpo_step_s).map(([phase, s]) => [
      `${size.name} GRPO step, ${phase}`,
      `${formatNumber(s)} s`,
      '',
    ]),
  ])
  const cold = cold_start_s === null ? [] : [['cold start to the first step', `${formatNumber(cold_start_s)} s`, '']]
  const all = [['matrix product 1024', `${formatNumber(matmul_gflops)} GFLOP/s`, ''], ...rows, ...cold]
  return `${textTable(['', '', ''], all).trimStart()}\n`
}

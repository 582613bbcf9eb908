// What `gradus bench` does: runs the measurements and prints them; with `--cold` only what the cold start times.
import { join } from 'node:path'
import {
  type BenchProgress,
  type BenchResult,
  type ColdCommand,
  runBench,
  runColdStep,
  withoutEnd,
} from '../../bench/index.ts'
import { loadModel } from '../../engine/checkpoint.ts'
import { formatNumber } from '../../store/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { packageRoot, processClock } from './host-facts.ts'
import { textTable } from './text-table.ts'

/** Options of the verb. */
export interface BenchCommandOptions {
  readonly quick?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
  /** A model folder, or true for a fresh model. */
  readonly cold?: string | true
}

/** Runs the verb. @throws `engine/cold-start` */
export async function benchCommand(options: BenchCommandOptions, { io }: Shell): Promise<ExitCode> {
  const { quick, json, quiet, cold } = options
  if (cold !== undefined) {
    await coldStep(cold)
    io.out('step 1\n')
    return exitCodes.ok
  }
  const result = await runBench({
    clock: processClock,
    quick,
    cold: COLD,
    onProgress: (measured) => quiet || io.err(`${describe(measured)}\n`),
  })
  io.out(json ? `${JSON.stringify(result)}\n` : table(result))
  return exitCodes.ok
}

// Not `gradus train`: a fresh model's rewards are all zero, and a step that teaches nothing is skipped.
const COLD: ColdCommand = {
  command: [process.execPath, join(packageRoot, 'bin', 'gradus.mjs'), 'bench', '--cold'],
  marker: 'step 1',
}

async function coldStep(folder: string | true): Promise<void> {
  if (folder === true) return void (await runColdStep(processClock))
  const model = await loadModel(folder)
  await runColdStep(processClock, { ...model, tokenizer: withoutEnd(model.tokenizer) })
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

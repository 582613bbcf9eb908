// gradus export: writes a model, or what a run recorded, for other programs. The formats are in src/model and src/export.
import { Command } from 'commander'
import { GradusError } from '../../base/error.ts'
import type { Shell } from '../io.ts'
import { oneOf, shared, wholeNumber } from '../options.ts'
import type { ExportOptions } from '../run/export-command.ts'
import type { RunExportOptions } from '../run/export-run-command.ts'

const modelFormats = ['hf', 'onnx', 'gguf'] as const
const runFormats = ['tensorboard', 'wandb', 'mlflow', 'otel', 'parquet'] as const

const examples = `
hf is a Hugging Face folder that transformers and vLLM load; onnx adds onnx/model.onnx for transformers.js; gguf is one
file for llama.cpp, in the number format of --dtype (docs/gguf.md). tensorboard, wandb, mlflow, otel and parquet write
metrics, settings and samples of a run; several runs can go into one folder (docs/exporters.md).

Examples:
  gradus export runs/mine --to hf --out models/mine
  gradus export runs/mine --to onnx --step 20 --out models/mine
  gradus export runs/mine --to gguf --dtype q8_0 --out mine.gguf
  gradus export runs/mine --to tensorboard --out logs
  gradus export runs/mine --to wandb --out wandb --overwrite`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('export')
    .description('write a model, or what a run recorded, for other programs')
    .argument('<path>', 'a run directory or a model folder')
    .requiredOption(
      '--to <format>',
      'of a model: hf, onnx or gguf; of a run: tensorboard, wandb, mlflow, otel or parquet',
      oneOf('to', [...modelFormats, ...runFormats]),
    )
    .option('--out <path>', 'folder to write; for gguf the file (default: named after the model, in this folder)')
    .option(
      '--dtype <name>',
      'gguf only: f32, f16 or q8_0 (default: f32)',
      oneOf('dtype', ['f32', 'f16', 'q8_0'] as const),
    )
    .option('--step <n>', 'the checkpoint of this step (default: the last)', wholeNumber('step', 0))
    .option('--name <name>', "of a run: what it is called there (default: the run's id)")
    .option('--overwrite', 'of a run: write it again where it was written before')
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', examples)
    .action(async (path: string, options: Options) => {
      if (isOfRun(options)) {
        const { exportRunCommand } = await import('../run/export-run-command.ts')
        exit(await exportRunCommand(path, options, shell))
        return
      }
      refuseRunOptions(options)
      const { exportCommand } = await import('../run/export-command.ts')
      exit(await exportCommand(path, options, shell))
    })
}

type Options = (ExportOptions & Partial<Pick<RunExportOptions, 'name' | 'overwrite'>>) | RunExportOptions

const isOfRun = (options: Options): options is RunExportOptions => runFormats.some((format) => format === options.to)

function refuseRunOptions({ to, name, overwrite }: Exclude<Options, RunExportOptions>): void {
  const given = name !== undefined ? 'name' : overwrite ? 'overwrite' : undefined
  if (given === undefined) return
  throw new GradusError('usage/bad-option', `--${given} is for what a run recorded, not for ${to}`, {
    hint: 'Leave it out.',
  })
}

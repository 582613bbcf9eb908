// gradus export: writes a model for other programs. The formats themselves are in src/model.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { oneOf, shared, wholeNumber } from '../options.ts'
import type { ExportOptions } from '../run/export-command.ts'

const examples = `
hf is a Hugging Face folder that transformers and vLLM load; onnx adds onnx/model.onnx for transformers.js; gguf is one
file for llama.cpp, in the number format of --dtype (docs/gguf.md).

Examples:
  gradus export runs/mine --to hf --out models/mine
  gradus export runs/mine --to onnx --step 20 --out models/mine
  gradus export runs/mine --to gguf --dtype q8_0 --out mine.gguf`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('export')
    .description('write a model for other programs')
    .argument('<path>', 'a run directory or a model folder')
    .requiredOption('--to <format>', 'hf, onnx or gguf', oneOf('to', ['hf', 'onnx', 'gguf'] as const))
    .option('--out <path>', 'folder to write; for gguf the file (default: named after the model, in this folder)')
    .option(
      '--dtype <name>',
      'gguf only: f32, f16 or q8_0 (default: f32)',
      oneOf('dtype', ['f32', 'f16', 'q8_0'] as const),
    )
    .option('--step <n>', 'the checkpoint of this step (default: the last)', wholeNumber('step', 0))
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', examples)
    .action(async (path: string, options: ExportOptions) => {
      const { exportCommand } = await import('../run/export-command.ts')
      exit(await exportCommand(path, options, shell))
    })
}

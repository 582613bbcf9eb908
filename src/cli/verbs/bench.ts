// gradus bench: the words of the command line; the measurements are in src/bench.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared } from '../options.ts'
import type { BenchCommandOptions } from '../run/bench-command.ts'

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('bench')
    .description('measure speed on this machine: matrix product, training, decoding, a GRPO step, cold start')
    .option('--quick', 'few repetitions: shows that everything works, the numbers mean nothing')
    .option('--cold [folder]', "only one GRPO step of 256 rollouts, of a fresh model or FOLDER's; then prints step 1")
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText(
      'after',
      '\nTakes a few minutes. Let nothing else run meanwhile.\n\nExamples:\n  gradus bench\n  gradus bench --json',
    )
    .action(async (options: BenchCommandOptions) => {
      const { benchCommand } = await import('../run/bench-command.ts')
      exit(await benchCommand(options, shell))
    })
}

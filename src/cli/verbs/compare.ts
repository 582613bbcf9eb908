// gradus compare: the words of the command line; the work is in run/compare-command.ts.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { oneOf, shared } from '../options.ts'
import type { CompareOptions } from '../run/compare-command.ts'
import { readTableFormat, tableFormats } from '../run/table-format.ts'

const examples = `
Of a run the last evaluation is taken; RUN@STEP is an earlier one, RUN@0 the model that it started from. A lab's recipes are
a row each, over their seeds. Runs are compared problem by problem, so their evaluations must be alike (the same protocol);
else nothing is compared, and what differs is said. --json prints one line for each metric:
{"metric","baseline","rows":[{"run","value","low","high","n","diff","diff_low","diff_high","p"}]}, with more in each.

Examples:
  gradus compare runs/a runs/b --baseline runs/a
  gradus compare runs/a@0 runs/a --metric pass@1 --metric pass@8
  gradus compare runs/a-1 runs/a-2 runs/b-1 runs/b-2 --group seeds --baseline runs/a-1 --x sampled --html compare.html
  gradus compare lab --baseline grpo --format markdown
  gradus compare before.json after.json --json`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('compare')
    .description('compare runs with a baseline: differences with 95 % intervals, tests, curves at equal budgets')
    .argument('<run...>', 'run directories, labs, or files of gradus eval --out')
    .option('--baseline <run>', 'one of them, or another run; a recipe of a lab (default: the first)')
    .option(
      '--metric <name>',
      'pass@K, maj@K or mean@K, or with its task eval/T/pass@1; may be given again (default: pass@1)',
      (text: string, all: readonly string[] | undefined) => [...(all ?? []), text],
    )
    .option(
      '--x <axis>',
      'of curves: steps, sampled, trained (tokens) or seconds',
      oneOf('x', ['steps', 'sampled', 'trained', 'seconds'] as const),
      'steps',
    )
    .option(
      '--group <how>',
      'seeds: runs that differ in the seed alone are one row',
      oneOf('group', ['seeds'] as const),
    )
    .option(
      '--correction <name>',
      'for many comparisons: holm, bh (Benjamini-Hochberg) or none',
      oneOf('correction', ['holm', 'bh', 'none'] as const),
      'holm',
    )
    .option('--unpaired', 'compare although problems or protocols differ, with unpaired intervals')
    .option('--format <name>', `of the table: ${tableFormats.join(', ')}`, readTableFormat, 'text')
    .option('--html <file>', 'write a page with the table and the curves')
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', examples)
    .action(async (paths: readonly string[], { metric = ['pass@1'], ...options }: Partial<CompareOptions>) => {
      const { compareCommand } = await import('../run/compare-command.ts')
      exit(await compareCommand(paths, { ...(options as CompareOptions), metric }, shell))
    })
}

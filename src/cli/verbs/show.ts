// gradus show: the words of the command line; the work is in run/show-command.ts.
import { Command, Option } from 'commander'
import { GradusError } from '../../base/error.ts'
import type { Shell } from '../io.ts'
import { shared, wholeNumber } from '../options.ts'
import type { ShowOptions } from '../run/show-command.ts'

const details = `
Shows runs in a browser until SIGINT or SIGTERM: curves, rollouts, evaluations, comparisons, labs. Runs that are running are
followed; nothing is written but tags. Only this machine is answered unless --host says otherwise.
--json prints one line when it is ready: {"url"}. What there is to see, and the data behind it, is in docs/dashboard.md.

Examples:
  gradus show
  gradus show runs/mine
  gradus show lab --port 0 --json`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('show')
    .description('look at runs in a browser')
    .argument('[dir]', 'a folder of runs, one run, a lab or a folder of labs', 'runs')
    .option('--host <address>', 'where to listen; others than this machine need an address of it', '127.0.0.1')
    .addOption(new Option('--port <n>', '0 for any that is free (default: 4747, or the next free one)').argParser(port))
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', details)
    .action(async (dir: string, options: ShowOptions) => {
      const { showCommand } = await import('../run/show-command.ts')
      exit(await showCommand(dir, options, shell))
    })
}

function port(text: string): number {
  const value = wholeNumber('port', 0)(text)
  if (value <= 65_535) return value
  throw new GradusError('usage/bad-option', `--port cannot be ${value}: the last port is 65535`)
}

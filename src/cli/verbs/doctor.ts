// gradus doctor: the words of the command line; the checks are in run/doctor-command.ts.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared } from '../options.ts'

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('doctor')
    .description('check that everything works here: Node, runtime, memory, disk, a tiny training step')
    .option('--runs <dir>', 'folder of runs to look at', 'runs')
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText(
      'after',
      '\nExit code 4 when something does not work.\n\nExamples:\n  gradus doctor\n  gradus doctor --json',
    )
    .action(async (options: { runs: string; json?: boolean }) => {
      const { doctorCommand } = await import('../run/doctor-command.ts')
      exit(await doctorCommand(options, shell))
    })
}

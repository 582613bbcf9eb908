// gradus doctor: the words of the command line; the checks are in run/doctor-command.ts.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared } from '../options.ts'

interface DoctorOptions {
  readonly runs: string
  readonly engine?: string
  readonly name?: string
  readonly tokenizer?: string
  readonly json?: boolean
}

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('doctor')
    .description('check that everything works here: Node, runtime, memory, disk, a tiny training step')
    .option('--runs <dir>', 'folder of runs to look at', 'runs')
    .option('--engine <where>', 'look at a server instead: openai:URL')
    .option('--name <model>', "a server's model by name (default: its first)")
    .option('--tokenizer <folder>', "the server's model's own, to see whether tokens are exact")
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText(
      'after',
      '\nExit code 4 when something does not work.\n\nExamples:\n  gradus doctor\n  gradus doctor --json\n  gradus doctor --engine openai:http://127.0.0.1:8000',
    )
    .action(async (options: DoctorOptions) => {
      if (options.engine !== undefined) {
        const { probeCommand } = await import('../run/probe-command.ts')
        exit(await probeCommand({ ...options, engine: options.engine }, shell))
        return
      }
      const { doctorCommand } = await import('../run/doctor-command.ts')
      exit(await doctorCommand(options, shell))
    })
}

// gradus start: the words of the command line; the work is in run/start-command.ts.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared } from '../options.ts'
import type { StartOptions } from '../run/start-command.ts'

const examples = `
Makes DIR/base, DIR/one-shot, DIR/full and DIR/report.html. Interrupted, the same command with --out goes on.
Settings begin with the part they are for: base, one_shot or full; problems is how many test problems are used.
--json ends with one line {"base":{"pass1","low","high","n"},"one_shot":{...},"full":{...},"seconds","peak_rss_mb","run"}.

Examples:
  gradus start
  gradus start --out runs/first --seed 2
  gradus start --set full.schedule.steps=100`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('start')
    .description('the main job on chain arithmetic: base model, one-shot and full-set RLVR, a table with intervals')
    .option('--out <dir>', 'folder of the three runs (default: a new one in runs/)')
    .addOption(shared.seed('names all randomness').default(1))
    .addOption(shared.set())
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', examples)
    .action(async (options: StartOptions) => {
      const { startCommand } = await import('../run/start-command.ts')
      exit(await startCommand(options, shell))
    })
}

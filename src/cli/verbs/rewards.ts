// gradus rewards: the words of the command line; the work is in run/rewards-command.ts.
import { Command, Option } from 'commander'
import { GradusError } from '../../base/error.ts'
import type { Shell } from '../io.ts'
import { realNumber, shared, wholeNumber } from '../options.ts'
import type { RewardsOptions } from '../run/rewards-command.ts'

const details = `
Verifies completions for trainers elsewhere (TRL, verl, your own) until SIGINT or SIGTERM. --json prints one line when it is
ready: {"url","task"}. Paths and shapes are in docs/cluster.md.

Examples:
  gradus rewards --task countdown
  KEY=secret gradus rewards --task countdown --host 0.0.0.0 --api-key-env KEY
  curl http://127.0.0.1:8100/reward -H 'content-type: application/json' \\
    -d '{"problems":["chain-arithmetic/train/0@1a2b3c4d"],"completions":["#3"]}'`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('rewards')
    .description('verify completions over HTTP, for trainers elsewhere')
    .requiredOption('--task <id>', 'the task; see gradus tasks ls')
    .addOption(shared.data())
    .addOption(shared.columns())
    .addOption(shared.knob())
    .option('--host <address>', 'where to listen; others than this machine need an address of it', '127.0.0.1')
    .addOption(new Option('--port <n>', '0 for any that is free').argParser(port).default(8100))
    .option('--api-key-env <name>', 'the environment variable that holds the API key (default: no key)')
    .option('--threads <n>', 'completions verified at once', wholeNumber('threads', 1), 2)
    .option('--timeout <seconds>', 'longest time for one completion', realNumber('timeout', 0.001), 10)
    .option(
      '--max-queue <n>',
      'completions that may wait; beyond it requests get 429',
      wholeNumber('max-queue', 0),
      16384,
    )
    .option('--drain <seconds>', 'longest wait for running requests at the end', realNumber('drain', 0), 30)
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', details)
    .action(async (options: RewardsOptions) => {
      const { rewardsCommand } = await import('../run/rewards-command.ts')
      exit(await rewardsCommand(options, shell))
    })
}

function port(text: string): number {
  const value = wholeNumber('port', 0)(text)
  if (value <= 65_535) return value
  throw new GradusError('usage/bad-option', `--port cannot be ${value}: the last port is 65535`)
}

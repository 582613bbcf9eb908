// gradus launch: jobs on a Ray cluster. The words of the command line; the work is in run/launch-command.ts and
// run/launch-job-command.ts.
import { Command } from 'commander'
import { exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { oneOf, realNumber, shared, wholeNumber } from '../options.ts'
import type { LaunchOptions } from '../run/launch-command.ts'
import type { JobOptions } from '../run/launch-job-command.ts'

const details = `
The address is that of Ray's dashboard (default: RAY_API_SERVER_ADDRESS, else http://127.0.0.1:8265); RAY_AUTH_TOKEN is its
token. The whole way is in docs/cluster.md.

Examples:
  gradus launch skyrl --model Qwen/Qwen3-4B --set backend=fsdp
  gradus rewards --task countdown --host 0.0.0.0 --api-key-env KEY
  gradus launch trl --task countdown --model Qwen/Qwen3-0.6B --rewards http://10.0.0.5:8100 --rewards-key-env KEY
  gradus launch follow gradus-trl-countdown-k3x9q2 --out runs/cluster
  gradus launch verl --task countdown --model Qwen/Qwen3-4B --rewards http://10.0.0.5:8100 --set schedule.lr=2e-6 --dry-run`

/** The command with its parts. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  const part = (name: string, description: string): Command =>
    new Command(name)
      .description(description)
      .option('--address <url>', "of Ray's dashboard")
      .addOption(shared.json())
      .addOption(shared.quiet())
  const start = (name: string, description: string): Command =>
    part(name, description)
      .requiredOption('--model <name>', "a name on the hub, or a folder on the cluster's nodes")
      .addOption(shared.set())
      .addOption(shared.seed('names all randomness').default(1))
      .option('--id <name>', 'name of the job; the same name twice makes one job (default: a new one)')
      .option('--dry-run', 'show what would be sent, and send nothing')
  const training = (name: string, description: string): Command =>
    start(name, description)
      .requiredOption('--task <id>', 'the task; see gradus tasks ls')
      .addOption(shared.data())
      .addOption(shared.columns())
      .addOption(shared.levels())
      .option('--n <count>', 'problems that are sent, where the task makes them', wholeNumber('n', 1), 4096)
      .option(
        '--split <name>',
        'train, validation or test',
        oneOf('split', ['train', 'validation', 'test'] as const),
        'train',
      )
      .option('--rewards <url>', 'the reward server (gradus rewards), as the cluster reaches it')
      .option('--rewards-key-env <name>', 'the environment variable that holds its key')
  const launch = (system: string) => async (options: LaunchOptions) => {
    exit(await (await import('../run/launch-command.ts')).launchCommand(system, options, shell))
  }
  const job = () => import('../run/launch-job-command.ts')
  return new Command('launch')
    .description('jobs on a Ray cluster: start, watch and stop them')
    .addHelpText('after', details)
    .addCommand(
      start('skyrl', "SkyRL's Tinker server, for gradus train --engine tinker:URL")
        .option('--no-wait', 'do not wait until it answers')
        .action(launch('skyrl')),
    )
    .addCommand(training('trl', 'GRPO with TRL, with completions verified here').action(launch('trl')))
    .addCommand(training('verl', 'GRPO with verl, with completions verified here').action(launch('verl')))
    .addCommand(
      part('status', 'a job, or all of them')
        .argument('[id]')
        .action(async (id: string | undefined, options: JobOptions) => {
          await (await job()).showStatus(id, options, shell)
        }),
    )
    .addCommand(
      part('logs', 'the log of a job')
        .argument('<id>')
        .option('--follow', 'go on until the job is over')
        .action(async (id: string, options: JobOptions & { follow?: boolean }) => {
          await (await job()).showLogs(id, options, shell)
        }),
    )
    .addCommand(
      part('follow', 'write the metrics of a job into a run directory, until it is over; again to go on')
        .argument('<id>')
        .option('--out <dir>', 'the run directory (default: runs/ID)')
        .option('--every <seconds>', 'time between two looks', realNumber('every', 0.05), 5)
        .action(async (id: string, options: JobOptions & { out?: string; every: number }) => {
          exit(await (await job()).followJob(id, options, shell))
        }),
    )
    .addCommand(
      part('stop', 'end a job')
        .argument('<id>')
        .action(async (id: string, options: JobOptions) => {
          await (await job()).stopJob(id, options, shell)
          exit(exitCodes.ok)
        }),
    )
}

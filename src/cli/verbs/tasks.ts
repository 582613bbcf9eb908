// gradus tasks: list, show, sample and check tasks.
import { Command } from 'commander'
import type { Split } from '../../contracts/index.ts'
import { exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { oneOf, shared, wholeNumber } from '../options.ts'
import type { DataFlags } from '../run/tasks-command.ts'

const examples = `
Examples:
  gradus tasks ls
  gradus tasks sample countdown --n 3 --seed 2 --set level=4
  gradus tasks sample gsm8k --data train.jsonl --dedup --against test.jsonl
  gradus tasks check chain-arithmetic`

interface Flags {
  readonly json?: boolean
  readonly quiet?: boolean
}

/** The command with its four parts. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  const part = (name: string, description: string): Command =>
    new Command(name).description(description).addOption(shared.json()).addOption(shared.quiet())
  const load = () => import('../run/tasks-command.ts')
  return new Command('tasks')
    .description('list, show, sample and check tasks')
    .addHelpText('after', examples)
    .addCommand(
      part('ls', 'all tasks').action(async (flags: Flags) => {
        ;(await load()).listTasks(flags, shell.io)
      }),
    )
    .addCommand(
      part('show', 'a task: its knobs, levels, styles and one problem')
        .argument('<task>')
        .action(async (id: string, flags: Flags) => {
          ;(await load()).showTask(id, flags, shell.io)
        }),
    )
    .addCommand(
      part('sample', 'problems of a task with their solutions')
        .argument('<task>')
        .option('--n <count>', 'how many', wholeNumber('n', 1), 5)
        .addOption(shared.seed('index of the first problem, in steps of a million').default(0))
        .option(
          '--split <name>',
          'train, validation or test',
          oneOf('split', ['train', 'validation', 'test'] as const),
          'train',
        )
        .addOption(shared.knob())
        .addOption(shared.data())
        .addOption(shared.columns())
        .option('--dedup', 'leave out what repeats an earlier problem')
        .option('--templates', 'leave out what differs from an earlier problem in its numbers only')
        .option('--against <path>', 'leave out what this test set asks: equal, or 13 words in a row')
        .action(
          async (
            id: string,
            flags: Flags & DataFlags & { n: number; seed: number; split: Split; set: readonly string[] },
          ) => {
            await (await load()).sampleTask(id, flags, shell.io)
          },
        ),
    )
    .addCommand(
      part('check', 'try the verifier on right, wrong and hostile texts; exit 4 when a check does not hold')
        .argument('<task>')
        .option('--n <count>', 'problems a level and split', wholeNumber('n', 1), 20)
        .addOption(shared.seed('where problems are drawn from').default(1))
        .addOption(shared.data())
        .addOption(shared.columns())
        .action(async (id: string, flags: Flags & DataFlags & { n: number; seed: number }) => {
          const holds = await (await load()).runTaskCheck(id, flags, shell.io)
          exit(holds ? exitCodes.ok : exitCodes.checkFailed)
        }),
    )
}

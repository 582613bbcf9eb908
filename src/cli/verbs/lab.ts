// gradus lab run | report: the words of the command line; the work is in run/lab-run-command.ts and lab-report-command.ts.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared, wholeNumber } from '../options.ts'
import type { LabLevelsOptions } from '../run/lab-levels-command.ts'
import type { LabReportOptions } from '../run/lab-report-command.ts'
import type { LabRunOptions } from '../run/lab-request.ts'

const runHelp = `
Every recipe starts from the testbed's one base model, trains on as many tokens, and is evaluated on the same problems.
Claims are what the papers say should be seen; their arms are run as well, each on the testbed of its claim.
Settings are laid over those of every run that has them; base.* are those of base models, base.model.* their shape.
Interrupted, or with more recipes, the same command goes on: what is finished is not run again.
With --check the exit code is 4 when a claim did not hold or could not be checked.

Examples:
  gradus lab run --recipes grpo,dapo,rloo
  gradus lab run --family policy-optimisation --seeds 5 --out labs/policies
  gradus lab run --recipes psr,nsr --testbed countdown --check --json`

const levelsHelp = `
Each model starts from fresh weights and sees worked solutions of all levels, as many tokens of each. Interrupted, or with more
tasks, the same command goes on: what is measured is not measured again.

Examples:
  gradus lab levels --tasks chain-sum,gcd-lcm --tokens 500000
  gradus lab levels --out labs/levels --json`

const words = (text: string): readonly string[] => [...new Set(text.split(',').map((word) => word.trim()))]

/** The command with its two parts. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('lab')
    .description('compare recipes on one testbed and check what their papers claim')
    .addCommand(
      new Command('run')
        .description('run recipes on a testbed with several seeds, check their claims, print a table')
        .option('--recipes <list>', 'such as grpo,dapo (default: every recipe that trains)', words)
        .option('--family <name>', 'the recipes of a family; see gradus recipes ls')
        .option('--testbed <id>', 'where recipes are compared (default: "chain-arithmetic")')
        .option('--seeds <n>', 'runs of every arm, with seeds 1 to n', wholeNumber('seeds', 1), 3)
        .option('--tokens <n>', "tokens that every run trains on (default: the testbed's)", wholeNumber('tokens', 1))
        .option('--out <dir>', 'folder of base models, runs and reports', 'lab')
        .option('--claims', 'run the arms of claims too, and check them', true)
        .option('--no-claims', 'only the table')
        .option('--check', 'exit with 4 when a claim did not hold')
        .option('--dry-run', 'list the runs and do nothing')
        .addOption(shared.set())
        .addOption(shared.json())
        .addOption(shared.quiet())
        .addHelpText('after', runHelp)
        .action(async (options: LabRunOptions) => {
          const { labRunCommand } = await import('../run/lab-run-command.ts')
          exit(await labRunCommand(options, shell))
        }),
    )
    .addCommand(
      new Command('report')
        .description('print the table again from what is there; nothing is run')
        .argument('[dir]', 'the folder of gradus lab run', 'lab')
        .option('--testbed <id>', 'the results of this testbed (default: the latest)')
        .option('--html <file>', 'write a page with ranking, claims and curves')
        .addOption(shared.json())
        .addOption(shared.quiet())
        .addHelpText(
          'after',
          '\nExamples:\n  gradus lab report\n  gradus lab report labs/policies --json\n  gradus lab report labs/policies --html report.html',
        )
        .action(async (dir: string, options: LabReportOptions) => {
          const { labReportCommand } = await import('../run/lab-report-command.ts')
          labReportCommand(dir, options, shell)
        }),
    )
    .addCommand(
      new Command('levels')
        .description('teach a small model each task and chart how often it solves each level')
        .option('--tasks <list>', 'such as chain-sum,plan (default: every task that makes problems)', words)
        .option('--tokens <n>', 'tokens that each model is taught', wholeNumber('tokens', 1000), 3_000_000)
        .option('--problems <n>', 'unseen problems of each level', wholeNumber('problems', 1), 128)
        .option('--longest <n>', 'leave out levels whose texts are longer on average', wholeNumber('longest', 16), 600)
        .option('--seed <n>', 'seed of weights, problems and samples', wholeNumber('seed', 0), 1)
        .option('--out <dir>', 'folder of runs, chart and table', 'lab-levels')
        .addOption(shared.json())
        .addOption(shared.quiet())
        .addHelpText('after', levelsHelp)
        .action(async (options: LabLevelsOptions) => {
          const { labLevelsCommand } = await import('../run/lab-levels-command.ts')
          exit(await labLevelsCommand(options, shell))
        }),
    )
}

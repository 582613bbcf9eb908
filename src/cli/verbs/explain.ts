// gradus explain R: the words of the command line; the text is made in run/explain-command.ts.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared } from '../options.ts'
import type { ExplainOptions } from '../run/explain-command.ts'

/** The command. */
export function command(shell: Shell, _exit: (code: number) => void): Command {
  return new Command('explain')
    .description('what a recipe does: paper, loss, settings, what differs from the paper')
    .argument('<recipe>', 'such as grpo; see gradus recipes ls')
    .option('--task <id>', 'with the presets of this task')
    .addOption(shared.set())
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', '\nExamples:\n  gradus explain grpo\n  gradus explain grpo --task countdown --json')
    .action(async (recipe: string, options: ExplainOptions) => {
      const { explainRecipe } = await import('../run/explain-command.ts')
      explainRecipe(recipe, options, shell.io)
    })
}

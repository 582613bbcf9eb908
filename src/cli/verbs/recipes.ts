// gradus recipes ls: the published methods that can be run.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared } from '../options.ts'

/** The command. */
export function command({ io }: Shell, _exit: (code: number) => void): Command {
  const ls = new Command('ls')
    .description('all recipes')
    .addOption(shared.json())
    .addOption(shared.quiet())
    .action(async ({ json }: { json?: boolean }) => {
      const { recipes } = await import('../../recipes/index.ts')
      const rows = recipes.map(({ id, family, paper, baseline = null, summary }) => ({
        id,
        family,
        paper,
        baseline,
        summary,
      }))
      if (json) {
        io.out(`${JSON.stringify(rows)}\n`)
        return
      }
      const { textTable } = await import('../run/text-table.ts')
      const cells = rows.map((row) => [
        row.id,
        row.family,
        `${row.paper.id} (${row.paper.year})`,
        row.baseline ?? '',
        row.summary,
      ])
      io.out(`${textTable(['recipe', 'family', 'paper', 'baseline', 'what'], cells)}\n`)
    })
  return new Command('recipes').description('list recipes').addCommand(ls)
}

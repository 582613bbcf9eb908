// gradus query: the words of the command line; the work is in src/export/query.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { oneOf, realNumber, shared, wholeNumber } from '../options.ts'
import type { QueryOptions } from '../run/query-command.ts'

const examples = `
Views: runs, metrics, events, rollouts, evals, eval_samples; each has a column run. Names with a slash need double quotes.
It only reads, and only the runs given. Needs the package @duckdb/node-api (docs/exporters.md).

Examples:
  gradus query 'select run, max("reward/mean") from metrics group by run' runs/a runs/b
  gradus query 'select step, measure, value, low, high from evals order by step' runs/mine --format markdown
  gradus query "select prompt, completion from rollouts where verdict = 'wrong'" runs/mine --limit 20 --json
  gradus query 'describe metrics' runs/mine`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('query')
    .description('ask about runs in SQL')
    .argument('<sql>', 'one SELECT')
    .argument('[run...]', 'run directories, or folders of them (default: runs)')
    .option(
      '--format <name>',
      'text, csv, json (a row a line) or markdown (default: text)',
      oneOf('format', ['text', 'csv', 'json', 'markdown'] as const),
    )
    .option('--limit <rows>', 'rows that are shown', wholeNumber('limit', 1), 1000)
    .option('--timeout <seconds>', 'how long the answer may take', realNumber('timeout', 0.001), 60)
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', examples)
    .action(async (sql: string, runs: string[], options: QueryOptions) => {
      const { queryCommand } = await import('../run/query-command.ts')
      exit(await queryCommand(sql, runs, options, shell))
    })
}

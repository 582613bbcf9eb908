// gradus verify: whether an answer equals the gold answer; one pair, or a file of them.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared, wholeNumber } from '../options.ts'
import type { VerifyFlags } from '../run/verify-command.ts'

const details = `
A file is JSONL with {gold, pred} or {problem, gold, completion} in each line; gold may be a list of which any will do.
Its rows come back on stdout in their order, with "equal" (true, false, or null when undecided) and "reason" added.
Presets: gradus, hendrycks-math, minerva, qwen, math-verify. Options for --set are in docs/verify.md.
An unequal answer is a result: the exit code is 0.

Examples:
  gradus verify --gold '\\frac{3}{4}' --pred 'The answer is 0.75.'
  gradus verify --gold 5 --pred '\\boxed{5\\%}' --preset qwen --json
  gradus verify --file pairs.jsonl --set percent=value > verdicts.jsonl
  cat pairs.jsonl | gradus verify --file -`

/** The command. */
export function command(shell: Shell, _exit: (code: number) => void): Command {
  return new Command('verify')
    .description('check an answer against the gold answer')
    .option('--gold <text>', 'the right answer')
    .option('--pred <text>', 'an answer, or a completion that holds one')
    .option('--file <path>', 'pairs as JSONL; - for standard input')
    .option('--preset <name>', "whose rules, such as hendrycks-math (default: 'gradus')")
    .option('--timeout <ms>', 'longest time for one pair (default: 1000)', wholeNumber('timeout', 1))
    .option('--workers <n>', 'threads for a file (default: one for each core, at most 4)', wholeNumber('workers', 1))
    .addOption(shared.set())
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', details)
    .action(async (flags: VerifyFlags) => {
      await (await import('../run/verify-command.ts')).runVerify(flags, shell.io)
    })
}

// gradus eval: the words of the command line; the work is in run/eval-command.ts.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { oneOf, realNumber, shared, wholeNumber, wholeNumbers } from '../options.ts'
import type { EvalOptions } from '../run/eval-command.ts'
import { readTableFormat, tableFormats } from '../run/table-format.ts'

const examples = `
Step 0 is the model that the run started from. --json prints one line: {"task","n","k":{"1":{"value","low","high"}},"seconds",
"mean","maj","undecided","failed","truncated","tokens","samples","temperature","seed","max_tokens","protocol","conditions"}.
Numbers may be compared when their protocol is equal: the name of the problems, samples, temperature, longest completion and
form of prompts. gradus compare holds to it. --out FILE.json keeps the result, and FILE.samples.jsonl every sample.

Examples:
  gradus eval runs/mine
  gradus eval runs/mine --step 0 --k 1,8
  gradus eval runs/mine --k 1,8 --samples 16 --out after.json --format markdown
  gradus eval runs/mine --task countdown --data unseen.jsonl --levels 3 --json
  gradus eval openai:http://127.0.0.1:8000 --task gsm8k --data gsm8k-test.jsonl --chat --temperature 0`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('eval')
    .description('evaluate any checkpoint: pass@k with 95 % intervals')
    .argument('<model>', 'a run directory, a model folder, or the address of an OpenAI-compatible server')
    .option('--step <n>', 'the checkpoint of this step (default: the last)', wholeNumber('step', 0))
    .option('--task <id>', "the task (default: the run's)")
    .addOption(shared.data())
    .addOption(shared.columns())
    .addOption(shared.levels())
    .option('--n <count>', 'problems; all rows of the file if it has fewer', wholeNumber('n', 1), 512)
    .option('--samples <count>', 'samples of each problem (default: the largest k)', wholeNumber('samples', 1))
    .option('--k <list>', 'values of k for pass@k', wholeNumbers('k', 1), [1])
    .option(
      '--maj <list>',
      'values of k for maj@k, the majority vote (default: those of --k, where answers can be told apart)',
      wholeNumbers('maj', 1),
    )
    .option('--temperature <t>', '0 is greedy', realNumber('temperature', 0), 1)
    .addOption(shared.seed('names the draws of samples').default(1))
    .option('--max-tokens <n>', "longest completion (default: the run's)", wholeNumber('max-tokens', 1))
    .option(
      '--split <name>',
      'of generated problems, or of the files in a folder',
      oneOf('split', ['test', 'validation', 'train'] as const),
      'test',
    )
    .addOption(shared.knob())
    .addOption(shared.engine())
    .option('--name <model>', "a server's model by name (default: its first)")
    .option('--tokenizer <folder>', "the server's model's own, for exact tokens; without, prompts are sent as text")
    .option('--chat', 'prompts are turns of a conversation')
    .addOption(shared.device())
    .option('--format <name>', `of the table: ${tableFormats.join(', ')}`, readTableFormat, 'text')
    .option('--out <file>', 'write the result here, and the samples beside it')
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', examples)
    .action(async (path: string, options: EvalOptions) => {
      const { evalCommand } = await import('../run/eval-command.ts')
      exit(await evalCommand(path, options, shell))
    })
}

// gradus train: the words of the command line. What they do is in run/train-command.ts, loaded when it is needed.
import { Command } from 'commander'
import type { Shell } from '../io.ts'
import { shared } from '../options.ts'
import type { TrainOptions } from '../run/train-command.ts'

const examples = `
Settings are paths into the recipe's configuration (gradus explain grpo lists them). Without --model a base model is
made first, in DIR/base; base.* are its settings, base.model.* its shape: hiddenSize, layers, heads, kvHeads, headDim,
feedForward, maxPositions. sft, which starts from fresh weights, takes base.model.* as well.

Examples:
  gradus train grpo --task chain-arithmetic
  gradus train sft --task chain-arithmetic --set base.model.layers=1 --set base.model.hiddenSize=64
  gradus train grpo --task countdown --data rows.jsonl --levels 3 --set schedule.steps=100 --out runs/mine
  gradus train one-shot-rlvr --model runs/mine/base --seed 2
  gradus train grpo --task countdown --model models/tiny --engine tinker:http://127.0.0.1:8000
  gradus train --resume runs/mine
  gradus train --resume runs/mine --fork --set schedule.lr=1e-4`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('train')
    .description('train a model with a recipe')
    .argument('[recipe]', 'such as grpo; see gradus recipes ls')
    .option('--task <id>', 'the task; see gradus tasks ls')
    .addOption(shared.data())
    .addOption(shared.columns())
    .addOption(shared.levels())
    .option('--model <path>', 'a model folder, or a run whose last checkpoint to start from')
    .addOption(shared.set())
    .addOption(shared.seed('names all randomness (default: 1)'))
    .option('--out <dir>', 'the run directory; one that holds the same run is resumed (default: a new one in runs/)')
    .option('--resume <dir>', 'go on with a run')
    .option('--fork', 'with --resume or --out: a new run beside it, from its last checkpoint')
    .option('--overwrite', 'replace the run that the directory holds')
    .option('--dry-run', 'show the resolved configuration and do nothing')
    .addOption(shared.engine())
    .addOption(shared.device())
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', examples)
    .action(async (recipe: string | undefined, options: TrainOptions) => {
      const { trainCommand } = await import('../run/train-command.ts')
      exit(await trainCommand(recipe, options, shell))
    })
}

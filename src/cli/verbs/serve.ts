// gradus serve: the words of the command line; the work is in run/serve-command.ts.
import { Command, Option } from 'commander'
import { GradusError } from '../../base/error.ts'
import type { Shell } from '../io.ts'
import { realNumber, shared, wholeNumber } from '../options.ts'
import type { ServeOptions } from '../run/serve-command.ts'

const details = `
Serves the last checkpoint of a run, or a model folder, until SIGINT or SIGTERM; running requests are then finished first.
--json prints one line when it is ready: {"url","model"}. What is answered, and what not, is in docs/serve.md.

Examples:
  gradus serve runs/mine
  gradus serve model --port 0 --json
  gradus serve model --openai --tinker --state models-of-clients
  KEY=secret gradus serve runs/mine --host 0.0.0.0 --api-key-env KEY
  curl http://127.0.0.1:8000/v1/completions -H 'content-type: application/json' -d '{"prompt":"1+2="}'`

/** The command. */
export function command(shell: Shell, exit: (code: number) => void): Command {
  return new Command('serve')
    .description('answer requests over HTTP: the OpenAI endpoints, and the Tinker ones for training')
    .argument('<path>', 'a run directory or a model folder')
    .option('--openai', 'the OpenAI endpoints; the default, and needed beside --tinker to have both')
    .option('--tinker', 'the Tinker endpoints: clients train adapters of the model')
    .option('--state <dir>', 'where what Tinker clients train is kept (default: tinker-state in the folder)')
    .option('--host <address>', 'where to listen; others than this machine need an address of it', '127.0.0.1')
    .addOption(new Option('--port <n>', '0 for any that is free').argParser(port).default(8000))
    .option('--api-key-env <name>', 'the environment variable that holds the API key (default: no key)')
    .option('--cors <origin>', 'web pages of this origin may ask (default: none)')
    .option('--name <name>', "the model's name (default: the folder's)")
    .option('--step <n>', 'the checkpoint of this step (default: the last)', wholeNumber('step', 0))
    .option(
      '--context <n>',
      "longest sequence in tokens (default: the model's, at most 4096)",
      wholeNumber('context', 2),
    )
    .option(
      '--max-rows <n>',
      'samples decoded at once (default: what memory allows, at most 256)',
      wholeNumber('max-rows', 1),
    )
    .option(
      '--max-queue <n>',
      'samples that may wait for a row; beyond it requests are refused',
      wholeNumber('max-queue', 0),
      1024,
    )
    .option('--drain <seconds>', 'longest wait for running requests at the end', realNumber('drain', 0), 30)
    .addOption(shared.seed('names the draws of requests without a seed (default: random)'))
    .addOption(shared.device())
    .addOption(shared.json())
    .addOption(shared.quiet())
    .addHelpText('after', details)
    .action(async (path: string, options: ServeOptions) => {
      const { serveCommand } = await import('../run/serve-command.ts')
      exit(await serveCommand(path, options, shell))
    })
}

function port(text: string): number {
  const value = wholeNumber('port', 0)(text)
  if (value <= 65_535) return value
  throw new GradusError('usage/bad-option', `--port cannot be ${value}: the last port is 65535`)
}

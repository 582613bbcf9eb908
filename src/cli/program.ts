// The `gradus` command: finds the verb, loads only that one, and turns whatever happens into an exit code.
import { Command, CommanderError } from 'commander'
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'
import { type ExitCode, exitCodeOf, exitCodes, formatError } from './exit-code.ts'
import type { Io, Shell } from './io.ts'

/** A verb as the main help shows it, and how to get its command. */
interface Verb {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<{ command: (shell: Shell, exit: (code: number) => void) => Command }>
}

const verbs: readonly Verb[] = [
  {
    name: 'start',
    summary: 'the main job: base model, one-shot and full-set training, a table with intervals',
    load: () => import('./verbs/start.ts'),
  },
  { name: 'train', summary: 'train a model with a recipe', load: () => import('./verbs/train.ts') },
  { name: 'eval', summary: 'evaluate any checkpoint, with 95 % intervals', load: () => import('./verbs/eval.ts') },
  {
    name: 'compare',
    summary: 'compare runs with a baseline, with intervals and tests',
    load: () => import('./verbs/compare.ts'),
  },
  { name: 'verify', summary: 'check an answer against the gold answer', load: () => import('./verbs/verify.ts') },
  { name: 'tasks', summary: 'list, show, sample and check tasks', load: () => import('./verbs/tasks.ts') },
  { name: 'recipes', summary: 'list recipes', load: () => import('./verbs/recipes.ts') },
  { name: 'explain', summary: 'what a recipe does: paper, loss, settings', load: () => import('./verbs/explain.ts') },
  {
    name: 'lab',
    summary: 'compare recipes on one testbed and check what their papers claim',
    load: () => import('./verbs/lab.ts'),
  },
  {
    name: 'serve',
    summary: 'answer requests over HTTP: the OpenAI and the Tinker endpoints',
    load: () => import('./verbs/serve.ts'),
  },
  {
    name: 'rewards',
    summary: 'verify completions over HTTP, for trainers elsewhere',
    load: () => import('./verbs/rewards.ts'),
  },
  {
    name: 'launch',
    summary: 'jobs on a Ray cluster: SkyRL, TRL, verl',
    load: () => import('./verbs/launch.ts'),
  },
  {
    name: 'export',
    summary: 'write a model, or what a run recorded, for other programs',
    load: () => import('./verbs/export.ts'),
  },
  {
    name: 'show',
    summary: 'look at runs in a browser: curves, rollouts, comparisons',
    load: () => import('./verbs/show.ts'),
  },
  { name: 'query', summary: 'ask about runs in SQL', load: () => import('./verbs/query.ts') },
  { name: 'bench', summary: 'measure speed on this machine', load: () => import('./verbs/bench.ts') },
  { name: 'doctor', summary: 'check that everything works here', load: () => import('./verbs/doctor.ts') },
]

const help = `
Every verb takes --json and --quiet, and --help shows its options. Results go to stdout, progress and errors to stderr.
Exit codes: 0 ok, 1 failed, 2 wrong usage, settings or data, 3 interrupted and resumable, 4 a check did not hold.

Examples:
  gradus start
  gradus train grpo --task countdown --data rows.jsonl --out runs/mine
  gradus eval runs/mine --k 1,8`

/** Runs one command line (without node and script). Never throws: errors are told on stderr. */
export async function runProgram(args: readonly string[], io: Io, version: () => string): Promise<ExitCode> {
  let code: number = exitCodes.ok
  const shell: Shell = { io, command: ['gradus', ...args.map(quoted)].join(' ') }
  try {
    const program = new Command('gradus')
      .description('Turn small language models into reasoning models.')
      .version(version())
      .addHelpText('after', help)
    const wanted = verbs.find((verb) => verb.name === args.find((arg) => !arg.startsWith('-')))
    for (const verb of verbs) {
      if (verb === wanted) {
        const command = (await verb.load()).command(shell, (given) => {
          code = given
        })
        program.addCommand(command)
      } else program.command(verb.name).description(verb.summary)
    }
    for (const command of allCommands(program)) {
      command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => {} })
    }
    refuseUnknown(args)
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    return code as ExitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok
    const told = error instanceof CommanderError ? usageError(error) : error
    io.err(formatError(told))
    return exitCodeOf(told)
  }
}

function refuseUnknown(args: readonly string[]): void {
  const [first] = args
  const names = [...verbs.map((verb) => verb.name), 'help']
  if (first === undefined || first.startsWith('-') || names.includes(first)) return
  const near = closestName(first, names)
  throw new GradusError('usage/unknown-verb', `there is no verb "${first}"${near ? `; did you mean "${near}"?` : ''}`, {
    hint: `The verbs are: ${verbs.map((verb) => verb.name).join(', ')}.`,
  })
}

// `error: unknown option '--sed'`, and help printed for a command without its subcommand.
function usageError({ code, message }: CommanderError): GradusError {
  const slug = code.replace(/^commander\./, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const text = message === '(outputHelp)' || code === 'commander.help' ? 'a part of the command is missing' : message
  const [first, suggestion] = text.replace(/^error: /, '').split('\n')
  return new GradusError(`usage/${slug}`, first, {
    hint: `${suggestion ? `${suggestion.replace(/[()]/g, '')} ` : ''}Add --help to see what the verb takes.`,
  })
}

function allCommands(root: Command): Command[] {
  return [root, ...root.commands.flatMap(allCommands)]
}

const quoted = (arg: string): string => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)

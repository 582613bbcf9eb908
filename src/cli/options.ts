// Options that verbs share and how their values are read. A wrong one is an error that names it.
import { Option } from 'commander'
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'

/** Reader of a whole number, at least `least`. */
export const wholeNumber =
  (name: string, least: number) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value
    throw new GradusError(
      'usage/bad-option',
      `--${name} cannot be "${text}": expected a whole number, ${least} or more`,
    )
  }

/** Reader of a number, at least `least`. */
export const realNumber =
  (name: string, least: number) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isFinite(value) && value >= least) return value
    throw new GradusError('usage/bad-option', `--${name} cannot be "${text}": expected a number, ${least} or more`)
  }

/** Reader of a list such as `1,8`. */
export const wholeNumbers =
  (name: string, least: number) =>
  (text: string): readonly number[] =>
    [...new Set(text.split(',').map(wholeNumber(name, least)))].sort((a, b) => a - b)

/** Reader of one of some words. */
export const oneOf =
  <T extends string>(name: string, words: readonly T[]) =>
  (text: string): T => {
    const found = words.find((word) => word === text)
    if (found !== undefined) return found
    const near = closestName(text, words)
    const hint = near === undefined ? undefined : `Did you mean "${near}"?`
    throw new GradusError('usage/bad-option', `--${name} cannot be "${text}": expected ${words.join(', ')}`, { hint })
  }

const collected = (text: string, before: readonly string[]): readonly string[] => [...before, text]

/** Fresh options for every command: commander keeps state in them. */
export const shared = {
  json: () => new Option('--json', 'results as JSON on stdout, and nothing else there'),
  quiet: () => new Option('--quiet', 'no progress'),
  set: () =>
    new Option('--set <path=value>', 'override a setting; may be given again').argParser(collected).default([], 'none'),
  knob: () =>
    new Option('--set <knob=value>', 'a knob of the task, such as level=2 or knobs.level=2; may be given again')
      .argParser(collected)
      .default([], 'none'),
  data: () =>
    new Option('--data <path>', 'problems from a file (JSONL, JSON, parquet), a folder of them, or hf:owner/name'),
  columns: () =>
    new Option('--columns <list>', "the task's names of columns to the file's, such as answer=final_answer"),
  seed: (description: string) => new Option('--seed <n>', description).argParser(wholeNumber('seed', 0)),
  levels: () => new Option('--levels <list>', 'problems of these levels only').argParser(wholeNumbers('levels', 1)),
  engine: () =>
    new Option('--engine <where>', 'embedded, openai:URL or tinker:URL: who has the weights (default: "embedded")'),
  device: () =>
    new Option('--device <name>', 'cpu, webgpu or cuda (default: "cpu")').argParser(
      oneOf('device', ['cpu', 'webgpu', 'cuda'] as const),
    ),
}

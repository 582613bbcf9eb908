// Problems from a file: read, hashed, and split into those to train on and those held out. The split depends on what the
// problems say and on nothing else, so that every run and every evaluation of a file agrees on it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { canonicalJson } from '../../base/json.ts'
import { hash32 } from '../../base/rng.ts'
import type { Problem, Task } from '../../contracts/index.ts'
import { formatBytes } from '../../store/index.ts'
import { hubDataset, isHubAddress, readDataset } from '../../tasks/index.ts'

/** What a run keeps of its file. */
export interface DataSource {
  readonly path: string
  readonly levels?: readonly number[]
  readonly columns?: Readonly<Record<string, string>>
  readonly sha256: string
}

/** Problems of a file, apart. */
export interface SplitProblems {
  readonly train: readonly Problem[]
  readonly held: readonly Problem[]
}

const heldShare = 0.1
const heldMost = 1024

/** A path as given with --data, on this machine: `hf:owner/name` is fetched. @throws `data/download-failed` */
export async function localData(path: string, tell: (line: string) => void): Promise<string> {
  if (!isHubAddress(path)) return path
  return hubDataset(path, { onFile: (name, bytes) => tell(`fetching ${name} (${formatBytes(bytes)})`) })
}

/** Column names of `--columns answer=final_answer,problem=q`. @throws `usage/bad-option` */
export function columnsOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  if (pairs.every((pair) => pair.length === 2 && pair[0] !== '' && pair[1] !== '')) return Object.fromEntries(pairs)
  throw new GradusError('usage/bad-option', `--columns cannot be "${text}"`, {
    hint: 'Write NAME=COLUMN, several with commas: --columns problem=question,answer=final_answer.',
  })
}

/** Names a file or folder by path and content. @throws `data/not-found`, `data/unreadable` */
export function dataSource(
  path: string,
  levels?: readonly number[],
  columns?: Readonly<Record<string, string>>,
): DataSource {
  return { path: resolve(path), ...(levels && { levels }), ...(columns && { columns }), sha256: sha256Of(path) }
}

/** Reads the problems of a source again and splits them. @throws `data/changed`, and what `readDataset` throws */
export async function loadProblems(source: DataSource, task: Task): Promise<SplitProblems> {
  if (sha256Of(source.path) !== source.sha256) {
    throw new GradusError('data/changed', `${source.path} is not the file that the run began with`, {
      hint: 'Put the old file back, or start a new run with the new one.',
    })
  }
  const problems = await readDataset(source.path, task, { levels: source.levels, columns: source.columns })
  return splitProblems(problems, source.path, (problem) => task.content?.(problem) ?? promptText(problem))
}

/**
 * A tenth of the problems (at most 1,024, at least one) is held out: those with the lowest hashes of their prompt. Rows
 * that ask the same as a held-out one are trained on neither.
 *
 * @throws `data/too-few-rows` when nothing would be left to train on
 */
export function splitProblems(
  problems: readonly Problem[],
  path: string,
  contentOf: (problem: Problem) => string = promptText,
): SplitProblems {
  const ordered = inHashOrder(problems)
  const held = ordered.slice(0, Math.max(1, Math.min(heldMost, Math.floor(problems.length * heldShare))))
  const contents = new Set(held.map(contentOf))
  const train = problems.filter((problem) => !contents.has(contentOf(problem)))
  if (train.length > 0) return { train, held }
  throw new GradusError('data/too-few-rows', `${path} has too few rows: none is left to train on`, {
    hint: 'A tenth of the rows, at least one, is held out for evaluation. Give a file of two different rows or more.',
  })
}

/** Problems in an order that only what they say decides: any first part of it is a fair sample. */
export function inHashOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems
    .map((problem) => ({ problem, hash: hash32(`held-out/${promptText(problem)}`) }))
    .sort((a, b) => a.hash - b.hash || (a.problem.id < b.problem.id ? -1 : 1))
    .map(({ problem }) => problem)
}

const promptText = ({ prompt }: Problem): string => canonicalJson(prompt)

function sha256Of(path: string): string {
  try {
    const hash = createHash('sha256')
    if (!statSync(path).isDirectory()) return hash.update(readFileSync(path)).digest('hex')
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
    for (const name of names.filter((file) => /\.(jsonl|ndjson|gz|json|parquet)$/.test(file))) {
      hash.update(`${name}\0`).update(readFileSync(join(path, name)))
    }
    return hash.digest('hex')
  } catch (cause) {
    throw new GradusError('data/not-found', `there is no readable file ${path}`, {
      hint: 'Check the path given with --data.',
      cause,
    })
  }
}

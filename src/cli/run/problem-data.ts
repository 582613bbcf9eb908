// Problems from a file: read, hashed, and split into those to train on and those held out. The split depends on what the
// problems say and on nothing else, so that every run and every evaluation of a file agrees on it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { canonicalJson } from '../../base/json.ts'
import { hash32 } from '../../base/rng.ts'
import type { Problem, Task } from '../../contracts/index.ts'
import { readDataset } from '../../tasks/index.ts'

/** What a run keeps of its file. */
export interface DataSource {
  readonly path: string
  readonly levels?: readonly number[]
  readonly sha256: string
}

/** Problems of a file, apart. */
export interface SplitProblems {
  readonly train: readonly Problem[]
  readonly held: readonly Problem[]
}

const heldShare = 0.1
const heldMost = 1024

/** Names a file by path and content. @throws `data/not-found`, `data/unreadable` */
export function dataSource(path: string, levels?: readonly number[]): DataSource {
  return { path: resolve(path), ...(levels && { levels }), sha256: sha256Of(path) }
}

/** Reads the problems of a source again and splits them. @throws `data/changed`, and what `readDataset` throws */
export async function loadProblems(source: DataSource, task: Task): Promise<SplitProblems> {
  if (sha256Of(source.path) !== source.sha256) {
    throw new GradusError('data/changed', `${source.path} is not the file that the run began with`, {
      hint: 'Put the old file back, or start a new run with the new one.',
    })
  }
  const problems = await readDataset(source.path, task, { levels: source.levels })
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
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch (cause) {
    throw new GradusError('data/not-found', `there is no readable file ${path}`, {
      hint: 'Check the path given with --data.',
      cause,
    })
  }
}

// Which files of a folder hold the rows of a split, in the layouts that the Hugging Face hub knows: `train.jsonl`,
// `data/train-00000-of-00002.parquet`, `train/*.jsonl`, `<config>/train-*.parquet`. Names only; nothing is opened.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { readingError } from './row.ts'

/** Words by which file names mark each split. */
const words = {
  train: ['train', 'training'],
  validation: ['validation', 'valid', 'val', 'dev'],
  test: ['test', 'eval', 'evaluation'],
} as const

/** A part of a data set. */
export type RowSplit = keyof typeof words

const isData = (name: string): boolean => /\.(jsonl|ndjson|jsonl\.gz|json|parquet)$/.test(name)
const sidecars = new Set(['dataset_infos.json', 'dataset_dict.json', 'dataset_info.json', 'state.json', 'config.json'])

/**
 * The files of the split, in order; when no name marks any split, all of them. `config` is a folder in between, for data
 * sets with several.
 *
 * @throws `data/not-found`, `data/no-split`, `data/unreadable`
 */
export function datasetFiles(folder: string, split: RowSplit, config?: string): readonly string[] {
  const files = list(folder).filter((path) => config === undefined || path.split('/').includes(config))
  if (files.length === 0) {
    throw new GradusError(
      'data/not-found',
      `${folder} holds no rows${config ? ` for configuration "${config}"` : ''}.`,
      {
        hint: 'Looked for .jsonl, .ndjson, .jsonl.gz, .json and .parquet files in it and two folders down.',
      },
    )
  }
  const marked = files.map((path) => ({ path, split: splitOf(path) }))
  const own = marked.filter((file) => file.split === split)
  const chosen = own.length > 0 ? own : marked.every((file) => file.split === undefined) ? marked : []
  if (chosen.length > 0) return chosen.map(({ path }) => join(folder, path))
  const present = [...new Set(marked.flatMap((file) => file.split ?? []))].join(', ')
  throw new GradusError('data/no-split', `${folder} has no files of split "${split}".`, {
    hint: `Its files are marked: ${present}. Name one of these splits, or one file.`,
  })
}

/** Whether it is a folder in which some file's name marks the split. @throws `data/not-found`, `data/unreadable` */
export function hasSplit(path: string, split: RowSplit): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return false
  return list(path).some((file) => splitOf(file) === split)
}

/** The split that a path's words name; the file's own name goes before its folders. */
export function splitOf(path: string): RowSplit | undefined {
  for (const part of path.split('/').reverse()) {
    const found = part.toLowerCase().split(/[^a-z]+/)
    for (const [split, names] of Object.entries(words)) {
      if (names.some((name) => found.includes(name))) return split as RowSplit
    }
  }
  return undefined
}

function list(folder: string, prefix = '', depth = 0): string[] {
  try {
    return readdirSync(join(folder, prefix), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
        if (entry.name.startsWith('.')) return []
        if (entry.isDirectory()) return depth < 2 ? list(folder, path, depth + 1) : []
        return isData(entry.name) && !sidecars.has(entry.name) ? [path] : []
      })
  } catch (cause) {
    throw readingError(folder, cause)
  }
}

// Puts what a run recorded into an output folder in the format of another program. The rules of that folder:
// every run has a part of its own in it, which appears whole or not at all; nothing else there is touched; a part is
// replaced only when asked, and only by the run it came from.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { writeError, writeFileAtomic, writeJsonAtomic } from '../base/atomic-file.ts'
import { GradusError } from '../base/error.ts'
import { exporters } from './exporters.ts'
import type { RunExporter } from './run-exporter.ts'
import { openRunSource, type RunSource } from './run-source.ts'

/** What to export, and where to. */
export interface ExportRunOptions {
  readonly to: RunExporter['id']
  readonly out: string
  /** Name of the run in the export; its id by default. */
  readonly name?: string
  readonly overwrite?: boolean
}

/** What was written. */
export interface ExportedRun {
  /** The run's part of the output folder. */
  readonly folder: string
  /** Below `folder`, sorted. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
  readonly notes: readonly string[]
  /** How to go on. */
  readonly next: string
}

/** Says which run a part of an output folder came from. */
const markName = 'gradus-export.json'

/**
 * Exports one run. A run that is still going on is exported as far as it is.
 *
 * @throws `usage/not-empty`, `usage/bad-option`, `store/...`
 */
export async function exportRun(dir: string, options: ExportRunOptions): Promise<ExportedRun> {
  const exporter = exporters.find(({ id }) => id === options.to)
  if (exporter === undefined) throw new GradusError('usage/bad-option', `there is no exporter "${options.to}"`)
  const run = openRunSource(resolve(dir), options.name)
  const out = resolve(options.out)
  if (`${out}${sep}`.startsWith(`${run.dir}${sep}`)) {
    throw new GradusError('usage/bad-option', `${out} lies inside the run directory`, {
      hint: 'Give a folder elsewhere with --out.',
    })
  }
  const folder = join(out, ...exporter.place(run).split('/'))
  refuseForeign(folder, run, exporter, options.overwrite ?? false)
  const making = join(dirname(folder), `.${run.name}.${process.pid}.tmp`)
  try {
    rmSync(making, { recursive: true, force: true })
    mkdirSync(making, { recursive: true })
    const notes = await exporter.write(run, making, folder)
    writeJsonAtomic(join(making, markName), markOf(run, exporter))
    for (const [name, text] of Object.entries(exporter.shared?.(run, out) ?? {})) {
      const path = join(out, name)
      if (existsSync(path)) continue
      mkdirSync(dirname(path), { recursive: true })
      writeFileAtomic(path, text)
    }
    rmSync(folder, { recursive: true, force: true })
    renameSync(making, folder)
    return { folder, files: filesIn(folder), notes, next: exporter.next.replaceAll('OUT', options.out) }
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    removeEmpty(dirname(folder), out)
    throw writeError(error, folder)
  }
}

// A folder between OUT and the run's own, when the run was to be the first in it.
function removeEmpty(folder: string, out: string): void {
  if (folder !== out && existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
}

function markOf({ info }: RunSource, { id }: RunExporter): Readonly<Record<string, string>> {
  return { format: id, run: info.id, startedAt: info.startedAt }
}

function refuseForeign(folder: string, run: RunSource, exporter: RunExporter, overwrite: boolean): void {
  if (!existsSync(folder)) return
  const path = join(folder, markName)
  const isOurs =
    existsSync(path) && readFileSync(path, 'utf8') === `${JSON.stringify(markOf(run, exporter), null, 2)}\n`
  if (!isOurs) {
    throw new GradusError('usage/not-empty', `${folder} exists and did not come from this run`, {
      hint: 'Give another folder with --out, or another name for this run with --name.',
    })
  }
  if (overwrite) return
  throw new GradusError('usage/not-empty', `${folder} exists`, {
    hint: 'Add --overwrite to write this run again; other runs in the folder stay as they are.',
  })
}

function filesIn(folder: string): readonly { readonly name: string; readonly bytes: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, stat: statSync(join(folder, name)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ name, stat }) => ({ name: relative('.', name).split(sep).join('/'), bytes: stat.size }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

// The part of `gradus export` that writes what a run recorded, for programs that show or search runs.
import { join } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { exportRun, type RunExporter } from '../../export/index.ts'
import { formatBytes } from '../../store/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'

/** What of the verb's options counts here. */
export interface RunExportOptions {
  readonly to: RunExporter['id']
  readonly out?: string
  readonly name?: string
  readonly overwrite?: boolean
  readonly dtype?: string
  readonly step?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Writes the export. @throws `usage/bad-option`, `usage/not-empty`, `store/...` */
export async function exportRunCommand(path: string, options: RunExportOptions, { io }: Shell): Promise<ExitCode> {
  const { to, out, name, overwrite, json, quiet } = options
  for (const option of ['dtype', 'step'] as const) {
    if (options[option] === undefined) continue
    throw new GradusError('usage/bad-option', `--${option} is for models, and ${to} is of a whole run`, {
      hint: 'Leave it out.',
    })
  }
  if (out === undefined) {
    throw new GradusError('usage/bad-option', `--to ${to} needs --out`, {
      hint: 'Give a folder with --out; several runs can go into one.',
    })
  }
  const { folder, files, notes, next } = await exportRun(path, { to, out, name, overwrite })
  if (!quiet) {
    for (const note of notes) io.err(`note: ${note}\n`)
    io.err(`next: ${next}\n`)
  }
  if (json) io.out(`${JSON.stringify({ out: folder, to, files, notes, next })}\n`)
  else io.out(files.map((file) => `${join(folder, file.name)}  ${formatBytes(file.bytes)}\n`).join(''))
  return exitCodes.ok
}

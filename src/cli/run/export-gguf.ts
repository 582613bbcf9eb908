// The gguf part of `gradus export`: one file for llama.cpp, named after the run or the model folder unless told.
import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { writeError } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'
import { loadModel } from '../../engine/checkpoint.ts'
import { exportGguf, type GgufDtype } from '../../model/gguf/index.ts'
import { formatBytes } from '../../store/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { findModel, type ModelSource } from './model-source.ts'

/** What of the verb's options counts here. */
export interface GgufExportOptions {
  readonly out?: string
  readonly dtype?: GgufDtype
  readonly step?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Writes the file. @throws `usage/not-empty`, `model/...`, `store/...` */
export async function exportGgufFile(path: string, options: GgufExportOptions, { io }: Shell): Promise<ExitCode> {
  const { dtype = 'f32' } = options
  const source = findModel(path, { step: options.step })
  const name = nameOf(source)
  const file = fileOf(options.out, `${name}-${dtype}.gguf`)
  // A value head is of use to training only.
  const { config, arena, tokenizer } = await loadModel(source.folder, { valueHead: false })
  const { sizeBytes, tensors, notes } = await exportGguf(config, arena, tokenizer, file, { dtype, name }).catch(
    (error: unknown) => {
      throw writeError(error, file)
    },
  )
  if (!options.quiet) for (const note of notes) io.err(`note: ${note}\n`)
  const result = { out: file, to: 'gguf', dtype, parameters: arena.count, tensors, bytes: sizeBytes, notes }
  io.out(options.json ? `${JSON.stringify(result)}\n` : `${file}  ${formatBytes(sizeBytes)}\n`)
  return exitCodes.ok
}

const nameOf = ({ run, folder }: ModelSource): string =>
  run === undefined ? basename(folder) : `${basename(run.dir)}-step-${run.step}`

/** The file to write, inside `out` where that is a folder. */
function fileOf(out: string | undefined, name: string): string {
  const isFolder = out !== undefined && existsSync(out) && statSync(out).isDirectory()
  const file = out === undefined ? resolve(name) : isFolder ? resolve(join(out, name)) : resolve(out)
  if (existsSync(file)) {
    throw new GradusError('usage/not-empty', `${file} exists`, { hint: 'Give a new file with --out.' })
  }
  return file
}

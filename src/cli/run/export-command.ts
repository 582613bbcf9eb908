// What `gradus export` does: loads a checkpoint, writes a model folder with a card that says where it comes from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeError } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'
import { loadModel } from '../../engine/checkpoint.ts'
import type { GgufDtype } from '../../model/gguf/index.ts'
import { writeHfFolder } from '../../model/hf/index.ts'
import { exportOnnx } from '../../model/onnx-export/index.ts'
import { formatBytes, formatEstimate, formatNumber } from '../../store/index.ts'
import { writeTokenizer } from '../../text/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { exportGgufFile } from './export-gguf.ts'
import { findModel, type ModelSource } from './model-source.ts'
import { readPlan } from './run-plan.ts'
import { runResults } from './run-results.ts'

/** Options of the verb. */
export interface ExportOptions {
  readonly to: 'hf' | 'onnx' | 'gguf'
  readonly out?: string
  readonly dtype?: GgufDtype
  readonly step?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `usage/bad-option`, `usage/not-empty`, `model/...`, `store/...` */
export async function exportCommand(path: string, options: ExportOptions, shell: Shell): Promise<ExitCode> {
  if (options.to === 'gguf') return exportGgufFile(path, options, shell)
  const { io } = shell
  if (options.dtype !== undefined) {
    throw new GradusError('usage/bad-option', `--dtype is for gguf, not for ${options.to}`, {
      hint: 'Leave it out: the others are float32.',
    })
  }
  if (options.out === undefined) {
    throw new GradusError('usage/bad-option', `--to ${options.to} needs --out`, {
      hint: 'Give a new folder with --out.',
    })
  }
  const source = findModel(path, { step: options.step })
  const out = resolve(options.out)
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new GradusError('usage/not-empty', `${out} is not empty`, { hint: 'Give a new folder with --out.' })
  }
  // A value head is for training alone, and no reader of these folders knows it.
  const model = await loadModel(source.folder, { valueHead: false })
  const { config, arena, tokenizer } = model
  try {
    await writeHfFolder(out, config, arena.params, ({ name }) => arena.view(name), {
      modelCard: cardOf(source, arena.count),
    })
    await writeTokenizer(tokenizer, out)
    if (options.to === 'onnx') await exportOnnx(config, arena, out)
  } catch (error) {
    throw writeError(error, out)
  }
  const files = filesIn(out)
  if (options.json) io.out(`${JSON.stringify({ out, to: options.to, parameters: arena.count, files })}\n`)
  else io.out(`${files.map(({ name, bytes }) => `${join(out, name)}  ${formatBytes(bytes)}`).join('\n')}\n`)
  return exitCodes.ok
}

function cardOf({ run, folder }: ModelSource, parameters: number): string {
  const head = `# ${run === undefined ? folder.split('/').at(-1) : `${run.info.recipe} on ${run.info.task}, step ${run.step}`}`
  const lines = [head, '', `A decoder with ${formatNumber(parameters)} parameters, trained with Gradus.`, '']
  if (run === undefined) return lines.join('\n')
  const { first, last } = runResults(run.dir, readPlan(run.dir), { status: 'done', seconds: 0 }).eval
  const rows = [first, last].filter((row, i) => row !== null && (i === 0 || row.step !== first?.step))
  if (rows.length === 0) return lines.join('\n')
  const table = rows.map((row) => `| ${row?.step} | ${row?.k['1'] ? formatEstimate(row.k['1']) : ''} | ${row?.n} |`)
  return [...lines, '| step | pass@1 [95 %] | problems |', '|---|---|---|', ...table, ''].join('\n')
}

function filesIn(folder: string): readonly { name: string; bytes: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => ({ name, stat: statSync(join(folder, name)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ name, stat }) => ({ name, bytes: stat.size }))
}

// What `gradus export` does: loads a checkpoint, writes a model folder with a card that says where it comes from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeError } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'
import { loadModel } from '../../engine/checkpoint.ts'
import { writeHfFolder } from '../../model/hf/index.ts'
import { exportOnnx } from '../../model/onnx-export/index.ts'
import { formatEstimate, formatNumber } from '../../store/index.ts'
import { writeTokenizer } from '../../text/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { findModel, type ModelSource } from './model-source.ts'
import { readPlan } from './run-plan.ts'
import { runResults } from './run-results.ts'

/** Options of the verb. */
export interface ExportOptions {
  readonly to: 'hf' | 'onnx' | 'gguf'
  readonly out: string
  readonly step?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `usage/not-yet`, `usage/not-empty`, `model/...`, `store/...` */
export async function exportCommand(path: string, options: ExportOptions, { io }: Shell): Promise<ExitCode> {
  if (options.to === 'gguf') {
    throw new GradusError('usage/not-yet', 'gguf comes with a later version', {
      hint: "Export to hf and convert that folder with llama.cpp's convert_hf_to_gguf.py.",
    })
  }
  const source = findModel(path, { step: options.step })
  const out = resolve(options.out)
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new GradusError('usage/not-empty', `${out} is not empty`, { hint: 'Give a new folder with --out.' })
  }
  const model = await loadModel(source.folder)
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
  else io.out(`${files.map(({ name, bytes }) => `${join(out, name)}  ${formatNumber(bytes)} bytes`).join('\n')}\n`)
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

// Reads and checks run.json and the configuration beside it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { GradusError, messageOf } from '../base/error.ts'
import type { RunInfo } from '../contracts/run.ts'
import { isLocked } from './lock.ts'

const infoSchema = z.object({
  schema: z.literal(1),
  id: z.string(),
  status: z.enum(['running', 'done', 'failed', 'interrupted']),
  exitReason: z.string().optional(),
  recipe: z.string(),
  task: z.string(),
  seeds: z.array(z.number()),
  command: z.string().optional(),
  parent: z.string().optional(),
  git: z.string().optional(),
  versions: z.record(z.string(), z.string()),
  host: z.record(z.string(), z.json()),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  resumes: z.number().int().min(0),
})

/**
 * `run.json` of a run directory. A run that says it is running while no process has it open was killed, and reads as
 * interrupted. Throws `store/not-a-run`, `store/bad-run`, `store/newer-run`.
 */
export function readRunInfo(dir: string): RunInfo {
  const info = readStoredInfo(dir)
  if (info.status !== 'running' || isLocked(dir)) return info
  return {
    ...info,
    status: 'interrupted',
    exitReason: 'the process ended without a word (killed, or the power failed)',
  }
}

/** `run.json` as it lies on the disk. Throws as {@link readRunInfo} does. */
export function readStoredInfo(dir: string): RunInfo {
  const path = join(dir, 'run.json')
  if (!existsSync(path)) {
    throw new GradusError('store/not-a-run', `${dir} is not a run directory: it has no run.json`, {
      hint: 'Give the path of a folder below runs/.',
    })
  }
  const value = parseFile(path)
  const schema = z.object({ schema: z.number() }).safeParse(value)
  if (schema.success && schema.data.schema > 1) {
    throw new GradusError('store/newer-run', `${path} was written by a newer version (schema ${schema.data.schema})`, {
      hint: 'Update gradus: npm install gradus@latest.',
    })
  }
  const parsed = infoSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw badRun(path, z.prettifyError(parsed.error))
}

/** The resolved configuration of a run. Throws `store/bad-run`. */
export function readConfig(dir: string): unknown {
  return parseFile(join(dir, 'config.json'))
}

/** What differs from the recipe's defaults. Throws `store/bad-run`. */
export function readConfigDiff(dir: string): unknown {
  return parseFile(join(dir, 'config.diff.json'))
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw badRun(path, messageOf(error))
  }
}

function badRun(path: string, why: string): GradusError {
  return new GradusError('store/bad-run', `${path} cannot be read: ${why}`, {
    hint: 'Restore the file from a copy, or start again with --overwrite.',
  })
}

// One evaluation on the disk, read back problem by problem: NAME.json, and beside it NAME.samples.jsonl with a line a sample;
// the form that a run has in evals/. With it come the conditions that it was made under, as far as they are known.
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { GradusError, messageOf } from '../base/error.ts'
import type { Json } from '../base/json.ts'
import type { EvalSampleRow } from '../contracts/index.ts'
import { type Conditions, problemsHash, protocolOf } from '../eval/index.ts'
import { readConfig, readJsonl } from '../store/index.ts'
import { isRecord } from './record.ts'

/** An evaluation as it was read. */
export interface EvaluationRecord {
  readonly path: string
  readonly task: string
  /** Training step of the model, where it is known. */
  readonly step: number | undefined
  readonly seed: number | undefined
  /** Samples by problem, in order. A problem that comes twice has `#2` after its id. */
  readonly problems: ReadonlyMap<string, readonly EvalSampleRow[]>
  readonly conditions: Conditions
  readonly protocol: string
}

const conditionsSchema = z.looseObject({
  task: z.string(),
  n: z.int(),
  problems: z.string(),
  k: z.array(z.int()),
  samples: z.int(),
})

const resultSchema = z.looseObject({
  n: z.int().min(1),
  k: z.record(z.string(), z.unknown()),
  task: z.string().optional(),
  step: z.int().optional(),
  seed: z.int().optional(),
  temperature: z.number().optional(),
  conditions: conditionsSchema.optional(),
})

/** Reads NAME.json with its samples. @throws `data/not-found`, `data/bad-evaluation` */
export function readEvaluationFile(path: string): EvaluationRecord {
  if (!existsSync(path)) throw new GradusError('data/not-found', `there is no evaluation ${path}`)
  const parsed = resultSchema.safeParse(parseFile(path))
  if (!parsed.success) throw bad(path, z.prettifyError(parsed.error))
  const { n, k, step, seed, conditions: told } = parsed.data
  const rows = samplesOf(path)
  const problems = byProblem(rows, n, path)
  const task = parsed.data.task ?? taskOf(path)
  const conditions: Conditions = (told as Conditions | undefined) ?? {
    task,
    n,
    problems: problemsHash([...problems.keys()]),
    ...conditionsOfRun(path),
    k: Object.keys(k)
      .map(Number)
      .sort((a, b) => a - b),
    samples: rows.length / n,
    ...(parsed.data.temperature !== undefined && { temperature: parsed.data.temperature }),
  }
  return { path, task, step: step ?? stepOf(path), seed, problems, conditions, protocol: protocolOf(conditions) }
}

function samplesOf(path: string): readonly EvalSampleRow[] {
  const samples = `${path.replace(/\.json$/, '')}.samples.jsonl`
  if (existsSync(samples)) return readJsonl<EvalSampleRow>(samples).rows
  throw new GradusError('data/no-samples', `${path} has no samples beside it: ${basename(samples)} is missing`, {
    hint: 'Runs are compared problem by problem. Keep both files that gradus eval --out writes.',
  })
}

// Samples lie problem by problem, as many of each.
function byProblem(
  rows: readonly EvalSampleRow[],
  n: number,
  path: string,
): ReadonlyMap<string, readonly EvalSampleRow[]> {
  const samples = rows.length / n
  const problems = new Map<string, readonly EvalSampleRow[]>()
  const seen = new Map<string, number>()
  for (let p = 0; p < n; p++) {
    const group = rows.slice(p * samples, (p + 1) * samples)
    const id = group[0]?.problem
    if (!Number.isInteger(samples) || typeof id !== 'string' || group.some((row) => row.problem !== id)) {
      throw bad(path, `its samples are not those of ${n} problems, as many of each`)
    }
    const times = (seen.get(id) ?? 0) + 1
    seen.set(id, times)
    problems.set(times === 1 ? id : `${id}#${times}`, group)
  }
  return problems
}

/** What the configuration of a run says of its own evaluations, for a path of the form RUN/evals/NAME.json. */
function conditionsOfRun(path: string): Partial<Conditions> {
  const dir = dirname(dirname(resolve(path)))
  if (basename(dirname(resolve(path))) !== 'evals' || !existsSync(join(dir, 'config.json'))) return {}
  const plan = readConfig(dir)
  if (!isRecord(plan)) return {}
  const config = isRecord(plan.config) ? plan.config : {}
  const data = isRecord(plan.data) ? plan.data : undefined
  const maxTokens = isRecord(config.rollout) ? config.rollout.maxTokens : config.maxTokens
  const levels = data === undefined ? plan.levels : data.levels
  return {
    ...(data === undefined
      ? { split: 'validation', knobs: knobsOf(config.knobs) }
      : { split: 'held-out', data: String(data.sha256) }),
    ...(Array.isArray(levels) && { levels: levels as readonly number[] }),
    ...(typeof maxTokens === 'number' && { maxTokens }),
    prompt: 'tokens',
  }
}

const knobsOf = (knobs: unknown): Readonly<Record<string, Json>> =>
  isRecord(knobs) ? (knobs as Readonly<Record<string, Json>>) : {}

function taskOf(path: string): string {
  const name = basename(path).replace(/(?:@[0-9]{1,12})?\.json$/, '')
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function stepOf(path: string): number | undefined {
  const match = /@([0-9]{1,12})\.json$/.exec(basename(path))
  return match === null ? undefined : Number(match[1])
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw bad(path, messageOf(error))
  }
}

const bad = (path: string, why: string): GradusError =>
  new GradusError('data/bad-evaluation', `${path} is not the result of an evaluation: ${why}`, {
    hint: 'Give a run directory, a lab, or a file of gradus eval --out.',
  })

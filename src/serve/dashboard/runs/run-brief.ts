// One run in the list: what its files say in a few numbers, kept up to date by reading only what was added to them.
import { join } from 'node:path'
import type { RunSummary } from '../api.ts'
import { type EvaluationFiles, lastEvaluation } from '../evaluations/evaluation-files.ts'
import type { IndexedRun } from '../world.ts'
import { LogTail } from './log-tail.ts'
import { SparkPoints } from './spark-points.ts'
import { readTags } from './tags.ts'

/** The brief of one run. */
class RunBrief {
  readonly #metrics: LogTail
  readonly #events: LogTail
  readonly #spark = new SparkPoints()
  #last = { step: 0, tokens: 0, seconds: 0 }
  #alerts = 0

  constructor(dir: string) {
    this.#metrics = new LogTail(
      join(dir, 'metrics.jsonl'),
      (line, byte) => this.#addRow(line, byte),
      () => {
        this.#spark.clear()
        this.#last = { step: 0, tokens: 0, seconds: 0 }
      },
    )
    this.#events = new LogTail(
      join(dir, 'events.jsonl'),
      (line) => {
        if (line.includes('"kind":"alert"')) this.#alerts++
      },
      () => {
        this.#alerts = 0
      },
      Number.POSITIVE_INFINITY,
    )
  }

  summary({ run, dir, info }: IndexedRun, evaluations: EvaluationFiles): RunSummary {
    this.#metrics.refresh(info.resumes)
    this.#events.refresh(info.resumes)
    const { id, recipe, task, seeds, startedAt, endedAt, exitReason, resumes, status } = info
    return {
      run,
      info: { id, recipe, task, seeds, startedAt, endedAt, exitReason, resumes },
      status,
      ...this.#last,
      spark: this.#spark.spark,
      evaluation: lastEvaluation(evaluations, dir, task),
      tags: readTags(dir),
      alerts: this.#alerts,
    }
  }

  #addRow(line: string, byte: number): void {
    let row: Readonly<Record<string, unknown>>
    try {
      row = JSON.parse(line)
      const { step, tokens, time_s } = row
      if (typeof step !== 'number') return
      this.#last = { step, tokens: numberOr0(tokens), seconds: numberOr0(time_s) }
    } catch {
      // A damaged line is told of where the whole log is asked for.
      return
    }
    this.#spark.add(row, byte)
  }
}

const numberOr0 = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** Briefs of all runs in the list. */
export class RunBriefs {
  readonly #evaluations: EvaluationFiles
  #briefs = new Map<string, RunBrief>()

  constructor(evaluations: EvaluationFiles) {
    this.#evaluations = evaluations
  }

  /** Of one run. */
  of(run: IndexedRun): RunSummary {
    const brief = this.#briefs.get(run.dir) ?? new RunBrief(run.dir)
    this.#briefs.set(run.dir, brief)
    return brief.summary(run, this.#evaluations)
  }

  /** Of all there are; those that are gone are forgotten. */
  all(runs: readonly IndexedRun[]): readonly RunSummary[] {
    const dirs = new Set(runs.map(({ dir }) => dir))
    for (const dir of this.#briefs.keys()) if (!dirs.has(dir)) this.#briefs.delete(dir)
    return runs.map((run) => this.of(run))
  }
}

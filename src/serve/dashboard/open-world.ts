// The folder that is shown, opened: the index of its runs and what is kept of their files. Everything is read when it is
// asked for, and again only when it has changed.
import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { GradusError } from '../../base/error.ts'
import type { Clock } from '../../contracts/run.ts'
import { ChangeWatch } from './changes/change-watch.ts'
import { EvalSampleFiles } from './evaluations/eval-samples.ts'
import { EvaluationFiles } from './evaluations/evaluation-files.ts'
import { RolloutFiles } from './rollouts/rollout-rows.ts'
import { FolderListings } from './runs/folder-listing.ts'
import { ConfigHashes } from './runs/run-answer.ts'
import { RunBriefs } from './runs/run-brief.ts'
import { RunIndex } from './runs/run-index.ts'
import { MetricStore } from './series/metric-store.ts'
import { type DashboardWorld, type IndexedRun, type RunList, runDirectory } from './world.ts'

/** What the routes of runs stand on. */
export class OpenWorld implements DashboardWorld {
  readonly root: string
  readonly clock: Clock
  readonly listings: FolderListings
  readonly metrics = new MetricStore()
  readonly rollouts = new RolloutFiles()
  readonly samples = new EvalSampleFiles()
  readonly configHashes = new ConfigHashes()
  readonly evaluations: EvaluationFiles
  readonly briefs: RunBriefs
  readonly changes: ChangeWatch
  readonly #index: RunIndex

  /** @throws `usage/no-folder` */
  constructor(folder: string, clock: Clock) {
    this.root = realFolder(folder)
    this.clock = clock
    this.listings = new FolderListings(clock)
    this.evaluations = new EvaluationFiles(this.listings)
    this.briefs = new RunBriefs(this.evaluations)
    this.#index = new RunIndex(this.root, this.listings)
    this.changes = new ChangeWatch({ list: () => this.runs(), clock })
  }

  dirOf(run: string): string {
    return runDirectory(this.root, run)
  }

  runs(): RunList {
    return this.#index.list()
  }

  /** One run. @throws ApiError 404; `store/bad-run`, `store/newer-run` */
  run(name: string): IndexedRun {
    return this.#index.one(name, this.dirOf(name))
  }
}

function realFolder(folder: string): string {
  try {
    const root = realpathSync(resolve(folder))
    if (statSync(root).isDirectory()) return root
  } catch {}
  throw new GradusError('usage/no-folder', `there is no folder ${folder}`, {
    hint: 'Give a folder of runs, one run, or a lab. Runs are made by gradus train and gradus start.',
  })
}

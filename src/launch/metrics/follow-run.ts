// A job's metrics as an ordinary run directory, so that reports and comparisons work on it. The cluster keeps the whole
// log: going on means reading it again from its beginning, which gives the same rows and none twice. A directory that
// holds more than the log still says is left as it is.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GradusError, messageOf } from '../../base/error.ts'
import { canonicalJson, type Json } from '../../base/json.ts'
import type { Clock, MetricRow, RunStatus } from '../../contracts/index.ts'
import { type OpenRun, openOrCreate, readConfig, readMetrics, readRunInfo } from '../../store/index.ts'
import { type LaunchPlan, planOfJob } from '../launch-plan.ts'
import { followLog, lastLines } from '../ray/follow-log.ts'
import type { Job } from '../ray/job.ts'
import { jobFailed } from '../ray/ray-error.ts'
import type { RayJobs, WaitOptions } from '../ray/ray-jobs.ts'
import { RowReader } from './row-reader.ts'

/** What to follow, and where to. */
export interface FollowOptions extends WaitOptions {
  readonly jobs: RayJobs
  readonly id: string
  /** The run directory: a new one, or one that this job's metrics were written to before. */
  readonly dir: string
  readonly clock: Clock
  readonly command?: string
  readonly versions?: Readonly<Record<string, string>>
  readonly host?: Readonly<Record<string, Json>>
  readonly onRow?: (row: MetricRow) => void
  readonly onServing?: (url: string, node: string) => void
}

/** How it ended. */
export interface Followed {
  readonly status: Exclude<RunStatus, 'running'>
  /** Rows in the directory. */
  readonly rows: number
}

/** Of completions without a verdict, so many are told one by one. */
const toldUnscored = 20

/**
 * Follows a job to its end, or until the signal (`interrupted`, to be gone on with).
 *
 * @throws `remote/job-failed` and `remote/job-stopped` with the last lines, `remote/not-ours`, `remote/log-lost`,
 * `store/different-config`, `store/locked`, and what `RayJobs` throws
 */
export async function followRun(options: FollowOptions): Promise<Followed> {
  const { jobs, id, dir, signal } = options
  const plan = planOfJob(await jobs.job(id, signal))
  if (existsSync(join(dir, 'run.json')) && isOfJob(dir, plan, id)) {
    const rows = readMetrics(dir).rows.length
    if (readRunInfo(dir).status === 'done') return { status: 'done', rows }
    await checkLog(options, plan, rows)
  }
  const run = openRun(options, plan)
  const reader = new RowReader(id, plan)
  let rows = 0
  let unscored = 0
  const take = (line: string): void => {
    const found = reader.read(line)
    if (found?.kind === 'row') {
      run.sink.metrics(found.row)
      options.onRow?.(found.row)
      rows++
    } else if (found?.kind === 'serving') options.onServing?.(found.url, found.node)
    else if (found?.kind === 'unscored' && ++unscored <= toldUnscored) {
      const { verdict, reason, problem } = found
      run.sink.event('warning', { code: 'verify/unscored', message: `${verdict}: ${reason}`, problem })
    }
  }
  let last: Job | undefined
  try {
    for await (const { lines, job } of followLog(jobs, id, options)) {
      for (const line of lines) for (const part of line.split('\r')) take(part)
      last = job
    }
    tellRest(run, reader, unscored)
  } catch (error) {
    if (signal?.aborted === true) {
      run.close('interrupted', 'following was stopped; the job goes on')
      return { status: 'interrupted', rows }
    }
    run.close('interrupted', `following ended: ${messageOf(error).split('\n')[0]}`)
    throw error
  }
  return end(run, options, rows, last)
}

async function end(run: OpenRun, { jobs, id, signal }: FollowOptions, rows: number, job?: Job): Promise<Followed> {
  if (job?.status === 'SUCCEEDED') {
    run.close('done', 'the job succeeded')
    return { status: 'done', rows }
  }
  const status = job?.status === 'STOPPED' ? 'interrupted' : 'failed'
  run.close(status, `the job ended as ${job?.status ?? 'unknown'}: ${job?.message.split('\n')[0] ?? ''}`)
  throw jobFailed(job ?? (await jobs.job(id, signal)), lastLines(await jobs.logs(id, signal)))
}

function tellRest(run: OpenRun, reader: RowReader, unscored: number): void {
  const tell = (code: string, message: string): void => run.sink.event('warning', { code, message })
  if (reader.unmapped.length > 0) {
    tell('train/unmapped-metrics', `metrics without a name of ours, left out: ${reader.unmapped.join(', ')}`)
  }
  if (reader.repeated > 0) tell('train/repeated-steps', `${reader.repeated} rows of steps that came before, left out`)
  if (unscored > toldUnscored) tell('verify/unscored', `${unscored} completions without a verdict in all`)
}

function openRun({ dir, clock, command, versions, host, id, jobs }: FollowOptions, plan: LaunchPlan): OpenRun {
  return openOrCreate({
    dir,
    clock,
    command,
    versions,
    host,
    recipe: plan.recipe ?? plan.system,
    task: plan.task ?? 'none',
    seeds: [plan.seed],
    config: configOf(plan, id),
    configDiff: { launch: { address: jobs.address, job: id } },
  })
}

/** What makes two follows the same run. The address is not part of it: it changes with a tunnel. */
function configOf({ recipe, task, seed, model, config, system, digest }: LaunchPlan, job: string) {
  return { recipe, task, seed, model, config, launch: { system, job, digest } }
}

function isOfJob(dir: string, plan: LaunchPlan, job: string): boolean {
  return canonicalJson(readConfig(dir)) === canonicalJson(configOf(plan, job))
}

/** Refuses to begin again where the log no longer holds what was read from it. */
async function checkLog({ jobs, id, dir, signal }: FollowOptions, plan: LaunchPlan, have: number): Promise<void> {
  const reader = new RowReader(id, plan)
  const log = await jobs.logs(id, signal)
  const still = log.split(/[\n\r]/).filter((line) => reader.read(line)?.kind === 'row').length
  if (still >= have) return
  throw new GradusError('remote/log-lost', `the log of job ${id} holds ${still} steps, and ${dir} has ${have}`, {
    hint: 'The directory is left as it is. The node that the job ran on is gone, or its disk was cleaned.',
  })
}

// Waits until a server that was launched as a job says where it is.

import { planOfJob } from '../launch-plan.ts'
import { RowReader } from '../metrics/row-reader.ts'
import { followLog, lastLines } from './follow-log.ts'
import { jobFailed } from './ray-error.ts'
import type { RayJobs, WaitOptions } from './ray-jobs.ts'

/** A server on the cluster. */
export interface Serving {
  /** As its own node calls it. */
  readonly url: string
  readonly node: string
}

/** @throws `remote/job-failed` with the last lines when the job ends before, and what `RayJobs` throws */
export async function waitForServer(jobs: RayJobs, id: string, options: WaitOptions = {}): Promise<Serving> {
  const reader = new RowReader(id, planOfJob(await jobs.job(id, options.signal)))
  for await (const { lines } of followLog(jobs, id, options)) {
    for (const line of lines) {
      const found = reader.read(line)
      if (found?.kind === 'serving') return { url: found.url, node: found.node }
    }
  }
  throw jobFailed(await jobs.job(id, options.signal), lastLines(await jobs.logs(id, options.signal)))
}

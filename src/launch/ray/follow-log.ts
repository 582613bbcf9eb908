// The lines of a job's log as they come. The server gives the whole log each time, so the reader keeps its place and asks
// less often the longer the log is. It knows nothing of what the lines mean.
import { GradusError } from '../../base/error.ts'
import { isOver, type Job } from './job.ts'
import type { RayJobs, WaitOptions } from './ray-jobs.ts'

/** What came since the last look. */
export interface LogNews {
  /** Whole lines; when the job is over, also a last one without its end. */
  readonly lines: readonly string[]
  /** The job before these lines were read: when it is over, they are the last. */
  readonly job: Job
}

const mebibyte = 2 ** 20

/**
 * News until the job is over, at least one. @throws `remote/unknown-job`, `remote/log-lost`
 */
export async function* followLog(jobs: RayJobs, id: string, options: WaitOptions = {}): AsyncGenerator<LogNews> {
  const { signal, pollMs = 2000 } = options
  let place = 0
  for (;;) {
    // The status first: a log that is read after the end is whole.
    const job = await jobs.job(id, signal)
    const log = await jobs.logs(id, signal)
    if (log.length < place) {
      throw new GradusError('remote/log-lost', `the log of job ${id} is shorter than it was`, {
        hint: 'The node that the job ran on is gone, or its disk was cleaned. What was read before is kept.',
      })
    }
    const end = isOver(job) ? log.length : log.lastIndexOf('\n') + 1
    yield { lines: linesOf(log.slice(place, Math.max(place, end))), job }
    if (isOver(job)) return
    place = Math.max(place, end)
    await jobs.pause(pollMs * (1 + log.length / mebibyte), signal)
  }
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** The last lines of a log that say something. */
export function lastLines(log: string, count = 15): readonly string[] {
  const lines = log.slice(-50_000).split(/[\n\r]/)
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .map((line) => line.slice(0, 500))
}

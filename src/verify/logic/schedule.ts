// Judges a schedule: every job starts at a whole time from 0, after the jobs it waits for, never do jobs together use
// more of a resource than there is, and all end by the deadline. It does not ask whether the schedule is the shortest.
import type { Verdict } from '../../contracts/index.ts'
import { failed, malformed, ruleCount } from './verdicts.ts'

/** A job. It holds its resources from its start up to, not including, its end. */
export interface Job {
  readonly id: string
  /** Whole, at least 1. */
  readonly duration: number
  /** Ids of jobs that must have ended. */
  readonly after?: readonly string[]
  /** How much of each resource it holds. */
  readonly uses?: Readonly<Record<string, number>>
}

/** Jobs, how much there is of each resource, and when all must have ended. */
export interface ScheduleProblem {
  readonly jobs: readonly Job[]
  readonly resources?: Readonly<Record<string, number>>
  readonly deadline?: number
}

const maxJobs = 1_000

/**
 * Whether the starts (one a job, in the order of `jobs`) keep every rule; `parts.rules` is the share of rules that
 * hold, where a wait, a job's resource at its start and a job's deadline is one rule each.
 */
export function checkSchedule(problem: ScheduleProblem, starts: readonly number[]): Verdict {
  const { jobs, resources = {}, deadline = Number.MAX_SAFE_INTEGER } = problem
  if (jobs.length > maxJobs) return failed(`a schedule of ${jobs.length} jobs is not read`)
  const at = new Map(jobs.map((job, i) => [job.id, i]))
  if (at.size !== jobs.length) return failed('two jobs have the same id')
  for (const { id, duration, after = [], uses = {} } of jobs) {
    if (!Number.isSafeInteger(duration) || duration < 1) return failed(`job ${id} takes ${duration}`)
    if (after.some((other) => !at.has(other))) return failed(`job ${id} waits for a job that does not exist`)
    if (Object.keys(uses).some((name) => !Object.hasOwn(resources, name)))
      return failed(`job ${id} uses what is not there`)
  }
  if (starts.length !== jobs.length) return malformed(`it has ${starts.length} starts for ${jobs.length} jobs`)
  const strange = starts.findIndex((start) => !Number.isSafeInteger(start) || start < 0)
  if (strange >= 0) return malformed(`job ${jobs[strange].id} does not start at a whole time from 0`)

  const endOf = (i: number): number => starts[i] + jobs[i].duration
  const count = ruleCount()
  for (const [i, { id, after = [], uses = {} }] of jobs.entries()) {
    for (const other of after) {
      const end = endOf(Number(at.get(other)))
      count.hold(end <= starts[i], () => `job ${id} starts at ${starts[i]}, before ${other} ends at ${end}`)
    }
    // Use only grows at a start, so looking there is enough.
    for (const name of Object.keys(uses)) {
      let used = 0
      for (const [j, other] of jobs.entries()) {
        if (starts[j] <= starts[i] && starts[i] < endOf(j)) used += ownValue(other.uses, name)
      }
      count.hold(
        used <= resources[name],
        () => `at ${starts[i]}, ${used} of ${name} are used; there are ${resources[name]}`,
      )
    }
    count.hold(endOf(i) <= deadline, () => `job ${id} ends at ${endOf(i)}, after the deadline ${deadline}`)
  }
  return count.verdict(`${jobs.length} jobs, all rules kept`)
}

/** A job need not use the resource, and a resource may be called `constructor`. */
function ownValue(uses: Readonly<Record<string, number>> | undefined, name: string): number {
  return uses !== undefined && Object.hasOwn(uses, name) ? uses[name] : 0
}

// Carries out runs one after the other: what is done is passed over, what was begun goes on, what fails is kept in mind
// and the next one begins. How a plan is trained is a parameter.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isGradusError } from '../base/error.ts'
import { readRunInfo } from '../store/index.ts'

/** One run of the queue. */
export interface QueueItem<Plan> {
  /** Id of its testbed. */
  readonly testbed: string
  /** For people: `grpo seed 1`. */
  readonly title: string
  /** Its run directory. */
  readonly dir: string
  readonly plan: Plan
  /** The run whose last model it starts from. */
  readonly startsFrom?: string
}

/** Where a run stands. */
export type RunStanding = 'done' | 'started' | 'failed' | 'to do'

/** Reads where the run in a directory stands; one that cannot be read has failed. */
export function standingOf(dir: string): RunStanding {
  if (!existsSync(join(dir, 'run.json'))) return 'to do'
  try {
    const { status } = readRunInfo(dir)
    return status === 'done' || status === 'failed' ? status : 'started'
  } catch (error) {
    if (!isGradusError(error)) throw error
    return 'failed'
  }
}

/** How to carry out a queue. */
export interface QueueSetting<Plan> {
  /** Runs a plan in its directory, going on where it was. */
  readonly train: (plan: Plan, item: QueueItem<Plan>) => Promise<'done' | 'interrupted'>
  /** The plan with the model of the run that it starts from. */
  readonly startingFrom: (plan: Plan, dir: string) => Plan
  readonly stopRequested: () => boolean
  /** Whether nothing is left to do for it; default: its run is done. */
  readonly isDone?: (item: QueueItem<Plan>) => boolean
  /** Told before each run, with its number from 1. */
  readonly onRun?: (item: QueueItem<Plan>, number: number) => void
  /** Told of each run that failed, when it does. */
  readonly onFailure?: (failure: QueueFailure) => void
}

/** A run that came to nothing. */
export interface QueueFailure {
  readonly title: string
  readonly dir: string
  readonly error: unknown
}

/** How it went. */
export interface QueueOutcome {
  readonly status: 'done' | 'interrupted'
  readonly failures: readonly QueueFailure[]
}

/** What every further run would run into as well. */
const fatal = ['store/disk-full', 'store/not-writable']

/** Carries out the queue; runs whose start is missing are left out. @throws `store/disk-full`, `store/not-writable` */
export async function runQueue<Plan>(
  queue: readonly QueueItem<Plan>[],
  {
    train,
    startingFrom,
    stopRequested,
    isDone = ({ dir }) => standingOf(dir) === 'done',
    onRun,
    onFailure,
  }: QueueSetting<Plan>,
): Promise<QueueOutcome> {
  const failures: QueueFailure[] = []
  for (const [i, item] of queue.entries()) {
    if (stopRequested()) return { status: 'interrupted', failures }
    const { title, dir, startsFrom } = item
    try {
      if (isDone(item)) continue
      // The failure of the run that it starts from is told already.
      if (startsFrom !== undefined && standingOf(startsFrom) !== 'done') continue
      onRun?.(item, i + 1)
      const plan = startsFrom === undefined ? item.plan : startingFrom(item.plan, startsFrom)
      if ((await train(plan, item)) === 'interrupted') return { status: 'interrupted', failures }
    } catch (error) {
      if (isGradusError(error) && fatal.includes(error.code)) throw error
      const failure = { title, dir, error }
      failures.push(failure)
      onFailure?.(failure)
    }
  }
  return { status: 'done', failures }
}

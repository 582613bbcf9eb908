// What `gradus rewards` does: opens a port for the verifier of a task, says so, and waits for the signal to end.
import { GradusError } from '../../base/error.ts'
import type { Problem, Task } from '../../contracts/index.ts'
import { createApp, isLoopback, listen, Traffic } from '../../serve/index.ts'
import { rewardRoutes } from '../../serve/rewards/index.ts'
import { findTask, readDataset, readKnobs } from '../../tasks/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { Interruption } from './interruption.ts'
import { parseKnobs } from './overrides.ts'
import { columnsOf, localData } from './problem-data.ts'

/** Options of the verb. */
export interface RewardsOptions {
  readonly task: string
  readonly data?: string
  readonly columns?: string
  readonly set: readonly string[]
  readonly host: string
  readonly port: number
  readonly apiKeyEnv?: string
  readonly threads: number
  /** Seconds. */
  readonly timeout: number
  readonly maxQueue: number
  /** Seconds. */
  readonly drain: number
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb, until a signal. @throws `usage/...`, `config/...`, `data/...` */
export async function rewardsCommand(options: RewardsOptions, { io }: Shell): Promise<ExitCode> {
  const { task: id, host, apiKeyEnv, threads, timeout, maxQueue, drain } = options
  const task = findTask(id)
  const knobs = parseKnobs(options.set)
  if (options.set.length > 0) readKnobs(task.id, task.knobs, knobs)
  const apiKey = keyIn(apiKeyEnv)
  const log = (line: string): void => io.err(`${line}\n`)
  const problems = await rowsOf(task, options, log)
  const routes = rewardRoutes({ task, problems, knobs, threads, timeoutMs: timeout * 1000, waiting: maxQueue })
  const traffic = new Traffic()
  let onRequest = (): void => {}
  const stopped = new Promise<void>((resolve) => {
    onRequest = resolve
  })
  const interruption = new Interruption({ onRequest, onForce: () => process.exit(exitCodes.failed) })
  try {
    const listening = await listen(options, traffic, (hosts) =>
      createApp({ groups: [routes], traffic, log, hosts, apiKey }),
    )
    if (!isLoopback(host) && apiKey === undefined) {
      log(`warning: anyone who reaches ${host} may use this server. Give it a key with --api-key-env.`)
    }
    const { url } = listening
    io.out(options.json ? `${JSON.stringify({ url, task: task.id })}\n` : `rewards of ${task.id} at ${url}\n`)
    await stopped
    if (!options.quiet) log(`stopping: ${traffic.running} requests are running`)
    const cut = await listening.close(drain * 1000)
    if (cut > 0) log(`${cut} requests did not end within ${drain} s and were cut off`)
  } finally {
    interruption.dispose()
    await routes.close?.()
  }
  return exitCodes.ok
}

/** The key in an environment variable. @throws `usage/no-api-key` */
export function keyIn(variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined
  const key = process.env[variable]
  if (key) return key
  throw new GradusError('usage/no-api-key', `the environment variable ${variable} is not set`, {
    hint: `Set it in front of the command: ${variable}=... gradus ...`,
  })
}

async function rowsOf(task: Task, options: RewardsOptions, log: (line: string) => void): Promise<readonly Problem[]> {
  const { data, columns } = options
  if (data === undefined) return []
  const path = await localData(data, log)
  return readDataset(path, task, { columns: columns === undefined ? undefined : columnsOf(columns) })
}

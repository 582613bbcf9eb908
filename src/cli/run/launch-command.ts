// What `gradus launch skyrl|trl|verl` does: resolves the settings, makes the files, uploads them and submits the job.
import { randomBytes } from 'node:crypto'
import { GradusError } from '../../base/error.ts'
import type { Knobs, Problem, Split, Task } from '../../contracts/index.ts'
import {
  findSystem,
  isOver,
  jobRequest,
  type Launch,
  type LaunchProblems,
  type LaunchSystem,
  packageOf,
  planOf,
  type RayJobs,
  waitForServer,
} from '../../launch/index.ts'
import { formatBytes } from '../../store/index.ts'
import { atLevels, findTask, readKnobs } from '../../tasks/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Io, Shell } from '../io.ts'
import { clusterOf, type JobOptions } from './launch-job-command.ts'
import { isSettings, parseAssignments, type Settings } from './overrides.ts'
import { columnsOf, dataSource, loadProblems, localData } from './problem-data.ts'
import { resolveConfig } from './resolve-config.ts'
import { keyIn } from './rewards-command.ts'

/** Options of the verb's starting parts; those from `task` on are of systems that train. */
export interface LaunchOptions extends JobOptions {
  readonly model: string
  readonly set: readonly string[]
  readonly seed: number
  readonly id?: string
  readonly dryRun?: boolean
  readonly wait?: boolean
  readonly task?: string
  readonly data?: string
  readonly columns?: string
  readonly levels?: readonly number[]
  readonly n?: number
  readonly split?: Split
  readonly rewards?: string
  readonly rewardsKeyEnv?: string
}

/** Held-out problems that are sent at most. */
const mostHeld = 1024

/** Runs the verb. @throws `usage/...`, `config/...`, `data/...`, `remote/...` */
export async function launchCommand(name: string, options: LaunchOptions, { io }: Shell): Promise<ExitCode> {
  const system = findSystem(name)
  const config = resolveConfig({
    schema: system.schema,
    presets: [system.presets],
    overrides: parseAssignments(options.set),
  })
  const { model, seed } = options
  const problems = system.trains ? await problemsOf(options, config, io) : undefined
  const key = keyIn(options.rewardsKeyEnv)
  const rewards = options.rewards === undefined ? undefined : { url: rewardsUrl(options.rewards), ...(key && { key }) }
  const setting = { model, seed, ...(problems && { problems }), ...(rewards && { rewards }) }
  const launch = system.make(config, setting)
  const files = packageOf(launch.files)
  const plan = planOf(system, config, setting, launch, files)
  const id = options.id ?? newId(system, problems?.task)
  const request = jobRequest(id, plan, launch, `gcs://${files.name}`)
  if (options.dryRun) {
    showPlan(options, { id, launch, request, bytes: files.bytes.length }, io)
    return exitCodes.ok
  }
  const jobs = clusterOf(options)
  try {
    const tell = (line: string): void => {
      if (!options.quiet) io.err(`${line}\n`)
    }
    tell(`Ray ${await jobs.version()} at ${jobs.address}`)
    await jobs.upload(files)
    const { job, isNew } = await jobs.submit(request)
    if (!isNew) tell(`the job was there already: ${job.status}`)
    if (system.trains || options.wait === false || isOver(job)) tellJob(options, id, system, io)
    else await tellServer(options, jobs, id, io)
  } finally {
    jobs.close()
  }
  return exitCodes.ok
}

function tellJob({ json, address }: LaunchOptions, id: string, { trains }: LaunchSystem, io: Io): void {
  const at = address === undefined ? '' : ` --address ${address}`
  if (json) io.out(`${JSON.stringify({ id })}\n`)
  else io.out(`${id}\n`)
  if (!json) io.err(`next: gradus launch ${trains ? 'follow' : 'logs'} ${id}${at}\n`)
}

/** Waits for a server, and says how it is used. */
async function tellServer({ json, quiet }: LaunchOptions, jobs: RayJobs, id: string, io: Io): Promise<void> {
  if (!quiet) io.err(`waiting for ${id} to answer; Ctrl-C leaves it running\n`)
  const { url, node } = await waitForServer(jobs, id, { pollMs: 500 })
  if (json) {
    io.out(`${JSON.stringify({ id, url, node })}\n`)
    return
  }
  io.out(`${id}\n`)
  const { hostname, port } = new URL(url)
  const isLocal = hostname === '127.0.0.1' || hostname === 'localhost'
  if (isLocal) io.err(`it listens on node ${node} only: ssh -L ${port}:127.0.0.1:${port} ${node}\n`)
  io.err(`next: TINKER_API_KEY=tml-none gradus train grpo --model FOLDER --engine tinker:${url} (docs/cluster.md)\n`)
}

function showPlan(
  { json }: LaunchOptions,
  { id, launch, request, bytes }: { id: string; launch: Launch; request: ReturnType<typeof jobRequest>; bytes: number },
  io: Io,
): void {
  const shown = masked(request.runtimeEnv)
  if (json) {
    io.out(`${JSON.stringify({ ...request, runtimeEnv: shown, bytes, files: launch.files, theirs: launch.theirs })}\n`)
    return
  }
  const lines = Object.entries(launch.files).map(([path, text]) => {
    const first = path.endsWith('.py') ? '' : `  ${String(text).slice(0, 100).replace(/\s+/g, ' ')}`
    return `  ${path.padEnd(18)}${String(text.length).padStart(9)} characters${first}`
  })
  io.out(
    [
      `job ${id}`,
      `command\n  ${launch.entrypoint}`,
      `environment\n  ${JSON.stringify(shown)}`,
      `files (${formatBytes(bytes)} packed)`,
      ...lines,
      'settings under their names',
      ...Object.entries(launch.theirs).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
      '',
    ].join('\n'),
  )
}

function masked(runtimeEnv: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { env_vars: variables } = runtimeEnv
  if (!isSettings(variables) || variables.GRADUS_REWARDS_KEY === undefined) return runtimeEnv
  return { ...runtimeEnv, env_vars: { ...variables, GRADUS_REWARDS_KEY: '***' } }
}

/** Problems to train on and held-out ones: of a file, or made. */
async function problemsOf(options: LaunchOptions, config: Settings, io: Io): Promise<LaunchProblems> {
  const { data, columns, levels, n = 4096, split = 'train' } = options
  const task = findTask(options.task ?? '')
  if (data !== undefined) {
    const path = await localData(data, (line) => io.err(`${line}\n`))
    const source = dataSource(path, levels, columns === undefined ? undefined : columnsOf(columns))
    const { train, held } = await loadProblems(source, task)
    return { task, train, held: held.slice(0, mostHeld) }
  }
  const knobs = (isSettings(config.knobs) ? config.knobs : {}) as Knobs
  readKnobs(task.id, task.knobs, knobs)
  const from = levels === undefined ? task : atLevels(task, levels)
  const make = (of: Split, count: number): readonly Problem[] =>
    Array.from({ length: count }, (_, i) => from.problem(of, i, knobs))
  const { evaluation } = config as { evaluation?: { problems?: number } }
  const heldSplit: Split = split === 'validation' ? 'test' : 'validation'
  return { task, train: make(split, n), held: make(heldSplit, Math.min(mostHeld, evaluation?.problems ?? 0)) }
}

function rewardsUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, '')
  throw new GradusError('usage/bad-option', `--rewards cannot be "${text}"`, {
    hint: 'Give the address of `gradus rewards` as the cluster reaches it, such as http://10.0.0.5:8100.',
  })
}

/** Unlike any other, so that no two launches meet. */
function newId({ id }: LaunchSystem, task: Task | undefined): string {
  const words = ['gradus', id, ...(task === undefined ? [] : [task.id.replace(/[^A-Za-z0-9-]+/g, '-')])]
  return [...words, randomBytes(4).toString('hex')].join('-')
}

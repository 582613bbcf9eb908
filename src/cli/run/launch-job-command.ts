// What `gradus launch status|logs|follow|stop` do with jobs that were submitted.
import { join } from 'node:path'
import { followLog, followRun, type Job, RayJobs } from '../../launch/index.ts'
import { formatDuration, formatNumber } from '../../store/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { hostFacts, processClock, versions } from './host-facts.ts'
import { Interruption } from './interruption.ts'
import { textTable } from './text-table.ts'

/** Options of all parts of the verb. */
export interface JobOptions {
  readonly address?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** The cluster that is meant. @throws `remote/bad-url` */
export function clusterOf({ address }: JobOptions): RayJobs {
  const usual = process.env.RAY_API_SERVER_ADDRESS || 'http://127.0.0.1:8265'
  const token = process.env.RAY_AUTH_TOKEN || undefined
  return new RayJobs({ address: address ?? usual, token, timeoutMs: 60_000 })
}

/** `gradus launch status [ID]` @throws `remote/...` */
export async function showStatus(id: string | undefined, options: JobOptions, { io }: Shell): Promise<void> {
  const jobs = clusterOf(options)
  try {
    if (id === undefined) await jobs.version()
    const found = id === undefined ? await jobs.list() : [await jobs.job(id)]
    if (options.json) {
      io.out(`${JSON.stringify(id === undefined ? found : found[0])}\n`)
      return
    }
    const rows = found.map((job) => [job.id, job.status, lasted(job), job.message.split('\n')[0].slice(0, 80)])
    io.out(`${textTable(['job', 'status', 'time', 'what Ray says'], rows)}\n`)
  } finally {
    jobs.close()
  }
}

function lasted({ startedMs, endedMs }: Job): string {
  if (startedMs === undefined) return ''
  const until = endedMs || Date.parse(processClock.iso())
  return formatDuration(Math.max(0, (until - startedMs) / 1000))
}

/** `gradus launch logs ID` @throws `remote/...` */
export async function showLogs(
  id: string,
  options: JobOptions & { readonly follow?: boolean },
  { io }: Shell,
): Promise<void> {
  const jobs = clusterOf(options)
  try {
    if (!options.follow) {
      const logs = await jobs.logs(id)
      io.out(options.json ? `${JSON.stringify({ id, logs })}\n` : logs)
      return
    }
    for await (const { lines } of followLog(jobs, id)) {
      for (const line of lines) io.out(options.json ? `${JSON.stringify({ line })}\n` : `${line}\n`)
    }
  } finally {
    jobs.close()
  }
}

/** `gradus launch follow ID` @throws `remote/...`, `store/...` */
export async function followJob(
  id: string,
  options: JobOptions & { readonly out?: string; readonly every: number },
  { io, command }: Shell,
): Promise<ExitCode> {
  const dir = options.out ?? join('runs', id.replace(/[^\w.-]+/g, '-'))
  const jobs = clusterOf(options)
  const stop = new AbortController()
  const interruption = new Interruption({
    onRequest: () => stop.abort(),
    onForce: () => process.exit(exitCodes.failed),
  })
  const tell = (line: string): void => {
    if (!options.quiet) io.err(`${line}\n`)
  }
  try {
    const { status, rows } = await followRun({
      jobs,
      id,
      dir,
      signal: stop.signal,
      pollMs: options.every * 1000,
      clock: processClock,
      command,
      versions: versions(),
      host: hostFacts(),
      onRow: (row) => tell(`step ${row.step}  reward ${formatNumber(row['reward/mean'] ?? Number.NaN)}`),
      onServing: (url) => tell(`serving at ${url}`),
    })
    if (options.json) io.out(`${JSON.stringify({ id, dir, status, rows })}\n`)
    else io.out(`${dir}: ${rows} rows, ${status}\n`)
    if (status !== 'interrupted') return exitCodes.ok
    io.err(`go on with: gradus launch follow ${id} --out ${dir}\n`)
    return exitCodes.interrupted
  } finally {
    interruption.dispose()
    jobs.close()
  }
}

/** `gradus launch stop ID` @throws `remote/...` */
export async function stopJob(id: string, options: JobOptions, { io }: Shell): Promise<void> {
  const jobs = clusterOf(options)
  try {
    const asked = await jobs.stop(id)
    const job = await jobs.wait(id, { pollMs: 500 })
    if (options.json) io.out(`${JSON.stringify({ id, stopped: asked, status: job.status })}\n`)
    else io.out(`${id}: ${asked ? '' : 'it was over already: '}${job.status}\n`)
  } finally {
    jobs.close()
  }
}

// A client of Ray's Jobs API (docs.ray.io, "Ray Jobs REST API"): packages, jobs, their logs. A job is named by whoever
// submits it, and Ray takes a name once: so a submission whose answer was lost is looked up, and never done twice.
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type GradusError, isGradusError } from '../../base/error.ts'
import {
  HttpClient,
  type HttpOptions,
  type HttpReply,
  type HttpRequest,
  replyOf,
} from '../../engine/remote/http/index.ts'
import type { Package } from '../package/package.ts'
import { isOver, type Job, type JobRequest, jobOf, jobSchema } from './job.ts'
import { plainFetch } from './plain-fetch.ts'
import { connectionError, jobExists, notRay, refused, unauthorised, unknownJob } from './ray-error.ts'

/** Where Ray is. */
export interface RayOptions extends Pick<HttpOptions, 'fetch' | 'rng' | 'timeoutMs' | 'attempts'> {
  /** Of the dashboard, such as `http://127.0.0.1:8265`. */
  readonly address: string
  /** Of a cluster with token authentication. */
  readonly token?: string
  /** For tests. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** How long and how often to look. */
export interface WaitOptions {
  readonly signal?: AbortSignal
  /** Time between two looks; default 2,000. */
  readonly pollMs?: number
}

const versionSchema = z.object({ version: z.string(), ray_version: z.string() })
const logsSchema = z.object({ logs: z.string() })
const submittedSchema = z.object({ submission_id: z.string() })

/** Times that a submission without a clear answer is looked up and sent again. */
const submissions = 4

/** Jobs of one cluster. Errors: `remote/no-ray`, `remote/not-ray`, `remote/ray-token`, `remote/ray-refused`. */
export class RayJobs {
  readonly #http: HttpClient
  readonly #sleep: (ms: number, signal?: AbortSignal) => Promise<void>

  constructor({ address, token, sleep, attempts = 4, fetch = plainFetch, ...http }: RayOptions) {
    const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` }
    this.#sleep = sleep ?? ((ms, signal) => delay(ms, undefined, { signal }))
    this.#http = new HttpClient({ ...http, fetch, baseUrl: address, headers, attempts, sleep })
  }

  get address(): string {
    return this.#http.baseUrl
  }

  /** The version of Ray, and so a check that there is one. */
  async version(signal?: AbortSignal): Promise<string> {
    const reply = await this.#ask('api/version', { signal })
    if (!isOk(reply)) throw notRay(this.address, `it answered ${reply.status}`)
    return this.#read(versionSchema, reply).ray_version
  }

  /** Brings a package to the cluster, unless it is there; gives the URI for `working_dir`. */
  async upload({ name, bytes }: Package, signal?: AbortSignal): Promise<string> {
    const path = `api/packages/gcs/${name}`
    const found = await this.#ask(path, { signal })
    if (found.status === 404) {
      const reply = await this.#ask(path, {
        method: 'PUT',
        body: bytes,
        contentType: 'application/zip',
        retry: 'read',
        signal,
      })
      if (!isOk(reply)) throw refused('take the working directory', reply)
    } else if (!isOk(found)) throw refused('look for the working directory', found)
    return `gcs://${name}`
  }

  /**
   * Starts a job, or finds it when one of this id and the same metadata is there already.
   * @throws `remote/job-exists` when the id belongs to another job
   */
  async submit(request: JobRequest, signal?: AbortSignal): Promise<{ readonly job: Job; readonly isNew: boolean }> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#trySubmit(request, signal)
      // Submitted is not yet listed: a moment may pass.
      const job = await this.#find(request.id, signal)
      if (job !== undefined) {
        if (!isSame(job, request)) throw jobExists(request.id, job)
        return { job, isNew: attempt > 1 || !saysItExists(outcome) }
      }
      const mayTryAgain = outcome === 'taken' || isAmbiguous(outcome)
      if (!mayTryAgain || attempt === submissions) {
        throw outcome === 'taken' ? unknownJob(this.address, request.id) : this.#submitError(outcome)
      }
      await this.#sleep(500 * attempt, signal)
    }
  }

  /** @throws `remote/unknown-job` */
  async job(id: string, signal?: AbortSignal): Promise<Job> {
    const job = await this.#find(id, signal)
    if (job === undefined) throw unknownJob(this.address, id)
    return job
  }

  /** Jobs that were submitted, the newest first. */
  async list(signal?: AbortSignal): Promise<readonly Job[]> {
    const reply = await this.#ask('api/jobs/', { signal })
    if (!isOk(reply)) throw refused('list the jobs', reply)
    return this.#read(z.array(jobSchema), reply)
      .flatMap((answer) => (answer.submission_id ? [jobOf(answer, answer.submission_id)] : []))
      .sort((a, b) => (b.startedMs ?? 0) - (a.startedMs ?? 0))
  }

  /** The whole log so far. @throws `remote/unknown-job` */
  async logs(id: string, signal?: AbortSignal): Promise<string> {
    const reply = await this.#ask(`${jobPath(id)}/logs`, { signal })
    if (reply.status === 404) throw unknownJob(this.address, id)
    if (!isOk(reply)) throw refused(`give the log of ${id}`, reply)
    return this.#read(logsSchema, reply).logs
  }

  /** Asks a job to end; false when it had ended. It is given some seconds. @throws `remote/unknown-job` */
  async stop(id: string, signal?: AbortSignal): Promise<boolean> {
    const reply = await this.#ask(`${jobPath(id)}/stop`, { method: 'POST', retry: 'read', signal })
    if (reply.status === 404) throw unknownJob(this.address, id)
    if (!isOk(reply)) throw refused(`stop ${id}`, reply)
    return this.#read(z.object({ stopped: z.boolean() }), reply).stopped
  }

  /** Forgets a job that is over. @throws `remote/unknown-job` */
  async delete(id: string, signal?: AbortSignal): Promise<void> {
    const reply = await this.#ask(jobPath(id), { method: 'DELETE', signal })
    if (reply.status === 404) throw unknownJob(this.address, id)
    if (!isOk(reply)) throw refused(`delete ${id}`, reply)
  }

  /** Waits until the job is over. */
  async wait(id: string, { signal, pollMs = 2000 }: WaitOptions = {}): Promise<Job> {
    for (;;) {
      const job = await this.job(id, signal)
      if (isOver(job)) return job
      await this.#sleep(pollMs, signal)
    }
  }

  /** Waits as between two looks at the cluster. */
  pause(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#sleep(ms, signal)
  }

  close(): void {
    this.#http.close()
  }

  /** One attempt: it was taken, or the reply or error that leaves that open or says no. */
  async #trySubmit(request: JobRequest, signal?: AbortSignal): Promise<'taken' | HttpReply | GradusError> {
    const { id, entrypoint, runtimeEnv, metadata, cpus, gpus } = request
    const json = {
      submission_id: id,
      entrypoint,
      runtime_env: runtimeEnv,
      metadata,
      ...(cpus !== undefined && { entrypoint_num_cpus: cpus }),
      ...(gpus !== undefined && { entrypoint_num_gpus: gpus }),
    }
    let reply: HttpReply
    try {
      reply = await this.#http.request('api/jobs/', { json, retry: 'submit', signal })
    } catch (error) {
      const last = replyOf(error)
      if (last !== undefined) return last
      if (isGradusError(error) && (error.code === 'remote/timeout' || error.code === 'remote/unreachable')) return error
      throw error
    }
    if (!isOk(reply)) return reply
    this.#read(submittedSchema, reply)
    return 'taken'
  }

  #submitError(outcome: HttpReply | GradusError): unknown {
    if (isGradusError(outcome)) return connectionError(outcome, this.address)
    return outcome.status === 401 || outcome.status === 403
      ? unauthorised(this.address, outcome)
      : refused('take the job', outcome)
  }

  async #find(id: string, signal?: AbortSignal): Promise<Job | undefined> {
    const reply = await this.#ask(jobPath(id), { signal })
    if (reply.status === 404) return undefined
    if (!isOk(reply)) throw refused(`tell of job ${id}`, reply)
    return jobOf(this.#read(jobSchema, reply), id)
  }

  async #ask(path: string, request: HttpRequest): Promise<HttpReply> {
    let reply: HttpReply
    try {
      reply = await this.#http.request(path, request)
    } catch (error) {
      const last = replyOf(error)
      if (last === undefined) throw connectionError(error, this.address)
      reply = last
    }
    if (reply.status === 401 || reply.status === 403) throw unauthorised(this.address, reply)
    return reply
  }

  #read<T>(schema: z.ZodType<T>, reply: HttpReply): T {
    let value: unknown
    try {
      value = reply.json()
    } catch {
      throw notRay(this.address, 'its answer is no JSON')
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    const [{ path, message }] = parsed.error.issues
    throw notRay(this.address, `its answer has another form (${path.join('.') || 'all of it'}: ${message})`)
  }
}

const isOk = ({ status }: HttpReply): boolean => status >= 200 && status < 300
const jobPath = (id: string): string => `api/jobs/${encodeURIComponent(id)}`

/** Whether the job may have been made although this came of asking for it. */
function isAmbiguous(outcome: 'taken' | HttpReply | GradusError): boolean {
  if (outcome === 'taken') return false
  return isGradusError(outcome) || outcome.status >= 500
}

/** Ray's answer to an id that is taken, whatever its status. */
function saysItExists(outcome: 'taken' | HttpReply | GradusError): boolean {
  return outcome !== 'taken' && !isGradusError(outcome) && outcome.text().includes('already exists')
}

/** Jobs of other contents differ in their metadata, which holds a digest. */
function isSame({ entrypoint, metadata }: Job, request: JobRequest): boolean {
  const names = Object.keys(request.metadata)
  return entrypoint === request.entrypoint && names.every((name) => metadata[name] === request.metadata[name])
}

// A job server on 127.0.0.1 with Ray's answers, its refusal of browsers included, and faults on request. Jobs do nothing:
// a test sets their status and log.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JobStatus } from '../ray/job.ts'

/** A job that a test may change. */
export interface FakeJob {
  status: JobStatus
  log: string
  readonly body: Readonly<Record<string, unknown>>
  message?: string
  exitCode?: number
}

/** What becomes of one request: `before` it is carried out, or `after`. */
export type Fault = 'drop-before' | 'drop-after' | { readonly status: number; readonly text: string }

/** The server. */
export interface FakeRay {
  readonly url: string
  readonly jobs: Map<string, FakeJob>
  readonly packages: Map<string, Buffer>
  /** `POST /api/jobs/` and so on, in order. */
  readonly asked: string[]
  /** Faults of the next requests that begin so. */
  readonly faults: { readonly of: string; readonly fault: Fault }[]
  token?: string
  close(): Promise<void>
}

export async function fakeRay(): Promise<FakeRay> {
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const ray: FakeRay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    jobs: new Map(),
    packages: new Map(),
    asked: [],
    faults: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const what = `${request.method} ${request.url}`
    ray.asked.push(what)
    const at = ray.faults.findIndex(({ of }) => what.startsWith(of))
    const fault = at < 0 ? undefined : ray.faults.splice(at, 1)[0].fault
    if (fault === 'drop-before') return void request.socket.resetAndDestroy()
    if (typeof fault === 'object') return send(response, fault.status, fault.text)
    const [status, body] = answer(request, Buffer.concat(chunks))
    if (fault === 'drop-after') return void request.socket.resetAndDestroy()
    send(response, status, typeof body === 'string' ? body : JSON.stringify(body))
  }

  function answer(request: IncomingMessage, body: Buffer): [number, unknown] {
    const { method, url = '', headers } = request
    if (headers['sec-fetch-mode'] !== undefined && method !== 'GET') {
      return [405, `'${method}' method not allowed for browser traffic.`]
    }
    if (ray.token !== undefined && headers.authorization !== `Bearer ${ray.token}`) {
      return headers.authorization === undefined
        ? [401, 'Unauthorized: Missing authentication token']
        : [403, 'Forbidden: Invalid authentication token']
    }
    if (url === '/api/version')
      return [200, { version: '4', ray_version: '2.60.0', ray_commit: 'x', session_name: 's' }]
    const [, name] = /^\/api\/packages\/gcs\/(.+)$/.exec(url) ?? []
    if (name !== undefined) {
      if (method === 'PUT') ray.packages.set(name, body)
      return ray.packages.has(name) ? [200, ''] : [404, `Package gcs://${name} does not exist`]
    }
    if (url === '/api/jobs/' && method === 'GET') return [200, [...ray.jobs].map(([id, job]) => details(id, job))]
    if (url === '/api/jobs/') return submit(JSON.parse(body.toString()))
    const [, encoded = '', part] = /^\/api\/jobs\/([^/]+)(\/\w+)?$/.exec(url) ?? []
    const id = decodeURIComponent(encoded)
    const job = ray.jobs.get(id)
    if (job === undefined) return [404, `Job ${id} does not exist`]
    if (part === '/logs') return [200, { logs: job.log }]
    if (part === '/stop') {
      const stopped = job.status === 'RUNNING' || job.status === 'PENDING'
      if (stopped) job.status = 'STOPPED'
      return [200, { stopped }]
    }
    if (method === 'DELETE') return [200, { deleted: ray.jobs.delete(id) }]
    return [200, details(id, job)]
  }

  function submit(body: Record<string, unknown>): [number, unknown] {
    const id = String(body.submission_id)
    if (ray.jobs.has(id)) return [500, `Traceback\nValueError: Job with submission_id ${id} already exists.`]
    ray.jobs.set(id, { status: 'RUNNING', log: '', body })
    return [200, { job_id: id, submission_id: id }]
  }

  const details = (id: string, { status, body, message = 'as Ray says', exitCode }: FakeJob) => ({
    type: 'SUBMISSION',
    submission_id: id,
    job_id: null,
    status,
    entrypoint: body.entrypoint,
    message,
    error_type: null,
    start_time: 1000,
    end_time: null,
    metadata: body.metadata,
    driver_exit_code: exitCode ?? null,
  })

  return ray
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status)
  response.end(text)
}

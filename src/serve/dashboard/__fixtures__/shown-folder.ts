// A folder of runs written by hand, whole or broken, and the dashboard's app over it without a socket.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { RunInfo } from '../../../contracts/run.ts'
import { tickingClock } from '../../../store/__fixtures__/toy-run.ts'
import { createApp } from '../../http/app.ts'
import { Traffic } from '../../http/traffic.ts'
import { type DashboardOptions, dashboardRoutes } from '../dashboard-routes.ts'

/** A run's files: JSON as values, logs as rows. */
export interface HandRun {
  readonly info?: Partial<RunInfo>
  readonly config?: unknown
  readonly metrics?: readonly unknown[]
  readonly events?: readonly unknown[]
  readonly rollouts?: Readonly<Record<number, readonly unknown[]>>
  /** Results by `task@step`. */
  readonly results?: Readonly<Record<string, unknown>>
  readonly samples?: Readonly<Record<string, readonly unknown[]>>
}

/** `run.json` of a finished run. */
export const info: RunInfo = {
  schema: 1,
  id: 'r',
  status: 'done',
  recipe: 'grpo',
  task: 'sums',
  seeds: [1],
  versions: {},
  host: {},
  startedAt: '2026-01-01T00:00:00.000Z',
  resumes: 0,
}

/** Rows as the lines of a log. */
export const linesOf = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** A temporary folder of runs. */
export class ShownFolder {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'gradus-show-')))

  /** Writes a file of a run, or any other below the folder. */
  write(path: string, content: string | Uint8Array): string {
    const file = join(this.root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    return file
  }

  /** Writes a run, and gives its directory. */
  add(name: string, run: HandRun = {}): string {
    const put = (path: string, content: string): string => this.write(`${name}/${path}`, content)
    put('run.json', JSON.stringify({ ...info, id: name, ...run.info }))
    put('config.json', JSON.stringify(run.config ?? { recipe: 'grpo', seed: 1, config: { lr: 0.1 } }))
    put('config.diff.json', '{"lr":0.1}')
    if (run.metrics) put('metrics.jsonl', linesOf(run.metrics))
    if (run.events) put('events.jsonl', linesOf(run.events))
    for (const [step, rows] of Object.entries(run.rollouts ?? {})) {
      put(`rollouts/step-${step.padStart(6, '0')}.jsonl`, linesOf(rows))
    }
    for (const [name, result] of Object.entries(run.results ?? {})) put(`evals/${name}.json`, JSON.stringify(result))
    for (const [name, rows] of Object.entries(run.samples ?? {})) put(`evals/${name}.samples.jsonl`, linesOf(rows))
    return join(this.root, name)
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }

  /** The app over this folder or one below it, or over another. */
  open(options: Partial<DashboardOptions> = {}): ShownApp {
    return new ShownApp({ folder: this.root, ...options })
  }
}

/** What came back. */
export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
  readonly body: any
  readonly text: string
  readonly headers: Headers
}

/** The dashboard's app. */
export class ShownApp {
  readonly logged: string[] = []
  readonly #app: ReturnType<typeof createApp>
  readonly #close: (() => Promise<void>) | undefined

  constructor(options: Partial<DashboardOptions> & Pick<DashboardOptions, 'folder'>) {
    const log = (line: string): void => void this.logged.push(line)
    const routes = dashboardRoutes({
      version: '1.2.3',
      clock: tickingClock(),
      webFolder: () => undefined,
      log,
      ...options,
    })
    this.#app = createApp({ groups: [routes], traffic: new Traffic(), log })
    this.#close = routes.close
  }

  /** Ends streams. */
  async close(): Promise<void> {
    await this.#close?.()
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (!headers.has('host')) headers.set('host', '127.0.0.1:4747')
    return this.#app.request(`http://127.0.0.1:4747${path}`, { ...init, headers })
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return replyOf(await this.request(path, { headers }))
  }

  async put(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const all = { 'content-type': 'application/json', ...headers }
    return replyOf(await this.request(path, { method: 'PUT', body: text, headers: all }))
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined, headers: response.headers }
}

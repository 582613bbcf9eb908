// A real Hatchery server on this machine's CPU, for as long as a test needs it, and the guard for tests that need one. It
// lives in a folder of its own (install.sh) and runs on the Python of the counterparts.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'
import { counterparts } from '../../python.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const packages = resolve(here, '../../..', process.env.GRADUS_HATCHERY_ENV ?? '.venv-hatchery')
const stamp = join(packages, 'gradus-requirements.txt')
const isThere =
  counterparts.isThere &&
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === readFileSync(join(here, 'requirements.txt'), 'utf8')

/** `describe` for tests that need the server; without it they are skipped, or fail with GRADUS_REQUIRE_ALL. */
export function describeHatchery(title: string, tests: () => void): void {
  const reason = 'needs Hatchery (run scripts/python-env.sh counterparts, then test/counterparts/hatchery/install.sh)'
  if (isThere) describe(title, tests)
  else if (process.env.GRADUS_REQUIRE_ALL)
    it(title, () => {
      throw new Error(`${reason}, and GRADUS_REQUIRE_ALL is set`)
    })
  else it.skip(`${title}: skipped: ${reason}`, () => {})
}

/** The key that the server wants. */
export const HATCHERY_KEY = 'tml-test'

/** A server that runs. */
export interface HatcheryServer {
  /** Origin. */
  readonly url: string
  /** What it wrote so far, its last 20,000 characters. */
  log(): string
  stop(): Promise<void>
}

/** Starts a server on the model in a folder, whose path is the model's name. */
export async function startHatchery(model: string): Promise<HatcheryServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const state = mkdtempSync(join(tmpdir(), 'hatchery-'))
  const env = {
    ...process.env,
    PYTHONPATH: packages,
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
    TOKENIZERS_PARALLELISM: 'false',
    OMP_NUM_THREADS: '1',
    HATCHERY_DEV_API_KEY: HATCHERY_KEY,
    HATCHERY_DEV_BASE_MODEL: model,
    HATCHERY_DEV_PORT: String(port),
    HATCHERY_WORKER_LOCAL_DIR: state,
  }
  const child = spawn(counterparts.interpreter, [join(here, 'serve.py')], { env, cwd: state })
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written = (written + text).slice(-20_000)
    })
  const ended = new Promise<void>((settle) => child.once('close', () => settle()))
  const server: HatcheryServer = {
    url,
    log: () => written,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
      rmSync(state, { recursive: true, force: true })
    },
  }
  for (let second = 0; second < 120 && child.exitCode === null; second++) {
    try {
      if ((await fetch(`${url}/api/v1/healthz`)).ok) return server
    } catch {}
    await new Promise((settle) => setTimeout(settle, 1000))
  }
  await server.stop()
  throw new Error(`Hatchery did not start:\n${written.slice(-4000)}`)
}

/** A port that nothing listens on at this moment. */
function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const probe = createServer()
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

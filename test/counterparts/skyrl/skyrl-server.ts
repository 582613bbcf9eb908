// A real SkyRL server on this machine's CPU, for as long as a test needs it.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { counterparts } from '../../python.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
/** Compiling is most of what a fresh server does: programs outlive the tests of one run. */
const compiled = join(tmpdir(), 'gradus-skyrl-compiled')
/** Programs are compiled for a number of sequences: a small one is met again and again. */
const backend = {
  max_lora_adapters: 8,
  max_lora_rank: 8,
  train_micro_batch_size: 8,
  sample_max_num_sequences: 64,
}

/** A server that runs. */
export interface SkyrlServer {
  /** Origin. */
  readonly url: string
  /** What it wrote so far, its last 20,000 characters. */
  log(): string
  /** Ends both of its processes; `SIGKILL` lets it save nothing. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Starts a server on the model in a folder. `state` keeps its database and checkpoints. */
export async function startSkyrl(model: string, state: string, port?: number): Promise<SkyrlServer> {
  mkdirSync(state, { recursive: true })
  const chosen = port ?? (await freePort())
  const url = `http://127.0.0.1:${chosen}`
  const args = [
    ...['--port', String(chosen), '--base-model', model, '--backend', 'jax'],
    ...['--backend-config', JSON.stringify(backend), '--checkpoints-base', join(state, 'checkpoints')],
    ...['--database-url', `sqlite:///${join(state, 'tinker.db')}`],
  ]
  const env = {
    ...process.env,
    JAX_PLATFORMS: 'cpu',
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
    TOKENIZERS_PARALLELISM: 'false',
    JAX_COMPILATION_CACHE_DIR: compiled,
    JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS: '0',
  }
  // A group of its own, so that the engine process ends with the server.
  const child = spawn(counterparts.interpreter, [join(here, 'serve.py'), ...args], { env, detached: true })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written = (written + text).slice(-20_000)
    })
  }
  const server: SkyrlServer = { url, log: () => written, stop: (signal = 'SIGTERM') => stop(child, signal) }
  try {
    await ready(url, child)
  } catch (error) {
    await server.stop('SIGKILL')
    throw new Error(`SkyRL did not start: ${error}\n${written.slice(-4000)}`)
  }
  return server
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let second = 0; second < 180; second++) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    try {
      if ((await fetch(`${url}/api/v1/healthz`)).ok) return
    } catch {}
    await new Promise((settle) => setTimeout(settle, 1000))
  }
  throw new Error('not ready after 180 s')
}

async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const ended = new Promise((settle) => child.once('close', settle))
  const { pid } = child
  const kill = (how: NodeJS.Signals): void => {
    try {
      process.kill(-pid, how)
    } catch {}
  }
  kill(signal)
  const timer = setTimeout(() => kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(timer)
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

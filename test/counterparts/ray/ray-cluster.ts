// A Ray cluster of one node on this machine, for as long as a test needs it: with a token, so that no one else on the
// machine can run code through it.
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { RayJobs } from '../../../src/launch/index.ts'
import { counterparts } from '../../python.ts'

/** A cluster that runs. */
export interface RayCluster {
  readonly address: string
  readonly token: string
  /** Ends all of its processes. */
  stop(): Promise<void>
}

/** Starts a cluster, which takes about 15 s. */
export async function startRay(): Promise<RayCluster> {
  // Short: sockets lie below it, and their paths may have 107 bytes.
  const folder = await mkdtemp('/tmp/ray-')
  const [gcs, dashboard, agent, client] = await Promise.all([1, 2, 3, 4].map(freePort))
  const token = 'gradus-test-token-0123456789abcdef'
  const args = [
    ...['start', '--head', '--block', '--num-cpus', '1', '--disable-usage-stats', '--temp-dir', folder],
    ...['--object-store-memory', '100000000', '--node-ip-address', '127.0.0.1', '--port', String(gcs)],
    ...['--dashboard-host', '127.0.0.1', '--dashboard-port', String(dashboard)],
    ...['--dashboard-agent-listen-port', String(agent), '--ray-client-server-port', String(client)],
  ]
  const env = {
    ...process.env,
    RAY_AUTH_MODE: 'token',
    RAY_AUTH_TOKEN: token,
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
    HF_DATASETS_OFFLINE: '1',
    HF_HOME: join(folder, 'hf'),
    JAX_PLATFORMS: 'cpu',
  }
  // A group of its own, so that all that Ray starts ends with it. Jobs run the interpreter that PATH names.
  const bin = join(counterparts.interpreter, '..')
  const path = `${bin}:${process.env.PATH}`
  const child = spawn(join(bin, 'ray'), args, { env: { ...env, PATH: path }, cwd: folder, detached: true })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written = (written + text).slice(-10_000)
    })
  }
  const address = `http://127.0.0.1:${dashboard}`
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await ready({ address, token }, child)
  } catch (error) {
    await stop()
    throw new Error(`Ray did not start: ${error}\n${written}`)
  }
  return { address, token, stop }
}

/** Up when it has listed its jobs: the dashboard is there before its agent. */
async function ready(options: { address: string; token: string }, child: ChildProcess): Promise<void> {
  const jobs = new RayJobs({ ...options, attempts: 1 })
  for (let second = 0; second < 120; second++) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    try {
      await jobs.list()
      return
    } catch {}
    await new Promise((settle) => setTimeout(settle, 1000))
  }
  throw new Error('not ready after 120 s')
}

async function end(child: ChildProcess): Promise<void> {
  const { pid } = child
  if (pid === undefined) return
  const kill = (how: NodeJS.Signals): boolean => {
    try {
      return process.kill(-pid, how)
    } catch {
      return false
    }
  }
  kill('SIGTERM')
  for (let i = 0; i < 40 && kill(0 as unknown as NodeJS.Signals); i++) {
    await new Promise((settle) => setTimeout(settle, 250))
  }
  kill('SIGKILL')
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

// Ray's own job server: our launches on it, and what comes back. TRL itself is not in the environment (trl.py stands in
// for its trainer); the script that is sent, the reward client and the rows are the real ones.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  findSystem,
  followRun,
  jobRequest,
  type Launch,
  type LaunchSetting,
  packageOf,
  planOf,
  RayJobs,
  waitForServer,
} from '../../../src/launch/index.ts'
import { plainFetch } from '../../../src/launch/ray/plain-fetch.ts'
import { readEvents, readMetrics, readRunInfo, reportOfRuns } from '../../../src/store/index.ts'
import { chainArithmetic } from '../../../src/tasks/index.ts'
import { gradus } from '../../e2e/gradus.ts'
import { counterparts } from '../../python.ts'
import { trainedChainModel } from '../chain-model.ts'
import { type RayCluster, startRay } from './ray-cluster.ts'
import { type Rewards, startRewards } from './start-rewards.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'gradus-ray-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const clock = { nowMs: () => performance.now(), iso: () => new Date().toISOString() }

counterparts.describe('Ray', () => {
  let cluster: RayCluster
  let jobs: RayJobs
  let rewards: Rewards
  beforeAll(async () => {
    ;[cluster, rewards] = await Promise.all([startRay(), startRewards()])
    jobs = new RayJobs(cluster)
  }, 180_000)
  afterAll(async () => {
    await rewards?.stop()
    // Processes of jobs have groups of their own, and would outlive the cluster.
    for (const { id, status } of cluster === undefined ? [] : await jobs.list()) {
      if (status === 'RUNNING' && (await jobs.stop(id))) await jobs.wait(id, { pollMs: 500 })
    }
    await cluster?.stop()
  }, 60_000)

  const trl = findSystem('trl')

  function setting(): LaunchSetting {
    const train = Array.from({ length: 12 }, (_, i) => chainArithmetic.problem('train', i, { level: 2 }))
    const problems = { task: chainArithmetic, train, held: [] }
    return { model: 'none', seed: 3, problems, rewards: { url: rewards.url } }
  }

  /** TRL's launch with its stand-in beside it. */
  async function submitted(id: string, steps: number, { stepSeconds = 0.2, broken = false } = {}) {
    const config = trl.schema.parse({
      schedule: { steps },
      rollout: { problems: 1, samples: 8 },
      environment: { pip: [], variables: { STEP_SECONDS: String(stepSeconds) } },
      trl: { perDevice: 8, gpus: 0 },
    })
    const made = trl.make(config, setting())
    const stand = readFileSync(join(here, 'trl.py'), 'utf8')
    const launch: Launch = {
      ...made,
      files: { ...made.files, 'trl.py': broken ? 'raise RuntimeError("no such trainer")\n' : stand },
    }
    const files = packageOf(launch.files)
    const plan = planOf(trl, config, setting(), launch, files)
    const request = jobRequest(id, plan, launch, await jobs.upload(files))
    return { request, ...(await jobs.submit(request)) }
  }

  it('runs a launch, whose metrics become a run that a second look goes on with', async () => {
    expect(await jobs.version()).toMatch(/^2\./)
    const { request, isNew } = await submitted('train-1', 6, { stepSeconds: 0.5 })
    expect(isNew).toBe(true)
    expect(await jobs.submit(request)).toMatchObject({ isNew: false, job: { id: 'train-1' } })

    const dir = join(folder, 'run')
    const stop = new AbortController()
    const options = { jobs, id: 'train-1', dir, clock, pollMs: 100 }
    const first = await followRun({ ...options, signal: stop.signal, onRow: () => stop.abort() })
    expect(first.status).toBe('interrupted')
    expect(readRunInfo(dir)).toMatchObject({ status: 'interrupted', recipe: 'grpo', task: 'chain-arithmetic' })
    expect(await followRun(options)).toEqual({ status: 'done', rows: 6 })
    expect(await followRun(options)).toEqual({ status: 'done', rows: 6 })

    const { rows } = readMetrics(dir)
    expect(rows.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6])
    expect(rows.map((row) => row['reward/mean'])).toEqual(Array(6).fill(0.75))
    expect(rows[5]).toMatchObject({
      tokens: 600,
      'tokens/seen': 600,
      'completion/length_mean': 2,
      'loss/total': 0.5 / 6,
    })
    expect(rows[0]).toMatchObject({ 'rollout/failed_frac': 0, 'rollout/undecided_frac': 0 })
    expect(rows[0]).not.toHaveProperty('policy/kl_ref_k3')
    const warnings = readEvents(dir).rows.filter(({ kind }) => kind === 'warning')
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('profiling/something')])
    expect(reportOfRuns([dir]).charts?.length).toBeGreaterThan(0)
    expect(await jobs.logs('train-1')).toContain("columns ['answer', 'id', 'problem', 'prompt']")
  }, 120_000)

  it('tells why a job failed, and leaves a run that says so', async () => {
    await submitted('broken-1', 1, { broken: true })
    const dir = join(folder, 'broken')
    await expect(followRun({ jobs, id: 'broken-1', dir, clock, pollMs: 200 })).rejects.toMatchObject({
      code: 'remote/job-failed',
      message: expect.stringContaining('RuntimeError: no such trainer'),
    })
    expect(readRunInfo(dir).status).toBe('failed')
  }, 60_000)

  it('stops a long job from the command line', async () => {
    await submitted('long-1', 100_000, { stepSeconds: 1 })
    process.env.RAY_AUTH_TOKEN = cluster.token
    try {
      const at = ['--address', cluster.address, '--json']
      const status = await gradus('launch', 'status', 'long-1', ...at)
      expect(['PENDING', 'RUNNING']).toContain(JSON.parse(status.out).status)
      const { code, out, err } = await gradus('launch', 'stop', 'long-1', ...at)
      expect({ code, err, out: JSON.parse(out) }).toEqual({
        code: 0,
        err: '',
        out: { id: 'long-1', stopped: true, status: 'STOPPED' },
      })
    } finally {
      delete process.env.RAY_AUTH_TOKEN
    }
    await jobs.delete('long-1')
    await expect(jobs.job('long-1')).rejects.toMatchObject({ code: 'remote/unknown-job' })
  }, 90_000)

  it('makes one job of a submission whose answers are lost', async () => {
    let lost = 0
    const losing: typeof fetch = async (input, init) => {
      const reply = await plainFetch(input, init)
      if (init?.method !== 'POST' || lost++ > 0) return reply
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
    }
    const careless = new RayJobs({ ...cluster, fetch: losing })
    const request = { id: 'lost-1', entrypoint: 'echo once', runtimeEnv: {}, metadata: { digest: 'a' } }
    expect(await careless.submit(request)).toMatchObject({ isNew: true, job: { id: 'lost-1' } })
    expect(lost).toBe(1)
    expect((await jobs.list()).filter(({ id }) => id === 'lost-1')).toHaveLength(1)
    await expect(careless.submit({ ...request, metadata: { digest: 'b' } })).rejects.toMatchObject({
      code: 'remote/job-exists',
    })
    expect(await jobs.wait('lost-1', { pollMs: 200 })).toMatchObject({ status: 'SUCCEEDED' })
    expect(await jobs.logs('lost-1')).toContain('once')
  }, 60_000)

  it('refuses a wrong token', async () => {
    await expect(new RayJobs({ address: cluster.address, token: 'wrong' }).list()).rejects.toMatchObject({
      code: 'remote/ray-token',
    })
  })

  it("starts SkyRL's server, which trains what it is told from here", async () => {
    const skyrl = findSystem('skyrl')
    const model = await trainedChainModel(join(folder, 'model'), { steps: 2 })
    const port = 20_000 + (process.pid % 10_000)
    const config = skyrl.schema.parse({
      port,
      checkpoints: join(folder, 'checkpoints'),
      backendConfig: { max_lora_adapters: 2, max_lora_rank: 4, train_micro_batch_size: 4, sample_max_num_sequences: 4 },
      environment: { pip: [] },
    })
    const given = { model, seed: 1 }
    const launch = skyrl.make(config, given)
    const files = packageOf(launch.files)
    const request = jobRequest('skyrl-1', planOf(skyrl, config, given, launch, files), launch, await jobs.upload(files))
    await jobs.submit(request)
    const { url } = await waitForServer(jobs, 'skyrl-1', { pollMs: 500 })
    expect(url).toBe(`http://127.0.0.1:${port}`)
    const reply = await fetch(`${url}/api/v1/get_server_capabilities`)
    expect(await reply.json()).toMatchObject({ supported_models: [{ model_name: model }] })
    // Driven from here, as any Tinker server.
    const run = join(folder, 'driven')
    const sets = ['schedule.steps=2', 'schedule.checkpointEvery=2', 'rollout.problems=2', 'rollout.samples=2']
    const more = ['rollout.maxTokens=8', 'evaluation.problems=2', 'update.lora.rank=4', 'knobs.level=2']
    const settings = [...sets, ...more].flatMap((set) => ['--set', set])
    const trained = await gradus(
      ...['train', 'grpo', '--task', 'chain-arithmetic', '--model', model, '--engine', `tinker:${url}`],
      ...['--out', run, ...settings],
    )
    expect(trained.code, trained.err).toBe(0)
    expect(readMetrics(run).rows.map(({ step }) => step)).toEqual([0, 1, 2])
    expect(await jobs.stop('skyrl-1')).toBe(true)
    expect(await jobs.wait('skyrl-1', { pollMs: 500 })).toMatchObject({ status: 'STOPPED' })
  }, 400_000)
})

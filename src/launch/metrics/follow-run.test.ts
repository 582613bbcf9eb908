import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEvents, readMetrics, readRunInfo, reportOfRuns } from '../../store/index.ts'
import { type FakeRay, fakeRay } from '../__fixtures__/fake-ray.ts'
import { jobRequest, planOf, planOfJob } from '../launch-plan.ts'
import { packageOf } from '../package/package.ts'
import { RayJobs } from '../ray/ray-jobs.ts'
import { waitForServer } from '../ray/wait-for-server.ts'
import { findSystem } from '../systems/catalog.ts'
import type { Launch } from '../systems/launch.ts'
import { type FollowOptions, followRun } from './follow-run.ts'

let ray: FakeRay
let folder: string
beforeEach(async () => {
  ray = await fakeRay()
  folder = mkdtempSync(join(tmpdir(), 'gradus-follow-'))
})
afterEach(async () => {
  await ray.close()
  rmSync(folder, { recursive: true })
})

const launch: Launch = {
  files: { 'a.py': '1' },
  entrypoint: 'python a.py',
  pip: [],
  variables: { GRADUS_REWARDS_KEY: 'very-secret', A: '1' },
  theirs: {},
}
const clock = { nowMs: () => 0, iso: () => '2026-01-02T03:04:05.000Z' }
const row = (step: number, reward: number, job = 'j'): string =>
  `GRADUS ${JSON.stringify({ job, step, time_s: step, metrics: { reward, num_tokens: step * 10 } })}\n`

/** A job whose log grows by one part between two looks, and then ends so. */
async function running(parts: readonly string[], end: 'SUCCEEDED' | 'FAILED' | 'STOPPED' = 'SUCCEEDED', id = 'j') {
  const rest = [...parts]
  const jobs = new RayJobs({
    address: ray.url,
    sleep: async (_, signal) => {
      signal?.throwIfAborted()
      const job = ray.jobs.get(id)
      if (job === undefined) return
      job.log += rest.shift() ?? ''
      if (rest.length === 0) Object.assign(job, { status: end, message: `ended\nmore`, exitCode: 1 })
    },
  })
  const trl = findSystem('trl')
  const config = trl.schema.parse({})
  const setting = { model: 'm', seed: 4 }
  await jobs.submit(
    jobRequest(id, planOf(trl, config, setting, launch, packageOf(launch.files)), launch, 'gcs://a.zip'),
  )
  return jobs
}

const follow = (jobs: RayJobs, more: Partial<FollowOptions> = {}) =>
  followRun({ jobs, id: 'j', dir: join(folder, 'run'), clock, ...more })
const rowsIn = (dir = join(folder, 'run')) =>
  readMetrics(dir).rows.map(({ step, ...row }) => [step, row['reward/mean']])

describe('a plan', () => {
  it('comes back from the job, without the key', async () => {
    const jobs = await running([''])
    expect(planOfJob(await jobs.job('j'))).toMatchObject({
      system: 'trl',
      recipe: 'grpo',
      task: null,
      seed: 4,
      model: 'm',
    })
    const { metadata, runtime_env } = ray.jobs.get('j')?.body ?? {}
    expect(JSON.stringify(metadata)).not.toContain('very-secret')
    expect(runtime_env).toEqual({
      working_dir: 'gcs://a.zip',
      env_vars: { PYTHONUNBUFFERED: '1', GRADUS_REWARDS_KEY: 'very-secret', A: '1', GRADUS_JOB: 'j' },
    })
  })

  it('is missing from the jobs of others', async () => {
    const jobs = await running([''])
    await jobs.submit({ id: 'other', entrypoint: 'x', runtimeEnv: {}, metadata: { gradus: '{}' } })
    await expect(follow(jobs, { id: 'other' })).rejects.toMatchObject({ code: 'remote/not-ours' })
  })
})

describe('following', () => {
  it('writes a run that reports can be made of', async () => {
    const jobs = await running([
      `noise\n${row(1, 0.5)}`,
      row(2, 0.75).slice(0, 20),
      `${row(2, 0.75).slice(20)}${row(2, 9)}`,
    ])
    expect(await follow(jobs)).toEqual({ status: 'done', rows: 2 })
    expect(rowsIn()).toEqual([
      [1, 0.5],
      [2, 0.75],
    ])
    const dir = join(folder, 'run')
    expect(readRunInfo(dir)).toMatchObject({
      status: 'done',
      recipe: 'grpo',
      seeds: [4],
      exitReason: 'the job succeeded',
    })
    expect(JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8'))).toMatchObject({
      launch: { system: 'trl', job: 'j' },
    })
    expect(readEvents(dir).rows.map(({ kind, code }) => code ?? kind)).toEqual(['start', 'train/repeated-steps', 'end'])
    expect(reportOfRuns([dir]).charts?.length).toBeGreaterThan(0)
  })

  it('goes on after a stop as if there had been none', async () => {
    const parts = [row(1, 0.1), row(2, 0.2), row(3, 0.3)]
    const stop = new AbortController()
    const jobs = await running(parts)
    const first = await follow(jobs, { signal: stop.signal, onRow: ({ step }) => step === 2 && stop.abort() })
    expect(first).toEqual({ status: 'interrupted', rows: 2 })
    expect(readRunInfo(join(folder, 'run')).status).toBe('interrupted')
    expect(await follow(jobs)).toEqual({ status: 'done', rows: 3 })
    expect(rowsIn().map(([step]) => step)).toEqual([1, 2, 3])

    const bytes = (dir: string): string => readFileSync(join(folder, dir, 'metrics.jsonl'), 'utf8')
    await follow(jobs, { dir: join(folder, 'whole') })
    expect(bytes('run')).toBe(bytes('whole'))
  })

  it('does nothing when all was read before, and asks for no log', async () => {
    const jobs = await running([row(1, 0.1)])
    await follow(jobs)
    ray.asked.length = 0
    expect(await follow(jobs)).toEqual({ status: 'done', rows: 1 })
    expect(ray.asked).toEqual(['GET /api/jobs/j'])
  })

  it('keeps what it has when the cluster has lost the log, or the job', async () => {
    const stop = new AbortController()
    const jobs = await running([row(1, 0.1), row(2, 0.2), ''])
    await follow(jobs, { signal: stop.signal, onRow: ({ step }) => step === 2 && stop.abort() })
    Object.assign(ray.jobs.get('j') ?? {}, { log: row(1, 0.1) })
    await expect(follow(jobs)).rejects.toMatchObject({
      code: 'remote/log-lost',
      message: expect.stringMatching(/1 steps.*has 2/),
    })
    ray.jobs.clear()
    await expect(follow(jobs)).rejects.toMatchObject({ code: 'remote/unknown-job' })
    expect(rowsIn()).toHaveLength(2)
  })

  it('can be gone on with after the connection broke', async () => {
    const jobs = await running([row(1, 0.1), row(2, 0.2)])
    const onRow = (): void => {
      ray.faults.push(...Array.from({ length: 4 }, () => ({ of: 'GET', fault: 'drop-before' as const })))
    }
    await expect(follow(jobs, { onRow })).rejects.toMatchObject({ code: 'remote/no-ray' })
    expect(readRunInfo(join(folder, 'run')).status).toBe('interrupted')
    expect(await follow(jobs)).toEqual({ status: 'done', rows: 2 })
  })

  it('refuses the directory of another run', async () => {
    await follow(await running([row(1, 0.1)]))
    const other = await running([row(1, 0.1, 'k')], 'SUCCEEDED', 'k')
    await expect(follow(other, { id: 'k' })).rejects.toMatchObject({ code: 'store/different-config' })
    expect(rowsIn()).toHaveLength(1)
  })

  it.each([
    ['FAILED', 'failed', 'remote/job-failed', 'job j failed, exit code 1: ended'],
    ['STOPPED', 'interrupted', 'remote/job-stopped', 'job j was stopped'],
  ] as const)('ends with an error when the job is %s', async (end, status, code, message) => {
    const jobs = await running([`${row(1, 0.1)}\nValueError: wrong\n`], end)
    await expect(follow(jobs)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(new RegExp(`^${message}\n[^]*ValueError: wrong$`)),
    })
    expect(readRunInfo(join(folder, 'run')).status).toBe(status)
    expect(rowsIn()).toEqual([[1, 0.1]])
  })

  it('tells of completions without a verdict, the first ones one by one', async () => {
    const one = `GRADUS ${JSON.stringify({ job: 'j', unscored: 'failed', reason: 'late', problem: 'p' })}\n`
    await follow(await running([one.repeat(25)]))
    const warnings = readEvents(join(folder, 'run')).rows.filter(({ kind }) => kind === 'warning')
    expect(warnings).toHaveLength(21)
    expect(warnings[0]).toMatchObject({ code: 'verify/unscored', message: 'failed: late', problem: 'p' })
    expect(warnings[20]).toMatchObject({ message: '25 completions without a verdict in all' })
  })
})

describe('waiting for a server', () => {
  it('ends when it says where it is, or with its last words', async () => {
    const said = `GRADUS ${JSON.stringify({ job: 'j', serving: { url: 'http://10.0.0.2:8000', node: 'n' } })}\n`
    expect(await waitForServer(await running(['loading\n', said, '']), 'j')).toEqual({
      url: 'http://10.0.0.2:8000',
      node: 'n',
    })
    const jobs = await running(['no GPU\n'], 'FAILED', 'j3')
    await expect(waitForServer(jobs, 'j3')).rejects.toMatchObject({ message: expect.stringContaining('no GPU') })
  })
})

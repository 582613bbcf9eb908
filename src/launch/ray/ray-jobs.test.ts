import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeRay, type Fault, fakeRay } from '../__fixtures__/fake-ray.ts'
import { packageOf } from '../package/package.ts'
import { followLog, lastLines } from './follow-log.ts'
import type { JobRequest } from './job.ts'
import { RayJobs, type RayOptions } from './ray-jobs.ts'

let ray: FakeRay
beforeEach(async () => {
  ray = await fakeRay()
})
afterEach(() => ray.close())

const client = (more: Partial<RayOptions> = {}): RayJobs =>
  new RayJobs({ address: ray.url, sleep: async () => {}, ...more })

const request: JobRequest = {
  id: 'job-1',
  entrypoint: 'python train.py',
  runtimeEnv: { working_dir: 'gcs://a.zip' },
  metadata: { digest: 'a' },
  gpus: 2,
}

const fail = (of: string, ...faults: readonly Fault[]): void => {
  ray.faults.push(...faults.map((fault) => ({ of, fault })))
}

describe('submit', () => {
  it('sends what is asked for, and gives the job', async () => {
    const { job, isNew } = await client().submit(request)
    expect(isNew).toBe(true)
    expect(job).toMatchObject({
      id: 'job-1',
      status: 'RUNNING',
      entrypoint: 'python train.py',
      metadata: { digest: 'a' },
    })
    expect(ray.jobs.get('job-1')?.body).toEqual({
      submission_id: 'job-1',
      entrypoint: 'python train.py',
      runtime_env: { working_dir: 'gcs://a.zip' },
      metadata: { digest: 'a' },
      entrypoint_num_gpus: 2,
    })
  })

  it.each<[string, Fault[], number]>([
    ['a lost answer', ['drop-after'], 1],
    ['a request that did not arrive', ['drop-before'], 2],
    ['a failure of the server', [{ status: 500, text: 'No available agent' }], 2],
    ['lost answers one after the other', ['drop-before', { status: 500, text: 'x' }, 'drop-after'], 3],
  ])('makes one job in spite of %s', async (_, faults, posts) => {
    fail('POST /api/jobs/', ...faults)
    expect(await client().submit(request)).toMatchObject({ isNew: true, job: { id: 'job-1' } })
    expect(ray.jobs.size).toBe(1)
    expect(ray.asked.filter((what) => what.startsWith('POST'))).toHaveLength(posts)
  })

  it('finds the same job again, and takes no other for it', async () => {
    await client().submit(request)
    expect(await client().submit(request)).toMatchObject({ isNew: false })
    await expect(client().submit({ ...request, metadata: { digest: 'b' } })).rejects.toMatchObject({
      code: 'remote/job-exists',
      hint: expect.stringContaining('--id'),
    })
    await expect(client().submit({ ...request, entrypoint: 'other' })).rejects.toMatchObject({
      code: 'remote/job-exists',
    })
  })

  it('gives up on a refusal at once, with the line that matters', async () => {
    fail('POST /api/jobs/', {
      status: 400,
      text: `Traceback\n${'  File x\n'.repeat(100)}TypeError: entrypoint must be a string\n`,
    })
    await expect(client().submit(request)).rejects.toMatchObject({
      code: 'remote/ray-refused',
      message: 'Ray did not take the job: 400, TypeError: entrypoint must be a string',
    })
    expect(ray.asked).toEqual(['POST /api/jobs/', 'GET /api/jobs/job-1'])
  })

  it('gives up on a server that goes on failing', async () => {
    fail('POST /api/jobs/', ...Array<Fault>(4).fill({ status: 500, text: 'broken' }))
    await expect(client().submit(request)).rejects.toMatchObject({
      code: 'remote/ray-refused',
      message: expect.stringMatching(/500, broken/),
    })
    expect(ray.asked.filter((what) => what.startsWith('POST'))).toHaveLength(4)
  })
})

describe('errors say what to do', () => {
  it('without Ray', async () => {
    await ray.close()
    const asked = [() => client().version(), () => client().submit(request), () => client().list()]
    for (const ask of asked) {
      await expect(ask()).rejects.toMatchObject({
        code: 'remote/no-ray',
        hint: expect.stringContaining('ssh -L 8265'),
      })
    }
  })

  it('with another server', async () => {
    fail(
      'GET /api/version',
      { status: 200, text: '<html>' },
      { status: 404, text: '' },
      { status: 200, text: '{"a":1}' },
    )
    for (let i = 0; i < 3; i++) await expect(client().version()).rejects.toMatchObject({ code: 'remote/not-ray' })
    expect(await client().version()).toBe('2.60.0')
  })

  it('with a missing or wrong token, which is never shown', async () => {
    ray.token = 'right-token'
    await expect(client().list()).rejects.toMatchObject({
      code: 'remote/ray-token',
      message: expect.stringMatching(/wants a token/),
    })
    const error = await client({ token: 'wrong-token' })
      .submit(request)
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'remote/ray-token', hint: expect.stringContaining('RAY_AUTH_TOKEN') })
    expect(`${error.message}${error.hint}`).not.toContain('wrong-token')
    expect(await client({ token: 'right-token' }).list()).toEqual([])
  })

  it('for a job that is not there', async () => {
    const jobs = client()
    const asked = [() => jobs.job('a/b'), () => jobs.logs('a/b'), () => jobs.stop('a/b'), () => jobs.delete('a/b')]
    for (const ask of asked) {
      await expect(ask()).rejects.toMatchObject({
        code: 'remote/unknown-job',
        message: expect.stringContaining('there is no job a/b'),
      })
    }
    expect(ray.asked[0]).toBe('GET /api/jobs/a%2Fb')
  })
})

describe('reading goes on after a failure', () => {
  it('of the connection or the server', async () => {
    await client().submit(request)
    fail('GET /api/jobs/job-1', 'drop-before', { status: 500, text: 'x' }, 'drop-after')
    expect(await client().job('job-1')).toMatchObject({ status: 'RUNNING' })
  })

  it('until it has lasted too long', async () => {
    await client().submit(request)
    fail('GET /api/jobs/job-1/logs', ...Array<Fault>(4).fill({ status: 500, text: 'UnicodeDecodeError' }))
    await expect(client().logs('job-1')).rejects.toMatchObject({
      code: 'remote/ray-refused',
      message: 'Ray did not give the log of job-1: 500, UnicodeDecodeError',
    })
  })
})

describe('upload', () => {
  it('sends a package once', async () => {
    const files = packageOf({ 'a.py': 'print(1)\n' })
    expect(await client().upload(files)).toBe(`gcs://${files.name}`)
    expect(ray.packages.get(files.name)).toEqual(Buffer.from(files.bytes))
    await client().upload(files)
    expect(ray.asked.filter((what) => what.startsWith('PUT'))).toHaveLength(1)
  })
})

describe('stop, wait, list, delete', () => {
  it('do what they say', async () => {
    const jobs = client()
    await jobs.submit(request)
    await jobs.submit({ ...request, id: 'job-2' })
    expect(await jobs.stop('job-1')).toBe(true)
    expect(await jobs.stop('job-1')).toBe(false)
    expect(await jobs.wait('job-1')).toMatchObject({ status: 'STOPPED' })
    await jobs.delete('job-1')
    expect((await jobs.list()).map(({ id }) => id)).toEqual(['job-2'])
  })

  it('a wait ends with its signal', async () => {
    const stop = new AbortController()
    const jobs = client({ sleep: async () => stop.abort(new Error('enough')) })
    await jobs.submit(request)
    await expect(jobs.wait('job-1', { signal: stop.signal })).rejects.toThrow('enough')
  })
})

describe('followLog', () => {
  it('gives whole lines once, and the last one at the end', async () => {
    const states = ['one\ntw', 'one\ntwo\n', 'one\ntwo\n', 'one\ntwo\nthree']
    const jobs = client({
      sleep: async () => {
        const job = ray.jobs.get('job-1')
        if (job === undefined) return
        job.log = states.shift() ?? job.log
        if (states.length === 0) job.status = 'SUCCEEDED'
      },
    })
    await jobs.submit(request)
    const news: unknown[] = []
    for await (const { lines, job } of followLog(jobs, 'job-1')) news.push([...lines, job.status])
    expect(news).toEqual([['RUNNING'], ['one', 'RUNNING'], ['two', 'RUNNING'], ['RUNNING'], ['three', 'SUCCEEDED']])
  })

  it('notices a log that was lost', async () => {
    const jobs = client({ sleep: async () => void Object.assign(ray.jobs.get('job-1') ?? {}, { log: 'a\n' }) })
    await jobs.submit(request)
    Object.assign(ray.jobs.get('job-1') ?? {}, { log: 'a\nb\n' })
    const reading = (async () => {
      for await (const _ of followLog(jobs, 'job-1'));
    })()
    await expect(reading).rejects.toMatchObject({ code: 'remote/log-lost' })
  })

  it('asks less often the longer the log is', async () => {
    const waits: number[] = []
    const jobs = client({
      sleep: async (ms) => {
        waits.push(ms)
        Object.assign(
          ray.jobs.get('job-1') ?? {},
          waits.length === 1 ? { log: 'x'.repeat(2 ** 20) } : { status: 'FAILED' },
        )
      },
    })
    await jobs.submit(request)
    for await (const _ of followLog(jobs, 'job-1', { pollMs: 100 }));
    expect(waits).toEqual([100, 200])
  })
})

it('the last lines are those that say something, however they end', () => {
  expect(lastLines('a\n\n  \nb\rc\n', 2)).toEqual(['b', 'c'])
  expect(lastLines('')).toEqual([])
  expect(lastLines('x'.repeat(100_000))[0]).toHaveLength(500)
})

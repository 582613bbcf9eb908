// The verb against a server that answers as Ray does.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeRay, fakeRay } from '../../launch/__fixtures__/fake-ray.ts'
import { readMetrics } from '../../store/index.ts'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'

let ray: FakeRay
let folder: string
beforeEach(async () => {
  ray = await fakeRay()
  folder = mkdtempSync(join(tmpdir(), 'gradus-launch-'))
})
afterEach(async () => {
  await ray.close()
  rmSync(folder, { recursive: true })
})

async function run(...args: string[]) {
  const io = listeningIo()
  const at = args.includes('--dry-run') ? [] : ['--address', ray.url]
  const code = await runProgram(['launch', ...args, ...at], io, () => '1.2.3')
  return { code, out: io.results, err: io.errors }
}

const trl = ['trl', '--task', 'chain-arithmetic', '--model', 'org/m', '--rewards', 'http://10.0.0.5:8100/', '--n', '16']

describe('a dry run', () => {
  it('shows what would be sent, without keys, and asks no one', async () => {
    process.env.GRADUS_TEST_KEY = 'very-secret'
    const { code, out, err } = await run(
      ...trl,
      '--rewards-key-env',
      'GRADUS_TEST_KEY',
      '--dry-run',
      '--json',
      '--id',
      'mine',
    )
    delete process.env.GRADUS_TEST_KEY
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).not.toContain('very-secret')
    const shown = JSON.parse(out)
    expect(shown).toMatchObject({
      id: 'mine',
      entrypoint: 'python train_trl.py',
      theirs: { max_steps: 200, num_generations: 8 },
    })
    expect(shown.runtimeEnv.env_vars).toMatchObject({
      GRADUS_REWARDS_URL: 'http://10.0.0.5:8100',
      GRADUS_REWARDS_KEY: '***',
    })
    expect(shown.files['train.jsonl'].trim().split('\n')).toHaveLength(16)
    expect(ray.asked).toEqual([])
  })

  it('reads well without --json', async () => {
    const { out } = await run('skyrl', '--model', 'org/m', '--dry-run')
    expect(out).toMatch(/^job gradus-skyrl-[0-9a-f]{8}\ncommand\n {2}python serve_skyrl\.py /)
    expect(out).toContain('  base-model: "org/m"\n')
  })

  it('takes rows of a file, without those that are held out', async () => {
    const data = join(folder, 'rows.jsonl')
    const rows = Array.from({ length: 20 }, (_, i) => `{"id":"r${i}","nums":[${i + 1},2,3],"target":${i + 6}}\n`)
    writeFileSync(data, rows.join(''))
    const { code, out, err } = await run(
      'trl',
      '--task',
      'countdown',
      '--model',
      'm',
      '--rewards',
      'http://a',
      '--data',
      data,
      '--dry-run',
      '--json',
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out).files['train.jsonl'].trim().split('\n')).toHaveLength(18)
  })
})

describe('launching', () => {
  it('uploads, submits, and says how to go on; the same name makes no second job', async () => {
    const first = await run(...trl, '--id', 'mine')
    expect(first).toMatchObject({ code: 0, out: 'mine\n' })
    expect(first.err).toBe(`Ray 2.60.0 at ${ray.url}\nnext: gradus launch follow mine --address ${ray.url}\n`)
    expect([...ray.packages.keys()]).toEqual([expect.stringMatching(/^_ray_pkg_/)])
    const body = ray.jobs.get('mine')?.body
    expect(body?.runtime_env).toMatchObject({
      working_dir: `gcs://${[...ray.packages.keys()][0]}`,
      env_vars: { GRADUS_JOB: 'mine' },
    })
    expect((await run(...trl, '--id', 'mine')).err).toContain('the job was there already: RUNNING')
    expect(await run(...trl, '--id', 'mine', '--set', 'schedule.steps=9')).toMatchObject({ code: 1, out: '' })
    expect(ray.jobs.size).toBe(1)
  })

  it('gives every launch a name of its own', async () => {
    const ids = [await run(...trl, '--json'), await run(...trl, '--json')].map(({ out }) => JSON.parse(out).id)
    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toMatch(/^gradus-trl-chain-arithmetic-[0-9a-f]{8}$/)
  })

  it.each<[string[], number, string]>([
    [[...trl, '--set', 'schedule.lernrate=1'], 2, 'config/unknown-key'],
    [[...trl, '--set', 'rollout.samples=0'], 2, 'config/bad-value'],
    [[...trl, '--set', 'klIn=reward'], 2, 'config/no-counterpart'],
    [[...trl, '--set', 'knobs.nothing=1'], 2, 'config/'],
    [[...trl, '--task', 'none'], 2, 'usage/unknown-task'],
    [[...trl, '--rewards', 'ftp://a'], 2, 'usage/bad-option'],
    [[...trl, '--rewards-key-env', 'GRADUS_NO_SUCH_KEY'], 2, 'usage/no-api-key'],
    [['verl', '--task', 'countdown', '--model', 'm', '--n', '4'], 2, 'usage/no-rewards'],
    [['trl', '--model', 'm'], 2, 'usage/missing-mandatory-option-value'],
    [['status', 'nothing'], 1, 'remote/unknown-job'],
  ])('%j ends with %i, %s', async (args, code, error) => {
    const ended = await run(...args)
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).toContain(`error[${error}`)
  })
})

describe('a job', () => {
  it('is listed, told, read, followed and stopped', async () => {
    await run(...trl, '--id', 'mine')
    const job = ray.jobs.get('mine')
    if (job === undefined) throw new Error('no job')
    expect((await run('status')).out).toMatch(/^job +status +time +what Ray says\nmine +RUNNING/)
    expect(JSON.parse((await run('status', 'mine', '--json')).out)).toMatchObject({ id: 'mine', status: 'RUNNING' })
    job.log = `loading\nGRADUS ${JSON.stringify({ job: 'mine', step: 1, time_s: 1, metrics: { reward: 0.5 } })}\n`
    expect((await run('logs', 'mine')).out).toBe(job.log)
    expect(await run('stop', 'mine')).toMatchObject({ code: 0, out: 'mine: STOPPED\n' })
    expect(await run('stop', 'mine')).toMatchObject({ out: 'mine: it was over already: STOPPED\n' })
    job.status = 'SUCCEEDED'
    expect((await run('logs', 'mine', '--follow')).out).toBe(job.log)
    const out = join(folder, 'run')
    const followed = await run('follow', 'mine', '--out', out, '--json')
    expect(followed).toMatchObject({ code: 0, err: 'step 1  reward 0.500\n' })
    expect(JSON.parse(followed.out)).toEqual({ id: 'mine', dir: out, status: 'done', rows: 1 })
    expect(readMetrics(out).rows[0]).toMatchObject({ step: 1, 'reward/mean': 0.5 })
  })

  it('that serves is waited for', async () => {
    const server = run('skyrl', '--model', 'm', '--id', 'server', '--json')
    await expect.poll(() => ray.jobs.has('server')).toBe(true)
    const serving = { url: 'http://127.0.0.1:8000', node: 'head' }
    Object.assign(ray.jobs.get('server') ?? {}, { log: `GRADUS ${JSON.stringify({ job: 'server', serving })}\n` })
    const { code, out } = await server
    expect({ code, out: JSON.parse(out) }).toEqual({ code: 0, out: { id: 'server', ...serving } })
  })
})

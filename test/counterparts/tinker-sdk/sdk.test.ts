// The official Tinker SDK trains, samples, saves and resumes on our server, and goes on when the server is killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { counterparts } from '../../python.ts'
import { TINY, tinyServer } from './tiny-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'tinker-sdk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Largest difference between two lists of lists of numbers. */
function distance(a: readonly number[][], b: readonly number[][]): number {
  expect(a.map((list) => list.length)).toEqual(b.map((list) => list.length))
  return Math.max(...a.flatMap((list, i) => list.map((x, t) => Math.abs(x - b[i][t]))))
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length

counterparts.describe('the official Tinker SDK', () => {
  // biome-ignore lint/suspicious/noExplicitAny: what a script printed
  let results: any

  beforeAll(async () => {
    const server = await tinyServer({ stateFolder: join(folder, 'checks') })
    try {
      const printed = await counterparts.run('counterparts/tinker-sdk/train_with_sdk.py', [server.url])
      results = JSON.parse(printed.trim().split('\n').at(-1) ?? '')
    } finally {
      await server.close()
    }
  }, 300_000)

  it('fits a model to examples', () => {
    const { losses, rank, name } = results.supervised
    expect([rank, name]).toEqual([4, TINY])
    expect(mean(losses.slice(-5))).toBeLessThan(0.3 * losses[0])
  })

  it('makes a reward rise, from samples whose log-probabilities the trainer agrees with', () => {
    const { rewards, mismatch } = results.reinforce
    expect(rewards[0]).toBeLessThan(0.5)
    expect(mean(rewards.slice(-5))).toBeGreaterThan(0.9)
    expect(mismatch).toBeLessThan(1e-4)
  })

  it('takes the same step with a loss of its own as with the built-in one', () => {
    const { custom, builtin, after } = results.custom
    expect(custom).toBeCloseTo(builtin, 3)
    expect(distance(after[0], after[1])).toBeLessThan(1e-5)
  })

  it('resumes to the last bit with the optimiser, and otherwise without', () => {
    const { went_on, resumed, without_optimizer } = results.resume
    expect(resumed).toEqual(went_on)
    expect(without_optimizer.before).toEqual(went_on.before)
    expect(distance(without_optimizer.after, went_on.after)).toBeGreaterThan(1e-3)
  })

  it('samples by seed, greedily, from the base, with stops and without', () => {
    const { seeds, greedy, base, stopped, endless, base_model } = results.sampling
    expect(base_model).toBe(TINY)
    expect(seeds[0]).toEqual(seeds[1])
    expect(seeds[0]).not.toEqual(seeds[2])
    expect(base).not.toEqual(seeds[0])
    expect(greedy[0]).toEqual(greedy[1])
    for (const { tokens, stop } of stopped) if (stop === 'stop') expect([1, 3, 4, 5]).toContain(tokens.at(-1))
    expect(endless.map((s: { tokens: number[] }) => s.tokens.length)).toEqual([60, 60, 60])
  })

  it('gets log-probabilities of a prompt, the likeliest tokens first, as a pass over it has them', () => {
    const { prompt_logprobs, computed, forced, top } = results.sampling
    expect(prompt_logprobs[0]).toBeNull()
    expect(computed).toEqual(prompt_logprobs)
    expect(distance([prompt_logprobs.slice(1)], [forced])).toBeLessThan(1e-4)
    expect([top[0], top[1].length, top[2].length]).toEqual([null, 3, 3])
    expect(top[1][0][1]).toBeGreaterThanOrEqual(top[1][1][1])
  })

  it('has all five losses', () => {
    const { logprobs, ...losses } = results.losses
    const n = logprobs.length
    const r = Math.exp(0.5)
    expect(losses['importance_sampling null']).toBeCloseTo(-n * r * 2, 3)
    expect(losses['ppo null']).toBeCloseTo(-n * 1.2 * 2, 3)
    expect(losses['ppo {"clip_low_threshold": 0.9, "clip_high_threshold": 1.1}']).toBeCloseTo(-n * 1.1 * 2, 3)
    // The earlier passes were not stepped on: the weights are still those of `logprobs`.
    const total = logprobs.reduce((a: number, b: number) => a + b, 0)
    expect(losses['cispo {"clip_low_threshold": 0.0, "clip_high_threshold": 1.25}']).toBeCloseTo(-1.25 * 2 * total, 2)
    expect(losses['dro {"beta": 0.1}']).toBeCloseTo(-2 * total + 0.05 * n * 0.25, 2)
  })

  it('is told what it did wrong, and trains on as if it had not', () => {
    const { losses, untouched, overwrite, late_load, base, rank, path, ...failed } = results.errors
    expect(losses).toEqual(untouched)
    for (const [name, outcome] of Object.entries(failed))
      expect([name, outcome]).toEqual([name, expect.objectContaining({ type: 'RequestFailedError', category: 'User' })])
    expect(overwrite.result).toContain('tinker://')
    expect([late_load, base, rank, path].map(({ status }) => status)).toEqual([400, 400, 400, 404])
  })

  it('lists, describes, downloads and deletes checkpoints', () => {
    expect(results.checkpoints).toEqual({
      run: [true, TINY, 4, { purpose: 'test' }],
      runs: true,
      listed: [
        ['weights/state', 'training', true],
        ['sampler_weights/kept', 'sampler', false],
      ],
      archive: ['adapter_config.json', 'adapter_model.safetensors', 'checkpoint.json'],
      adapter: [4, 32, ['down_proj', 'gate_proj', 'k_proj', 'o_proj', 'q_proj', 'up_proj', 'v_proj']],
      info: [TINY, 4],
      left: ['weights/state'],
      capabilities: [TINY],
    })
  })

  it('trains several models in turns, sums gradients over passes, and splits what is too big for one request', () => {
    expect(results.several.second).toEqual(results.several.alone)
    const [twice, once] = results.accumulate.norms
    expect(twice / once).toBeCloseTo(1, 5)
    const { losses, after } = results.chunks
    expect(losses[0] / losses[1]).toBeCloseTo(1, 5)
    expect(distance(after[0], after[1])).toBeLessThan(1e-4)
  })

  it('does not notice that the server was killed and started again', async () => {
    const [straight, killed] = await Promise.all([survive('straight', []), survive('killed', [2, 5])])
    expect([straight.restarts, killed.restarts]).toEqual([0, 2])
    expect(killed.printed).toEqual(straight.printed)
  }, 300_000)
})

/** Trains eight steps; the server is killed in the middle of the given ones. */
async function survive(name: string, killAt: readonly number[]): Promise<{ restarts: number; printed: unknown }> {
  const state = join(folder, name)
  let server = await startProcess(state, 0)
  const { port } = new URL(server.url)
  const script = fileURLToPath(new URL('survive_restart.py', import.meta.url))
  const client = spawn(counterparts.interpreter, [script, server.url, '8'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [text, errors] = ['', '']
  client.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  let restarting: Promise<void> | undefined
  let restarts = 0
  client.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    for (const match of chunk.matchAll(/\{"step": (\d+)\}/g)) {
      if (!killAt.includes(Number(match[1]))) continue
      restarting = (async () => {
        server.child.kill('SIGKILL')
        await new Promise((resolve) => server.child.once('exit', resolve))
        server = await startProcess(state, Number(port))
        restarts++
      })()
    }
  })
  const code = await new Promise((resolve) => client.on('close', resolve))
  await restarting
  server.child.kill('SIGKILL')
  if (code !== 0) throw new Error(`the client ended with ${code}: ${errors.slice(-3000)}`)
  return { restarts, printed: JSON.parse(text.trim().split('\n').at(-1) ?? '') }
}

async function startProcess(state: string, port: number): Promise<{ child: ChildProcess; url: string }> {
  const script = fileURLToPath(new URL('serve.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, state, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.includes('\n')) resolve(text)
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return { child, url: (JSON.parse(line) as { url: string }).url }
}

// A run directory written by hand: two steps, a number that is none, a torn last line, phases, rollouts, an evaluation.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Rows of `metrics.jsonl`. */
export const metricRows = [
  { step: 0, time_s: 0, tokens: 0, 'eval/sums/pass@1': 0.25 },
  { step: 1, time_s: 1.5, tokens: 40, 'reward/mean': 0.1, 'loss/total': null, 'tokens/seen': 40 },
]

/** A row of rollouts; text of a model may hold anything. */
export const rollout = {
  problem: 'sums/1',
  index: 0,
  prompt: '1+1=',
  completion: '\u001b[31m2\n# not a heading \ud800',
  answer: '2',
  status: 'scored',
  verdict: 'right',
  reason: 'it is 2',
  reward: 1,
  parts: { verdict: 1 },
  advantage: 0.5,
  stop: 'eos',
  tokens: 2,
  ids: [3, 1],
  logprobs: [-0.5, -0.25],
}

/** A sample of the evaluation. */
export const sample = { problem: 'sums/2', prompt: '2+2=', completion: '5', verdict: 'wrong', reason: 'no', extra: [1] }

/** What run.json says. */
export const info = {
  schema: 1,
  id: 'small run',
  status: 'done',
  recipe: 'grpo',
  task: 'sums',
  seeds: [1, 2],
  git: 'abc123',
  versions: { gradus: '0.1.0' },
  host: { cores: 2 },
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:02.000Z',
  resumes: 0,
}

/** The configuration. */
export const config = { recipe: 'grpo', lr: 0.1, shape: { kind: 'flat\nline' }, k: [1, 8] }

const lines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** Writes it into `dir`, with `changes` to run.json. */
export function writeSmallRun(dir: string, changes: object = {}): string {
  for (const folder of ['rollouts', 'evals']) mkdirSync(join(dir, folder), { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text)
  write('run.json', JSON.stringify({ ...info, ...changes }))
  write('config.json', JSON.stringify(config))
  write('metrics.jsonl', `${lines(metricRows)}{"step":2,"half`)
  write(
    'events.jsonl',
    lines([
      { at: '2026-01-01T00:00:00.000Z', kind: 'start' },
      { at: '2026-01-01T00:00:01.000Z', kind: 'alert', step: 1, message: 'careful', limits: [1] },
    ]),
  )
  write(
    'spans.jsonl',
    lines([
      { phase: 'rollout', start: 100, ms: 400 },
      { phase: 'step', start: 100, ms: 1000 },
    ]),
  )
  write('rollouts/step-000001.jsonl', lines([rollout]))
  write('evals/sums@0.json', JSON.stringify({ task: 'sums', n: 4, k: { 1: { value: 0.25, low: 0.1, high: 0.6 } } }))
  write('evals/sums@0.samples.jsonl', lines([sample]))
  return dir
}

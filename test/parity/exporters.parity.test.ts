// Exports of a run, read by the Python libraries they are for. A format is checked as soon as its library is in
// requirements.txt; parquet is read by pyarrow, which datasets brings along.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { metricRows, rollout, writeSmallRun } from '../../src/export/__fixtures__/small-run.ts'
import { exporters, exportRun, type RunExporter } from '../../src/export/index.ts'
import { parity } from '../python.ts'

const libraries: Readonly<Record<RunExporter['id'], string>> = {
  tensorboard: 'tensorboard',
  wandb: 'wandb',
  mlflow: 'mlflow',
  otel: 'opentelemetry-proto',
  parquet: 'datasets',
}

const asked = readFileSync(join(import.meta.dirname, 'requirements.txt'), 'utf8')
const formats = exporters
  .map(({ id }) => id)
  .filter((id) => new RegExp(`^${libraries[id]}(-skinny)?==`, 'm').test(asked) || process.env.GRADUS_ALL_READERS)

/** What every reader must find: by the name it has there, step and value; NaN for null. */
function expectedMetrics(format: RunExporter['id']): Readonly<Record<string, readonly unknown[]>> {
  const found: Record<string, unknown[]> = {}
  for (const { step, ...values } of metricRows) {
    for (const [name, value] of Object.entries(values)) {
      const number = format === 'tensorboard' && typeof value === 'number' ? Math.fround(value) : value
      const own = { mlflow: entryOf(name), otel: `gradus.${entryOf(name)}` } as Readonly<Record<string, string>>
      const entry = own[format] ?? name
      found[entry] = [...(found[entry] ?? []), [step, number ?? 'nan']]
    }
  }
  return found
}

const entryOf = (name: string): string => (name === 'tokens' ? 'tokens.value' : name.replace('@', '_at_'))

parity.describe('exports and Python', () => {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'parity-exporters-'))
    writeSmallRun(join(dir, 'run'))
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  it.each(formats)('%s: its own reader finds every metric, and what else belongs there', async (format) => {
    const out = join(dir, format)
    await exportRun(join(dir, 'run'), { to: format, out })
    const { metrics, ...rest } = JSON.parse(await parity.run('parity/exporters.py', [format, out]))
    expect(metrics).toEqual(expectedMetrics(format))
    expect(rest).toEqual(others[format])
  })
})

const settings = ['k', 'lr', 'recipe', 'shape.kind']
const others: Readonly<Record<RunExporter['id'], unknown>> = {
  tensorboard: { texts: ['config', 'eval/sums/samples', 'rollouts', 'run'], settings: [...settings, 'task'] },
  wandb: { settings: ['k', 'lr', 'recipe', 'run', 'shape'], name: 'small_run' },
  mlflow: {
    settings,
    name: 'small_run',
    status: 'FINISHED',
    experiment: 'gradus/sums',
    artifacts: ['config.json', 'evals', 'run.json'],
  },
  otel: {
    spans: [
      ['step', 'run', 1_000_000_000],
      ['rollout', 'step', 400_000_000],
      ['run', null, 2_000_000_000],
    ],
    logs: ['start', 'careful'],
  },
  parquet: {
    types: {
      step: 'int64',
      problem: 'string',
      index: 'int32',
      prompt: 'string',
      completion: 'string',
      answer: 'string',
      status: 'string',
      verdict: 'string',
      reason: 'string',
      reward: 'double',
      parts: 'string',
      advantage: 'double',
      stop: 'string',
      tokens: 'int32',
      ids: 'list<element: int32>',
      logprobs: 'list<element: double>',
      more: 'string',
    },
    rollouts: [
      {
        ...rollout,
        step: 1,
        completion: rollout.completion.replace('\ud800', '\ufffd'),
        parts: JSON.stringify(rollout.parts),
        more: null,
      },
    ],
    events: ['start', 'alert'],
  },
}

// Requests of OpenTelemetry's protocol as JSON, line by line, and which phase lies in which.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSmallRun } from '../__fixtures__/small-run.ts'
import { exportRun } from '../export-run.ts'
import { placeSpans } from './span-tree.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-otel-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

async function exported(name: string, changes: object = {}, spans?: string) {
  const run = writeSmallRun(join(dir, name), changes)
  if (spans !== undefined) writeFileSync(join(run, 'spans.jsonl'), spans)
  const { folder, notes } = await exportRun(run, { to: 'otel', out: join(dir, 'out'), name })
  const lines = (file: string) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { traces: lines('traces.jsonl'), metrics: lines('metrics.jsonl'), logs: lines('logs.jsonl'), notes }
}

describe('a run', () => {
  it('is one trace, with its phases nested in it', async () => {
    const { traces, notes } = await exported('one')
    const { resource, scopeSpans } = traces[0].resourceSpans[0]
    expect(resource.attributes).toContainEqual({ key: 'gradus.recipe', value: { stringValue: 'grpo' } })
    const [step, rollout, run] = scopeSpans[0].spans
    expect(run).toMatchObject({
      name: 'run',
      kind: 1,
      startTimeUnixNano: '1767225600000000000',
      endTimeUnixNano: '1767225602000000000',
    })
    expect(run.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(run.spanId).toMatch(/^[0-9a-f]{16}$/)
    expect(run.parentSpanId).toBeUndefined()
    expect(step).toMatchObject({ name: 'step', parentSpanId: run.spanId, traceId: run.traceId })
    expect(rollout).toMatchObject({ name: 'rollout', parentSpanId: step.spanId })
    expect([rollout.startTimeUnixNano, rollout.endTimeUnixNano]).toEqual(['1767225600000000000', '1767225600400000000'])
    expect(notes).toEqual([])
  })

  it('that failed is an error, with its reason', async () => {
    const { traces } = await exported('two', { status: 'failed', exitReason: 'no memory' })
    expect(traces[0].resourceSpans[0].scopeSpans[0].spans.at(-1).status).toEqual({ code: 2, message: 'no memory' })
  })

  it('without phases has a span for each step that says how long it took', async () => {
    const run = writeSmallRun(join(dir, 'three'))
    writeFileSync(
      join(run, 'metrics.jsonl'),
      '{"step":1,"time_s":2,"tokens":3,"time/step_s":0.5}\n{"step":2,"time_s":3}\n',
    )
    writeFileSync(join(run, 'spans.jsonl'), '')
    const { folder, notes } = await exportRun(run, { to: 'otel', out: join(dir, 'out'), name: 'three' })
    const [step, root, ...more] = JSON.parse(readFileSync(join(folder, 'traces.jsonl'), 'utf8')).resourceSpans[0]
      .scopeSpans[0].spans
    expect([step.startTimeUnixNano, step.endTimeUnixNano]).toEqual(['1767225601500000000', '1767225602000000000'])
    expect(step.attributes[0]).toEqual({ key: 'step', value: { intValue: '1' } })
    expect([root.name, more]).toEqual(['run', []])
    expect(notes).toHaveLength(1)
  })

  it('has its metrics as gauges; one that is no number carries the flag for it', async () => {
    const { metrics } = await exported('four')
    const gauges = Object.fromEntries(
      metrics[0].resourceMetrics[0].scopeMetrics[0].metrics.map((each: { name: string; gauge: unknown }) => [
        each.name,
        each.gauge,
      ]),
    )
    const step = (value: string) => [{ key: 'step', value: { intValue: value } }]
    expect(gauges['gradus.eval/sums/pass_at_1'].dataPoints).toEqual([
      { timeUnixNano: '1767225600000000000', attributes: step('0'), asDouble: 0.25 },
    ])
    expect(gauges['gradus.loss/total'].dataPoints).toEqual([
      { timeUnixNano: '1767225601500000000', attributes: step('1'), flags: 1 },
    ])
  })

  it('has its events as log records of two severities', async () => {
    const { logs } = await exported('five')
    const records = logs[0].resourceLogs[0].scopeLogs[0].logRecords
    expect(records.map((each: { severityText: string; body: unknown }) => [each.severityText, each.body])).toEqual([
      ['INFO', { stringValue: 'start' }],
      ['WARN', { stringValue: 'careful' }],
    ])
    expect(records[1].attributes).toContainEqual({ key: 'limits', value: { stringValue: '[1]' } })
  })
})

describe('placeSpans', () => {
  const parents = (spans: readonly (readonly [string, number, number])[]) => {
    const placed = placeSpans(spans.map(([phase, start, ms]) => ({ phase, start, ms })))
    return Object.fromEntries(placed.map(({ phase, parent }) => [phase, parent === undefined ? '' : spans[parent][0]]))
  }

  it('takes the shortest phase around one for its parent', () => {
    expect(
      parents([
        ['sample', 10, 5],
        ['verify', 15, 2],
        ['rollout', 10, 10],
        ['train', 20, 4],
        ['step', 9, 20],
      ]),
    ).toEqual({ step: '', rollout: 'step', sample: 'rollout', verify: 'rollout', train: 'step' })
  })

  it('begins anew where the clock falls back', () => {
    const placed = placeSpans([
      { phase: 'a', start: 5000, ms: 10 },
      { phase: 'b', start: 3, ms: 4 },
    ])
    expect(placed.map(({ session, offset, parent }) => [session, offset, parent])).toEqual([
      [0, 0, undefined],
      [1, 0, undefined],
    ])
  })

  it('never gives a parent that does not hold its child, and loses none', () => {
    const span = fc.record({ start: fc.nat(40), ms: fc.nat(20) })
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const placed = placeSpans(spans.map((each) => ({ ...each, phase: 'x' })))
        expect(placed.map(({ index }) => index).sort((a, b) => a - b)).toEqual(spans.map((_, i) => i))
        for (const { index, parent } of placed) {
          if (parent === undefined) continue
          const [a, b] = [spans[parent], spans[index]]
          expect(a.start <= b.start && a.start + a.ms >= b.start + b.ms).toBe(true)
        }
      }),
    )
  })
})

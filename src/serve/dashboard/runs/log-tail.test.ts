import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { linesOf, ShownFolder } from '../__fixtures__/shown-folder.ts'
import { LogTail } from './log-tail.ts'
import { SparkPoints } from './spark-points.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())

let count = 0
function follow(text: string) {
  const path = join(folder.root, `${++count}.jsonl`)
  writeFileSync(path, text)
  let met: { line: string; byte: number }[] = []
  const tail = new LogTail(
    path,
    (line, byte) => met.push({ line, byte }),
    () => {
      met = []
    },
    1000,
  )
  return { path, tail, met: () => met, lines: () => met.map(({ line }) => line) }
}
const numbers = (from: number, to: number): string =>
  linesOf(Array.from({ length: to - from }, (_, i) => ({ step: from + i, pad: 'ü'.repeat(20) })))
const stepOf = (line: string): number => JSON.parse(line).step

describe('following a log', () => {
  it('meets every line of a short one once, with its place in bytes', () => {
    const { path, tail, met, lines } = follow(numbers(0, 5))
    tail.refresh(0)
    tail.refresh(0)
    appendFileSync(path, numbers(5, 7))
    tail.refresh(0)
    expect(lines().map(stepOf)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(met()[6].byte).toBe(Buffer.byteLength(numbers(0, 6)))
  })

  it('waits for the end of a torn line', () => {
    const { path, tail, lines } = follow('{"step":1}\n{"st')
    tail.refresh(0)
    expect(lines()).toEqual(['{"step":1}'])
    appendFileSync(path, 'ep":2}\n')
    tail.refresh(0)
    expect(lines()).toEqual(['{"step":1}', '{"step":2}'])
  })

  it('looks at places of a long one: whole lines in order, the first and the last among them', () => {
    const { tail, met, lines } = follow(`${numbers(0, 5000)}{"step":50`)
    tail.refresh(0)
    const steps = lines().map(stepOf)
    expect(steps.length).toBeLessThanOrEqual(42)
    expect(steps[0]).toBe(0)
    expect(steps.at(-1)).toBe(4999)
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
    expect(met().every(({ line, byte }) => byte === Buffer.byteLength(numbers(0, stepOf(line))))).toBe(true)
  })

  it('goes on from its end', () => {
    const { path, tail, lines } = follow(numbers(0, 5000))
    tail.refresh(0)
    const before = lines().length
    appendFileSync(path, numbers(5000, 5003))
    tail.refresh(0)
    expect(lines().slice(before).map(stepOf)).toEqual([5000, 5001, 5002])
  })

  it('begins anew when the log was cut, replaced, or may have been', () => {
    const { path, tail, lines } = follow(numbers(0, 5))
    tail.refresh(0)
    truncateSync(path, Buffer.byteLength(numbers(0, 2)))
    tail.refresh(0)
    expect(lines().map(stepOf)).toEqual([0, 1])
    appendFileSync(path, numbers(7, 9))
    tail.refresh(1)
    expect(lines().map(stepOf)).toEqual([0, 1, 7, 8])
    rmSync(path)
    tail.refresh(1)
    expect(lines()).toEqual([])
  })

  it('passes over lines without end', () => {
    const { tail, lines } = follow(`${'x'.repeat(5000)}\n{"step":1}\n${'y'.repeat(5000)}`)
    tail.refresh(0)
    expect(lines().at(-1)).toBe('{"step":1}')
  })
})

describe('the points of a sparkline', () => {
  it('are all rows of a short run, and of the reward once there is one', () => {
    const spark = new SparkPoints()
    expect(spark.spark).toBeNull()
    spark.add({ 'sft/nll': 2 }, 0)
    spark.add({ 'sft/nll': 1 }, 10)
    expect(spark.spark).toEqual({ name: 'sft/nll', points: [2, 1] })
    spark.add({ 'reward/mean': 0.5, 'sft/nll': 1 }, 20)
    spark.add({ 'sft/nll': 1 }, 30)
    spark.add({ 'reward/mean': null }, 40)
    spark.add({ 'reward/mean': 0.25 }, 50)
    expect(spark.spark).toEqual({ name: 'reward/mean', points: [0.5, 0.25] })
  })

  it('stay few and evenly spread however long it grows', () => {
    const spark = new SparkPoints()
    for (let i = 0; i < 10_000; i++) spark.add({ 'reward/mean': i }, i * 100)
    const { points } = spark.spark!
    expect(points).toHaveLength(40)
    expect(points[0]).toBe(0)
    expect(points[39]).toBeGreaterThan(9500)
    const gaps = points.slice(1).map((value, i) => value - points[i])
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2.5 * Math.min(...gaps))
  })
})

// Every operator is in every table: factories, lowerings, differentiation rules, interpreter, conformance battery.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { elementwiseCases } from './__fixtures__/elementwise-cases.ts'
import { nnCases } from './__fixtures__/nn-cases.ts'
import { structureCases } from './__fixtures__/structure-cases.ts'
import { gradientRules } from './gradients/index.ts'
import { lowerings } from './onnx/lowering.ts'
import { kernels } from './reference/index.ts'

/** Kinds as they are written in the factories. */
function kindsInFactories(): string[] {
  const folder = new URL('./ops/', import.meta.url)
  const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  return sources.flatMap((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    return [...text.matchAll(/(?:kind: |unary\(|binary\(|reduction\(|same\()'(\w+)'/g)].map((match) => match[1])
  })
}

describe('operator tables', () => {
  const kinds = kindsInFactories().sort()

  it('finds the factories', () => {
    expect(kinds.length).toBeGreaterThan(40)
    expect(new Set(kinds).size).toBe(kinds.length)
    for (const kind of ['add', 'exp', 'where', 'sum', 'reshape', 'gather', 'matmul', 'softmax', 'rotate']) {
      expect(kinds).toContain(kind)
    }
  })

  it.each([
    ['lowerings', lowerings],
    ['differentiation rules', gradientRules],
    ['reference kernels', kernels],
  ])('has exactly these operators in the %s', (_table, entries) => {
    expect(Object.keys(entries).sort()).toEqual(kinds)
  })

  it('has exactly these operators in the conformance battery', () => {
    expect([...elementwiseCases, ...structureCases, ...nnCases].map(({ kind }) => kind).sort()).toEqual(kinds)
  })
})

import { describe, expect, it } from 'vitest'
import { checkRows } from './check-rows.ts'
import { questionTasks } from './questions/catalog.ts'

const reader = questionTasks[0]
const rows = ['3', '\\frac{1}{2}', '7'].map((answer, i) =>
  reader.fromRow!({ id: `r${i}`, problem: `What is ${i}?`, answer }, 'test'),
)

describe('checkRows', () => {
  it('holds for rows that the verifier can judge', async () => {
    const report = await checkRows(reader, rows)
    expect(report.failures).toEqual([])
    expect(report.checks['gold is right']).toBe(3)
    expect(report.checks['hostile texts']).toBeGreaterThan(60)
  })

  it('finds a verifier that accepts everything, and one that throws', async () => {
    const yes = await checkRows({ ...reader, verify: () => ({ kind: 'right', score: 1, reason: 'sure' }) }, rows)
    expect(new Set(yes.failures.map(({ check }) => check))).toContain('hostile texts')
    const throws = () => {
      throw new Error('choked')
    }
    const report = await checkRows({ ...reader, verify: throws }, rows)
    expect(report.failures[0].detail).toContain('choked')
    expect(report.ok).toBe(false)
  })
})

// Which verdict a report comes to.
import { describe, expect, it } from 'vitest'
import { codeVerdict } from './code-verdict.ts'
import type { CaseReport, CodeReport } from './verify-code.ts'

function report(...cases: readonly CaseReport[]): CodeReport {
  const passed = cases.filter(({ status }) => status === 'ok').length
  const failure = cases.find(({ status }) => status !== 'ok')
  const isOurs = cases.some((one) => one.isOurs)
  return { passed, total: cases.length, status: failure?.status ?? 'ok', reason: 'why', cases, isOurs }
}

const ok: CaseReport = { status: 'ok', reason: '', ms: 1 }
const wrong: CaseReport = { status: 'wrong', reason: 'why', ms: 1 }
const slow: CaseReport = { status: 'timeout', reason: 'why', limit: 'cpu', ms: 1 }
const starved: CaseReport = { status: 'timeout', reason: 'why', limit: 'wall', ms: 1 }
const ours: CaseReport = { status: 'refused', reason: 'why', isOurs: true, ms: 0 }

describe('codeVerdict', () => {
  it('is right with score 1 only when every test passes', () => {
    expect(codeVerdict(report(ok, ok))).toEqual({ kind: 'right', score: 1, reason: '2 of 2 tests passed' })
    expect(codeVerdict(report(ok, wrong))).toMatchObject({ kind: 'wrong', score: 0, parts: { passed: 0.5 } })
  })

  it('scores the share of passed tests when asked to', () => {
    expect(codeVerdict(report(ok, wrong, ok, ok), { score: 'fraction' })).toMatchObject({ kind: 'wrong', score: 0.75 })
    expect(codeVerdict(report(ok), { score: 'fraction' })).toMatchObject({ kind: 'right', score: 1 })
  })

  it('calls a program wrong that used up its processor time, and one that only ran late undecided', () => {
    expect(codeVerdict(report(ok, slow))).toMatchObject({ kind: 'wrong', score: 0 })
    expect(codeVerdict(report(ok, starved))).toMatchObject({ kind: 'undecided', score: 0 })
    expect(codeVerdict(report(slow, starved))).toMatchObject({ kind: 'undecided' })
    expect(codeVerdict(report(wrong, starved))).toMatchObject({ kind: 'wrong' })
    expect(codeVerdict(report(starved), { timeout: 'wrong' })).toMatchObject({ kind: 'wrong', score: 0 })
    expect(codeVerdict(report(slow), { timeout: 'undecided' })).toMatchObject({ kind: 'undecided', score: 0 })
  })

  it('has failed when our side did, unless the program failed a test anyway', () => {
    expect(codeVerdict(report(ok, ours))).toMatchObject({ kind: 'failed', score: 0 })
    expect(codeVerdict(report(wrong, ours))).toMatchObject({ kind: 'wrong', score: 0 })
    expect(codeVerdict(report(wrong, ours), { score: 'fraction' })).toMatchObject({ kind: 'failed', score: 0 })
  })
})

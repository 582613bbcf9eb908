// Runs, rows, claims and report.md over made-up runs. Long because one made-up lab serves all of them.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Claim } from '../contracts/index.ts'
import { findRecipe, isHigher, passAt, startPassAt } from '../recipes/index.ts'
import { type Found, openRun, toyPlanner, toyRequest, writeFinished } from './__fixtures__/synthetic-lab.ts'
import {
  checkClaim,
  describeGaps,
  labMarkdown,
  listManifests,
  type Manifest,
  planLab,
  readArmRuns,
  readResults,
  rowCells,
  writeLabReport,
  writeManifest,
} from './index.ts'

let out: string
let manifest: Manifest
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'gradus-lab-'))
  // dapo claims to beat grpo, its baseline.
  manifest = planLab(toyRequest([findRecipe('grpo'), findRecipe('dapo')], { out }), toyPlanner).manifest
})
afterEach(() => rmSync(out, { recursive: true, force: true }))

const dirOf = (recipe: string, seed: number): string =>
  join(out, manifest.arms[manifest.own[recipe]].dir, `seed-${seed}`)
const finish = (recipe: string, seed: number, found: Partial<Found> = {}): void =>
  writeFinished(dirOf(recipe, seed), seed, {
    samples: 4,
    first: [0, 1, 1, 2],
    last: [2, 3, 2, 4],
    k: [1, 4],
    ...found,
  })
const better = { last: [4, 4, 3, 4] }

describe('runs of an arm', () => {
  const read = () => readArmRuns(out, manifest.arms[manifest.own.grpo], [1, 2])

  it('are read with the counts of their first and last evaluation', () => {
    finish('grpo', 1)
    finish('grpo', 2, { undecided: 1 })
    const { runs, missing } = read()
    expect(missing).toEqual([])
    expect(runs[0]).toMatchObject({
      seed: 1,
      first: { samples: 4, right: [0, 1, 1, 2] },
      last: { samples: 4, right: [2, 3, 2, 4] },
      problems: ['p0', 'p1', 'p2', 'p3'],
      k: [1, 4],
      withoutVerdict: 0,
    })
    expect(runs[0].metrics.map(({ step }) => step)).toEqual([0, 3])
    expect(runs[1]).toMatchObject({ last: { right: [2, 3, 2, 4] }, withoutVerdict: 1 })
  })

  it('are named with where they stand when they are not finished', () => {
    openRun(dirOf('grpo', 1)).close('failed', 'the loss is not a number')
    expect(read()).toEqual({
      runs: [],
      missing: [
        { seed: 1, standing: 'failed', why: 'the loss is not a number' },
        { seed: 2, standing: 'to do', why: null },
      ],
    })
  })

  it('are missing when their run.json is damaged', () => {
    finish('grpo', 1)
    writeFileSync(join(dirOf('grpo', 1), 'run.json'), '{')
    expect(read().missing[0]).toMatchObject({ standing: 'failed', why: expect.stringContaining('cannot be read') })
  })

  it('are missing when their evaluations are not whole', () => {
    finish('grpo', 1)
    const path = join(dirOf('grpo', 1), 'evals', 'sums@3.samples.jsonl')
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(1).join('\n'))
    openRun(dirOf('grpo', 2)).close('done', '')
    expect(read().missing.map(({ why }) => why)).toEqual([
      expect.stringContaining('are not those of 4 problems'),
      expect.stringContaining('no evaluation of its start and its end'),
    ])
  })
})

describe('results', () => {
  it('have a row for every arm, the best first, with differences paired by seed and problem', () => {
    for (const seed of [1, 2]) {
      finish('grpo', seed)
      finish('dapo', seed, better)
    }
    const { rows, missing, testbeds } = readResults(out, manifest)
    expect(missing).toBe(0)
    expect(rows.map(({ recipe }) => recipe)).toEqual(['dapo', 'grpo'])
    const [dapo, grpo] = rows
    expect(dapo).toMatchObject({ seeds: [1, 2], problems: 4, samples: 4, baseline: 'grpo', isOwn: true })
    expect(dapo.pass1).toMatchObject({ value: 15 / 16, n: 8 })
    expect(dapo.overStart?.value).toBeCloseTo(11 / 16, 12)
    expect(dapo.overBaseline?.value).toBeCloseTo(4 / 16, 12)
    expect(dapo.largestK).toMatchObject({ k: 4, pass: { value: 1 } })
    expect(dapo.cost).toEqual({ trainedTokens: 900, sampledTokens: 4000, steps: 3, seconds: 6 })
    // Its baseline was not asked for.
    expect(grpo).toMatchObject({ baseline: 'reinforce', overBaseline: null })
    expect(Object.keys(testbeds[0].start ?? {})).toEqual(['1', '4'])
    expect(testbeds[0].start?.['1'].value).toBe(4 / 16)
  })

  it('compare with the baseline over the seeds that both have, and only on the same problems', () => {
    finish('grpo', 2)
    for (const seed of [1, 2]) finish('dapo', seed, better)
    const row = () => readResults(out, manifest).rows.find(({ recipe }) => recipe === 'dapo')
    expect(row()?.overBaseline).toMatchObject({ n: 4 })
    rmSync(dirOf('grpo', 2), { recursive: true })
    finish('grpo', 2, { first: [0, 1], last: [2, 3] })
    expect(row()?.overBaseline).toBe(null)
  })

  it('compare with a baseline that is there for a claim alone', () => {
    // The claim of dapo brings grpo.
    manifest = planLab(toyRequest([findRecipe('dapo')], { out }), toyPlanner).manifest
    const grpo = Object.values(manifest.arms).find(({ recipe }) => recipe === 'grpo')!
    finish('dapo', 1, better)
    writeFinished(join(out, grpo.dir, 'seed-1'), 1, { samples: 4, first: [0, 1, 1, 2], last: [2, 3, 2, 4] })
    const { rows } = readResults(out, manifest)
    expect(rows[0]).toMatchObject({ recipe: 'dapo', isOwn: true, overBaseline: { value: 4 / 16 } })
    expect(rows[1]).toMatchObject({ recipe: 'grpo', isOwn: false })
  })

  it('hold the findings of claims, and say what they lack', () => {
    for (const seed of [1, 2]) finish('grpo', seed)
    finish('dapo', 1)
    expect(readResults(out, manifest).claims).toMatchObject([
      { recipe: 'grpo', testbed: 'toy', outcome: 'held' },
      { recipe: 'dapo', outcome: 'not checked', evidence: 'missing: own seed 2 (to do)' },
    ])
  })

  it('know claims of recipes that are no longer there', () => {
    const gone = { ...manifest, claims: [{ recipe: 'gone', statement: 'x', testbed: 'toy', arms: {} }] }
    expect(readResults(out, gone).claims[0]).toMatchObject({ recipe: 'gone', outcome: 'not checked' })
  })

  it('are empty, not wrong, before anything has run', () => {
    const results = readResults(out, manifest)
    expect(results).toMatchObject({ missing: 4, testbeds: [{ id: 'toy', start: null }] })
    expect(rowCells(results, 'toy').rows[0]).toEqual(['grpo', ...Array(7).fill('-'), '0'])
    expect(describeGaps(results)).toContain('dapo on toy, seed 2: to do')
    expect(labMarkdown(results)).toContain('Starting model: not known yet.')
  })
})

describe('samples without a verdict', () => {
  const row = (recipe: string) => readResults(out, manifest).rows.find((one) => one.recipe === recipe)

  it('are left out of a problem, counted, and told', () => {
    finish('grpo', 1)
    finish('grpo', 2, { undecided: 1 })
    const grpo = row('grpo')
    // Seed 2 has p0 right in 2 of 3 decided samples, not of 4.
    expect(grpo?.pass1?.value).toBeCloseTo((2 / 4 + 3 / 4 + 2 / 4 + 1 + 2 / 3 + 3 / 4 + 2 / 4 + 1) / 8, 12)
    expect(grpo?.overStart?.value).toBeCloseTo((7 / 16 + (2 / 3 + 3 / 4 + 2 / 4 + 1 - 1) / 4) / 2, 12)
    expect(grpo?.withoutVerdict).toBe(1)
    expect(describeGaps(readResults(out, manifest))).toContain('grpo on toy: 1 samples without a verdict, left out')
  })

  it('leave a problem without a number where too few are decided, for all seeds alike', () => {
    finish('grpo', 1)
    finish('grpo', 2, { undecided: 1 })
    // pass@4 of p0 is not known for seed 2, so p0 counts for neither.
    expect(row('grpo')?.largestK).toMatchObject({ k: 4, pass: { value: 1, n: 6 } })
  })

  it('leave a row without a number where no problem has one', () => {
    finish('grpo', 1, { first: [0], last: [0], undecided: 4 })
    expect(row('grpo')).toMatchObject({ pass1: null, overStart: null, largestK: null, withoutVerdict: 4 })
  })

  it('are left out of a claim as they are of a row', () => {
    finish('grpo', 1)
    finish('grpo', 2, { undecided: 1 })
    const { claims, rows } = readResults(out, manifest)
    // As above: 7/16 for seed 1, (2/3 + 5/4) / 4 for seed 2.
    expect(claims[0]).toMatchObject({ recipe: 'grpo', outcome: 'held', evidence: expect.stringContaining(' 0.458 [') })
    expect(rows.find(({ recipe }) => recipe === 'grpo')?.overStart?.value).toBeCloseTo(0.4583, 4)
  })

  it('take a problem without any other out of a claim, whose evidence says so', () => {
    finish('grpo', 1)
    finish('grpo', 2, { last: [0, 3, 2, 4], undecided: 4 })
    const [claim] = readResults(out, manifest).claims
    // Without p0: 9/12 - 4/12 for both seeds.
    expect(claim).toMatchObject({ recipe: 'grpo', outcome: 'held', evidence: expect.stringContaining(' 0.417 [') })
    expect(claim.evidence).toMatch(/\] over 3 of 4 problems, the others lack verdicts$/)
  })

  it('leave a claim unchecked where they take all of its problems', () => {
    for (const seed of [1, 2]) finish('grpo', seed, { first: [0], last: [0], undecided: 4 })
    expect(readResults(out, manifest).claims[0]).toMatchObject({
      outcome: 'not checked',
      evidence: expect.stringContaining('too few samples have a verdict'),
    })
  })
})

describe('a claim', () => {
  const claim: Claim = {
    statement: 'It rises.',
    arms: { own: { recipe: 'grpo' } },
    check: isHigher(['own', passAt(1)], ['own', startPassAt(1)]),
  }
  const grpo = () => readArmRuns(out, manifest.arms[manifest.own.grpo], [1])

  it('is held, not held or inconclusive, with its numbers', () => {
    finish('grpo', 1)
    expect(checkClaim(claim, { own: grpo() })).toEqual({
      statement: 'It rises.',
      outcome: 'held',
      evidence: expect.stringContaining('0.438'),
    })
  })

  it('is not checked when too few samples were drawn, or an arm was never asked for', () => {
    finish('grpo', 1)
    const wide = { ...claim, check: isHigher(['own', passAt(64)], ['own', startPassAt(64)]) }
    expect(checkClaim(wide, { own: grpo() })).toMatchObject({
      outcome: 'not checked',
      evidence: expect.stringContaining('pass@64'),
    })
    expect(checkClaim(claim, {})).toMatchObject({ evidence: 'missing: own, which was not asked for' })
  })
})

describe('the report', () => {
  it('has the table, the claims, the settings and the command', () => {
    for (const seed of [1, 2]) {
      finish('grpo', seed)
      finish('dapo', seed, better)
    }
    writeManifest(out, manifest)
    const { path } = writeLabReport(out, manifest)
    expect(path).toBe(join(out, 'toy', 'report.md'))
    const text = readFileSync(path, 'utf8')
    const row = text.split('\n').find((line) => line.startsWith('| dapo | 0.938 ['))
    expect(row).toMatch(
      /\| \+0\.688 \[.*\] \| \+0\.250 \[.*\] \(grpo\) \| 1\.00 \[.*\] \| 900 \| 4k \| 3 \| 6\.0s \| 2 \|$/,
    )
    expect(text).toContain('1k trained tokens or 5 steps a run; seeds 1, 2; 4 problems x 4 samples')
    expect(text).toMatch(/Starting model: pass@1 0\.250 \[/)
    expect(text).toMatch(/\| dapo \| toy \| For the same trained tokens.* \| held \| /)
    expect(text).toContain('gradus lab run')
    expect(text).not.toContain('Missing')
  })

  it('is made again from the folder alone, wherever that was moved', () => {
    for (const seed of [1, 2]) finish('grpo', seed)
    writeManifest(out, manifest)
    const before = readResults(out, manifest)
    const moved = `${out}-moved`
    renameSync(out, moved)
    try {
      expect(existsSync(out)).toBe(false)
      const [found] = listManifests(moved)
      expect(found).toEqual(manifest)
      expect(readResults(moved, found)).toEqual(before)
    } finally {
      renameSync(moved, out)
    }
  })

  it('is of the latest lab first, and a damaged lab.json is told', () => {
    expect(listManifests(join(out, 'nowhere'))).toEqual([])
    writeManifest(out, manifest)
    writeManifest(out, { ...manifest, testbed: 'later', at: '2027-01-01T00:00:00.000Z' })
    expect(listManifests(out).map(({ testbed }) => testbed)).toEqual(['later', 'toy'])
    writeFileSync(join(out, 'toy', 'lab.json'), '{}')
    expect(() => listManifests(out)).toThrow(/lab\.json cannot be read/)
  })

  it('cannot lie in a file', () => {
    writeFileSync(join(out, 'file'), '')
    expect(() => writeManifest(join(out, 'file'), manifest)).toThrow(/is not a folder/)
  })
})

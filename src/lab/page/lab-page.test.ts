import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRecipe } from '../../recipes/index.ts'
import { renderReport } from '../../store/index.ts'
import { type Found, toyPlanner, toyRequest, writeFinished } from '../__fixtures__/synthetic-lab.ts'
import {
  evaluationCurve,
  labCurves,
  labPage,
  type Manifest,
  metricCurve,
  planLab,
  readArmRuns,
  readLabRuns,
  resultsOf,
  writeLabReport,
  writeManifest,
} from '../index.ts'

let out: string
let manifest: Manifest
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'gradus-lab-page-'))
  manifest = planLab(toyRequest([findRecipe('grpo'), findRecipe('dapo')], { out }), toyPlanner).manifest
})
afterEach(() => rmSync(out, { recursive: true, force: true }))

const dirOf = (recipe: string, seed: number): string =>
  join(out, manifest.arms[manifest.own[recipe]].dir, `seed-${seed}`)
const finish = (recipe: string, seed: number, found: Partial<Found> = {}): void =>
  writeFinished(dirOf(recipe, seed), seed, { samples: 4, first: [0, 1, 1, 2], last: [2, 3, 2, 4], k: [1, 4], ...found })
const better = { last: [4, 4, 3, 4] }

const page = () => {
  const runs = readLabRuns(out, manifest)
  return labPage({ results: resultsOf(manifest, runs), curves: labCurves(runs), at: manifest.at })
}
const titles = (): readonly string[] => (page().sections ?? []).map(({ title }) => title)
const part = (title: string) => page().sections?.find((section) => section.title === title)
const lead = (): string => (page().lead ?? []).join('\n')

describe('the page of a lab', () => {
  it('says in words what was compared, what came out, and that all is there', () => {
    for (const seed of [1, 2]) {
      finish('grpo', seed)
      finish('dapo', seed, better)
    }
    expect(lead()).toContain(
      '2 recipes for training a small language model were tried on the testbed toy: nothing is trained.',
    )
    expect(lead()).toContain('about 1k tokens, or for 5 steps if those ended first, once with each of 2 seeds.')
    expect(lead()).toContain('the same 4 problems that none had seen, 4 samples of each.')
    expect(lead()).toMatch(
      /The base model has a pass@1 of 0\.250 \[.*\]\. Of 2 recipes at this budget, 2 ended surely above the base model\./,
    )
    expect(lead()).toMatch(/The highest is dapo, with 0\.938 \[.*\], (well ahead|but the next)/)
    expect(lead()).toContain(
      '2 claims that papers make were checked on these runs: 2 held, 0 did not hold, 0 stayed open.',
    )
    expect(lead()).toContain('All 4 runs are finished.')
    expect(titles()).toEqual(['Ranking', 'Claims', 'Curves', 'Missing', 'How to read it', 'The recipes', 'Settings'])
  })

  it('ranks at equal trained tokens alone, and says why others stand apart', () => {
    for (const seed of [1, 2]) {
      finish('grpo', seed)
      finish('dapo', seed, better)
      // It trained 300 of 1000 tokens in its three steps.
      const path = join(dirOf('dapo', seed), 'metrics.jsonl')
      writeFileSync(path, readFileSync(path, 'utf8').replace('"tokens/seen":900', '"tokens/seen":300'))
    }
    expect(part('Ranking')?.table?.rows.map(({ name }) => name)).toEqual(['1. grpo'])
    expect(part('At another budget')?.table?.rows).toMatchObject([{ name: 'dapo', note: '300 of 1k tokens' }])
    expect(lead()).toContain('One recipe ended at this budget: grpo')
    expect(lead()).toContain('Not ranked, since not trained on that many tokens: dapo, with 0.938 [')
  })

  it('tells every claim with its outcome and its numbers, arms by their names', () => {
    for (const seed of [1, 2]) finish('grpo', seed)
    expect(part('Claims')?.facts?.rows).toMatchObject([
      [
        'grpo',
        'pass@1 on held-out problems rises over the starting model.',
        { text: 'held', tone: 'good' },
        { text: [expect.stringMatching(/^pass@1 \(grpo\) minus pass@1 of the base model \(grpo\): 0\.438 \[/)] },
      ],
      [
        'dapo',
        expect.any(String),
        { text: 'not checked', tone: 'open' },
        { text: [expect.stringContaining('missing')] },
      ],
    ])
  })

  it('says what is missing, where it stands, and that numbers may change', () => {
    finish('grpo', 1, { undecided: 1 })
    expect(lead()).toContain('3 of 4 runs are not finished')
    expect(part('Missing')?.points).toEqual([
      'grpo on toy, seed 2: to do',
      'grpo on toy: 1 samples without a verdict, left out',
      'dapo on toy, seed 1: to do',
      'dapo on toy, seed 2: to do',
    ])
    expect(part('Ranking')?.table?.rows).toMatchObject([
      { name: '1. grpo', note: 'seeds missing: 2; 1 samples without a verdict' },
      { name: 'dapo', estimates: [undefined, undefined, undefined, undefined], note: 'seeds missing: 1, 2' },
    ])
  })

  it('defines every column that it shows', () => {
    for (const seed of [1, 2]) finish('grpo', seed)
    const { table, facts } = { table: part('Ranking')?.table, facts: part('Claims')?.facts }
    const terms = (part('How to read it')?.definitions ?? []).map(({ term }) => term).join(', ')
    const measures = (table?.measures ?? []).map((one) => (typeof one === 'string' ? one : one.name))
    const columns = [...measures.map((name) => name.replace(/@4$/, '@k')), ...(table?.extra ?? []), 'seeds', 'time']
    for (const column of columns) expect(terms).toContain(column)
    expect(facts?.head[0]).toBe('recipe')
    expect(part('The recipes')?.definitions?.map(({ term }) => term)).toEqual(['grpo', 'dapo'])
  })

  it('has no empty ranking where no recipe was trained on the budget', () => {
    for (const seed of [1, 2]) finish('grpo', seed)
    manifest = { ...manifest, testbeds: { toy: { ...manifest.testbeds.toy, tokens: 9000, steps: 3 } } }
    rmSync(dirOf('dapo', 1), { recursive: true, force: true })
    expect(titles().slice(0, 2)).toEqual(['Ranking', 'At another budget'])
    expect(part('Ranking')?.table?.rows.map(({ name }) => name)).toEqual(['dapo'])
    for (const seed of [1, 2]) finish('dapo', seed)
    expect(titles()[0]).toBe('At another budget')
    expect(part('At another budget')?.table?.rows[0].note).toBe('900 of 9k tokens: ended by the limit of 3 steps')
    expect(lead()).toContain('No recipe has finished at this budget.')
  })

  it('stands before anything has run', () => {
    expect(lead()).toContain('No recipe has finished at this budget yet.')
    expect(renderReport(page())).not.toMatch(/undefined|NaN|Infinity/)
  })

  it('is one file without script or network, written beside report.md', () => {
    for (const seed of [1, 2]) finish('grpo', seed)
    writeManifest(out, manifest)
    const written = writeLabReport(out, manifest)
    expect(written.page).toBe(join(out, 'toy', 'report.html'))
    const text = readFileSync(written.page, 'utf8')
    expect(text).not.toMatch(/<script|https?:|\bsrc=|url\(|@import|\son\w+=/i)
    for (const shown of ['gradus lab run', 'asked for on 2026-01-01', 'How to read it']) expect(text).toContain(shown)
  })
})

describe('curves of an arm', () => {
  const runs = () => readArmRuns(out, manifest.arms[manifest.own.grpo], [1, 2]).runs

  it('go over the tokens trained on, with the mean over seeds', () => {
    finish('grpo', 1)
    finish('grpo', 2, better)
    expect(evaluationCurve(runs())).toMatchObject([
      { x: 0, value: 0.25, n: 8 },
      { x: 900, value: (11 + 15) / 32, n: 8 },
    ])
    expect(evaluationCurve([])).toEqual([])
  })

  it('join the ends of runs that ended at other steps', () => {
    finish('grpo', 1)
    finish('grpo', 2)
    const [one, two] = runs()
    const later = { ...two, evaluations: two.evaluations.map((e) => (e.step === 3 ? { ...e, step: 4 } : e)) }
    expect(evaluationCurve([one, later]).map(({ x }) => x)).toEqual([0, 900])
    // With one more evaluation, only equal steps belong together.
    const more = { ...later, evaluations: [...two.evaluations, { ...two.evaluations[1], step: 9 }] }
    expect(evaluationCurve([one, more]).map(({ x }) => x)).toEqual([0, 900])
  })

  it('show a logged quantity with its lowest and highest seed, at steps that all have', () => {
    finish('grpo', 1)
    finish('grpo', 2)
    const row = (step: number, share: number) => ({
      ...{ step, time_s: 0, tokens: 0, 'tokens/seen': step * 100 },
      'reward/verdict/mean': share,
    })
    const [one, two] = runs()
    const logged = [
      { ...one, metrics: [row(1, 0.2), row(2, 0.4), row(3, 0.5)] },
      { ...two, metrics: [row(1, 0.4), row(2, 0.4)] },
    ]
    const curve = metricCurve(logged, 'reward/verdict/mean')
    expect(curve.map(({ x, low, high, n }) => [x, low, high, n])).toEqual([
      [100, 0.2, 0.4, 2],
      [200, 0.4, 0.4, 2],
    ])
    expect(curve[0].value).toBeCloseTo(0.3, 12)
    expect(metricCurve(runs(), 'reward/verdict/mean')).toEqual([])
  })
})

// One battery over the catalogue: what every recipe must do, whichever it is. A new recipe is covered by its line in
// src/recipes/catalog.ts; nothing here names one.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listeningIo } from '../../src/cli/__fixtures__/listening-io.ts'
import { explainRecipe } from '../../src/cli/run/explain-command.ts'
import { resolveConfig } from '../../src/cli/run/resolve-config.ts'
import { keysAt, purposeAt, schemaTree, settingPaths } from '../../src/cli/run/settings-schema.ts'
import type { Stage } from '../../src/contracts/index.ts'
import { findMetric } from '../../src/contracts/metrics.ts'
import { embeddedHost } from '../../src/engine/embedded-host.ts'
import { findTestbed } from '../../src/lab/index.ts'
import { type AnyRecipe, findRecipe, recipes } from '../../src/recipes/index.ts'
import { readMetrics } from '../../src/store/index.ts'
import { coinTask, recordBatches } from './recorded-batches.ts'
import { slopesOf } from './slopes.ts'
import { type LastingFiles, lastingFiles, shortConfigs, stagesOf, tinyBase, trainShort } from './tiny-runs.ts'

const ids = recipes.map(({ id }) => id)
const folder = mkdtempSync(join(tmpdir(), 'gradus-recipes-'))
const sources = fileURLToPath(new URL('../../src/recipes', import.meta.url))
let base: string

beforeAll(async () => {
  base = await tinyBase(join(folder, 'base'))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('no two recipes have one id', () => {
  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', (id, recipe) => {
  it('has a configuration that survives being written down, every field described', () => {
    const config: unknown = recipe.config.parse({})
    expect(recipe.config.parse(JSON.parse(JSON.stringify(config)))).toEqual(config)
    expect(undescribed(recipe)).toEqual([])
  })

  it('says what it is: a name, a paper, a sentence, a baseline, how it differs', () => {
    const { paper, summary, baseline, deviations, family } = recipe
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(family).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(paper.id).not.toBe('')
    expect(paper.title).not.toBe('')
    expect(paper.year).toBeGreaterThan(1950)
    for (const text of [summary, ...deviations]) expect(text).toMatch(oneSentence)
    expect(deviations).not.toEqual([])
    if (baseline !== undefined) expect(ids.filter((other) => other !== id)).toContain(baseline)
  })

  it('says what should be seen, on runs that can be made', () => {
    expect(recipe.claims).not.toEqual([])
    for (const { statement, testbed, arms } of recipe.claims) {
      expect(statement).toMatch(oneSentence)
      if (testbed !== undefined) expect(findTestbed(testbed).id).toBe(testbed)
      expect(Object.values(arms).map((arm) => arm.recipe)).toContain(id)
      for (const arm of Object.values(arms))
        resolveConfig({ schema: findRecipe(arm.recipe).config, overrides: arm.settings })
    }
  })

  it('has a file of its name that opens with what it is and where it comes from', () => {
    const header = /^(?:\/\/.*\n)+/.exec(sourceOf(id))?.[0] ?? ''
    expect(header.split('\n').length).toBeGreaterThan(2)
    expect(header).toContain(/^\d{4}\.\d+$/.test(recipe.paper.id) ? recipe.paper.id : String(recipe.paper.year))
  })

  it('can be explained, in words and as JSON', () => {
    const io = listeningIo()
    explainRecipe(id, { set: [], json: true }, io)
    const { stages, ...explained } = JSON.parse(io.results)
    expect(explained).toMatchObject({ id, summary: recipe.summary, config: recipe.config.parse(explained.config) })
    expect(stages.length).toBeGreaterThan(0)
    for (const { formula } of stages) expect(formula).toMatch(/\S/)
    const words = listeningIo()
    explainRecipe(id, { set: [] }, words)
    expect(words.results).toContain(recipe.summary)
  })

  describe.each(shortConfigs(recipe))('%s', (variant, config) => {
    const at = (name: string): string => join(folder, id, variant, name)
    const run = (name: string, stopRequested?: () => boolean) =>
      trainShort(recipe, config, { base, dir: at(name), stopRequested })

    beforeAll(async () => {
      expect(stepsOf(stagesOf(recipe, config))).toBeLessThan(8)
      await run('once')
    })

    it('logs finite numbers under names of the glossary, and moves the weights', () => {
      const { rows } = readMetrics(at('once'))
      const names = new Set(rows.flatMap((row) => Object.keys(row)))
      for (const name of ['step', 'time_s', 'tokens']) names.delete(name)
      expect([...names].filter((name) => findMetric(name) === undefined)).toEqual([])
      for (const row of rows)
        for (const [name, value] of Object.entries(row))
          expect(value, `${name}, step ${row.step}`).toSatisfy(isFiniteNumber)
      expect(names).toContain('loss/total')
      expect(rows.some((row) => Number(row['optim/grad_norm']) > 0)).toBe(true)
    })

    if (variant === shortConfigs(recipe)[0][0])
      it('writes the same bytes again with the same seed, whatever the clock says', async () => {
        await run('again')
        expectSame('again', ['results', 'checkpoint', 'rollouts'])
      })

    describe('stopped in the middle of every stage, and taken up again', () => {
      beforeAll(async () => {
        const stages = stagesOf(recipe, config)
        const stops = stages.map(({ steps }, i) => Math.ceil(steps / 2) + stepsOf(stages.slice(0, i)))
        let done = 0
        let interruptions = 0
        const stop = (): boolean => stops.includes(++done)
        while ((await run('stopped', stop)).status === 'interrupted') interruptions++
        expect(interruptions).toBe(stages.length)
      })

      it('comes to the same end', () => expectSame('stopped', ['results', 'checkpoint']))

      it('has recorded the same rollouts', () => expectSame('stopped', ['rollouts']))
    })

    it('has claims that can be checked on its runs', () => {
      const counts = { samples: 128, right: [0, 3, 128] }
      const run = { seed: 1, first: counts, last: counts, metrics: readMetrics(at('once')).rows }
      for (const { statement, arms, check } of recipe.claims) {
        const { outcome, evidence } = check(Object.fromEntries(Object.keys(arms).map((arm) => [arm, [run, run]])))
        expect(['held', 'not held', 'inconclusive'], statement).toContain(outcome)
        expect(evidence, statement).toMatch(/\d/)
        expect(evidence, statement).not.toContain('NaN')
      }
    })

    it('has the gradient that is the slope of its loss', async () => {
      const host = embeddedHost({ threads: 1 })
      for (const stage of stagesOf(recipe, config, { task: coinTask })) {
        const batches = await recordBatches(stage, host, base)
        expect(batches.length, stage.id).toBeGreaterThan(0)
        const { gradientNorm, totals, slopes } = await slopesOf(batches[0], { ...stage, base })
        expect(gradientNorm, stage.id).toBeGreaterThan(0)
        expect(totals[1]).toBeCloseTo(totals[0], 5)
        for (const { expected, measured } of slopes)
          expect(Math.abs(measured - expected), `${stage.id}: ${measured}, ${expected}`).toBeLessThan(
            0.003 * Math.abs(expected) + 3e-4 * gradientNorm,
          )
      }
    })

    function expectSame(name: string, kinds: readonly (keyof LastingFiles)[]): void {
      const [files, others] = [lastingFiles(at(name)), lastingFiles(at('once'))]
      for (const kind of kinds) {
        expect(Object.keys(files[kind])).toEqual(Object.keys(others[kind]))
        // Names only: where binary files differ tells nothing.
        expect(Object.keys(files[kind]).filter((file) => files[kind][file] !== others[kind][file])).toEqual([])
      }
    }
  })
})

const oneSentence = /^[^\n]*[^\s.]\.$/

const stepsOf = (stages: readonly Stage[]): number => stages.reduce((sum, { steps }) => sum + steps, 0)

const isFiniteNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)

function sourceOf(id: string): string {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  const own = files.filter((file) => basename(file) === `${id}.ts`)
  expect(own).toHaveLength(1)
  return readFileSync(join(sources, own[0]), 'utf8')
}

/** Settings without a description. What holds others is described by them, and a kind by its alternatives. */
function undescribed({ config }: AnyRecipe): readonly string[] {
  const tree = schemaTree(config)
  return settingPaths(tree).filter((path) => {
    const keys = path.split('.')
    return keysAt(tree, keys).length === 0 && keys.at(-1) !== 'kind' && purposeAt(tree, keys) === undefined
  })
}

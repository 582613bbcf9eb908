// Every page of the dashboard, in both themes and two widths: it shows what it is for, breaks no rule of accessibility that
// a program can find, does not scroll sideways, says no error, and asks nobody else for anything. Pictures are kept.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../e2e/gradus.ts'
import { describeInChromium, keepPicture, launch, watchedPage } from './chromium.ts'
import { makeRuns } from './fixture-runs.ts'
import { type Shown, show } from './show-server.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Pages by name: where they are, and a text that is there once they have their data. */
const pages: Readonly<Record<string, { readonly path: string; readonly sees: string }>> = {
  runs: { path: '/', sees: 'degenerate' },
  run: { path: '/run?run=first', sees: 'reward/mean' },
  'run-alerts': { path: '/run?run=degenerate', sees: 'entropy' },
  'run-configuration': { path: '/run?run=first&tab=configuration', sees: 'schedule' },
  rollouts: { path: '/rollouts?run=first', sees: 'chain-arithmetic' },
  evaluations: { path: '/evaluations?run=first', sees: 'pass@1' },
  compare: { path: '/compare?runs=first,second,third&baseline=first', sees: 'third' },
  'compare-empty': { path: '/compare', sees: 'Compare' },
  lab: { path: '/lab?lab=lab', sees: 'reinforce' },
  search: { path: '/search?run=first&id=countdown', sees: 'was chosen' },
  'search-example': { path: '/search', sees: 'was chosen' },
  playground: { path: '/playground?run=first', sees: 'Sample' },
  nowhere: { path: '/nowhere', sees: 'no such page' },
}

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1440, 390].map((width) => ({ colorScheme, viewport: { width, height: 900 } })),
)

/** Rules that a program can check, as axe names them. */
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }

/** Serious findings of axe, a line each. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations }: AxeResults = await page.evaluate(`axe.run(document, ${JSON.stringify(rules)})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
    )
}

describeInChromium('the dashboard', () => {
  const folder = temporaryFolder()
  let shown: Shown
  let browser: Browser

  beforeAll(async () => {
    await makeRuns(folder)
    ;[shown, browser] = await Promise.all([show(folder), launch()])
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await shown?.stop()
  })

  describe.each(looks)('$colorScheme, $viewport.width wide', (look) => {
    it.each(Object.entries(pages))(
      '%s',
      async (name, { path, sees }) => {
        const { page, faults, close } = await watchedPage(browser, look)
        await page.goto(`${shown.url}${path}`)
        await page.getByText(sees).first().waitFor({ state: 'attached' })
        await page.waitForLoadState('load')
        await page.waitForTimeout(300)
        const sideways = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        await keepPicture(page, `${name}-${look.colorScheme}-${look.viewport.width}`)
        expect(faults).toEqual([])
        expect(sideways).toBeLessThanOrEqual(0)
        expect(await findings(page)).toEqual([])
        await close()
      },
      60_000,
    )
  })
})

// The questions that a researcher opens the dashboard with, each walked from the list of runs by clicks as one would: why did
// this rollout score nothing, when did this run go wrong, is B better than A, what was learnt in between, does a claim hold.
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { AboutAnswer, LabAnswer, RolloutsAnswer, RolloutTokens } from '../../src/serve/dashboard/api.ts'
import { formatNumber } from '../../src/store/format.ts'
import { gradus } from '../e2e/gradus.ts'
import { describeInChromium } from './chromium.ts'
import { dashboardOf } from './dashboard.ts'
import { makeRuns, makeTaught } from './fixture-runs.ts'

describeInChromium('a researcher who asks', () => {
  const dashboard = dashboardOf(async (folder) => {
    await makeRuns(folder)
    await makeTaught(folder)
  })
  const ask = async <Answer>(path: string): Promise<Answer> =>
    (await fetch(`${dashboard.shown.url}/api/${path}`)).json() as Promise<Answer>
  const openRun = (page: Page, run: string) => page.getByRole('link', { name: run, exact: true }).click()
  const tab = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'Pages of this run' }).getByRole('link', { name }).click()

  it('why a rollout scored 0 sees the reason of the verifier first, then its tokens', async () => {
    const { page, faults } = await dashboard.open('/')
    await openRun(page, 'first')
    await tab(page, 'Rollouts')
    await page.getByRole('radio', { name: /^Wrong \d+$/ }).check()
    const rollout = page.getByRole('article', { name: /^Rollout/ }).first()
    await rollout.locator('.verdict', { hasText: 'wrong' }).waitFor()
    const { groups } = await ask<RolloutsAnswer>('rollouts?run=first&step=8&filter=wrong')
    const [{ problem, rollouts }] = groups
    const { index, reason, completion } = rollouts.find(({ isKept }) => isKept)!
    expect(reason).toMatch(/\w/)
    const texts = await rollout.locator(':scope > *').allTextContents()
    expect(texts[0]).toMatch(/^\W*wrong/)
    expect(texts[0]).toContain(reason)
    expect(texts[1]).toContain(completion.slice(0, 8))
    expect(await isInSight(page, rollout.locator('.verdict'))).toBe(true)

    await rollout.getByRole('button', { name: `Tokens of rollout ${index}` }).click()
    const tokens = rollout.getByRole('listbox').getByRole('option')
    const legend = rollout.locator('.tokens-legend figcaption')
    await tokens.first().waitFor()
    expect(await legend.textContent()).toContain('when it was sampled')
    const path = `rollout-tokens?run=first&step=8&problem=${encodeURIComponent(problem)}&index=${index}&checkpoint=8`
    const known = await ask<RolloutTokens>(path)
    expect(await tokens.count()).toBe(known.texts.length)

    await rollout.getByRole('radio', { name: 'Advantage' }).check()
    await expect.poll(() => legend.textContent()).toContain('whole rollout')
    await rollout.getByRole('radio', { name: 'Entropy' }).check()
    await rollout.getByText('choose one').waitFor()
    await rollout.getByLabel('Entropy and ratio with').selectOption('8')
    await expect.poll(() => rollout.locator('.token-unknown').count()).toBe(0)
    await tokens.nth(1).hover()
    const popover = page.getByRole('tooltip')
    await expect.poll(() => popover.textContent()).toContain(`Entropy${formatNumber(known.entropies![1])}`)
    await page.reload()
    await expect.poll(() => tokens.count()).toBe(known.texts.length)
    expect(await legend.textContent()).toContain('was torn')
    expect(faults).toEqual([])
  })

  it('when a run began to degenerate is told the step and the metric, and led to the chart', async () => {
    const { page, faults } = await dashboard.open('/')
    await page
      .getByRole('row', { name: /degenerate/ })
      .getByRole('link', { name: '2 alerts' })
      .click()
    const alert = page.getByRole('region', { name: 'Alerts' }).getByRole('listitem').first()
    expect(await alert.textContent()).toMatch(/entropy-collapse.*step 37.*entropy has collapsed/)
    await alert.getByRole('link', { name: 'See the chart' }).click()
    const chart = page.getByRole('article', { name: 'policy/entropy' })
    await chart.locator('canvas').waitFor()
    await expect.poll(() => isInSight(page, chart)).toBe(true)
    expect(await chart.getByText('Alerts:').textContent()).toContain('entropy-collapse, step 37')
    // At the marker the chart says what happened there.
    await chart.locator('.chart-plot').focus()
    await page.keyboard.press('End')
    for (let step = 60; step > 37; step--) await page.keyboard.press('ArrowLeft')
    expect(await chart.locator('.chart-head').textContent()).toContain('entropy-collapse, step 37step 37')
    expect(await page.evaluate<number>(warningPixels('policy/entropy'))).toBeGreaterThan(20)
    expect(faults).toEqual([])
  })

  it('whether A beats B reads the sentence and the interval that gradus compare prints', async () => {
    const { page, faults } = await dashboard.open('/')
    for (const run of ['hardly', 'taught']) await page.getByLabel(`Select ${run}`, { exact: true }).check()
    await page.getByRole('link', { name: 'Compare 2' }).click()
    const sentence = page.getByText(/^(Better|Worse|Not told apart)/)
    const dirs = ['hardly', 'taught'].map((run) => `${dashboard.folder}/${run}`)
    const { rows } = JSON.parse((await gradus('compare', ...dirs, '--json')).out)
    const { value, diff, diff_low, diff_high, p } = rows[1]
    expect(diff_low).toBeGreaterThan(0)
    const [by, least, most] = [diff, diff_low, diff_high].map((number: number) => number.toFixed(3))
    await expect
      .poll(() => sentence.textContent())
      .toBe(`Better than hardly by ${by} (95\u00a0%: ${least} to ${most}).`)
    const row = await page
      .locator('.compare-table')
      .getByRole('row', { name: /taught/ })
      .textContent()
    for (const number of [value, diff, diff_low, diff_high]) expect(row).toContain(number.toFixed(3))
    expect(await page.locator('.compare-numbers').textContent()).toContain(
      p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`,
    )
    // The other way round it is the same difference.
    await page.getByRole('radio', { name: 'Baseline: taught' }).check()
    await expect
      .poll(() => sentence.textContent())
      .toMatch(new RegExp(`^Worse than taught by ${by} .*${least} to ${most}`))
    expect(faults).toEqual([])
  })

  it('what was learnt between two steps sees the problems that turned right, then and now', async () => {
    const { page, faults } = await dashboard.open('/')
    await openRun(page, 'taught')
    await tab(page, 'Evaluations')
    await page.getByLabel('Before').selectOption('100')
    await page.getByLabel('Before').selectOption('0')
    expect(await page.getByLabel('After').inputValue()).toBe('200')
    await page.getByRole('radio', { name: 'Gained' }).check()
    const found = page.getByText(/^\d+ problems?$/)
    const path = 'eval-problems?run=taught&task=chain-arithmetic&steps=0,200'
    const { total } = await ask<{ total: number }>(`${path}&filter=gained`)
    expect(total).toBeGreaterThan(0)
    expect(total).toBeLessThan((await ask<{ total: number }>(path)).total)
    await expect.poll(() => found.textContent()).toBe(`${total} problem${total === 1 ? '' : 's'}`)
    const problem = page.getByRole('article', { name: /^Problem/ }).first()
    const heads = await problem.locator('.evaluations-column-head').allTextContents()
    expect(heads).toEqual([expect.stringMatching(/^Step 0 /), expect.stringMatching(/^Step 200 /)])
    const verdicts = await problem.locator('.verdict').allTextContents()
    expect(verdicts.slice(0, 2).map((text) => text.replace(/\W/g, ''))).toEqual(['wrong', 'right'])
    await page.getByRole('radio', { name: 'Lost' }).check()
    await page.getByText('No problem turned from right to wrong').waitFor()
    expect(faults).toEqual([])
  })

  it('whether a claim holds sees its evidence, and a run that it comes from', async () => {
    const { page, faults } = await dashboard.open('/')
    await page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link', { name: 'Lab' }).click()
    const claim = page.getByRole('row', { name: /^grpo/ }).getByRole('button').first()
    await claim.click()
    expect(await claim.getAttribute('aria-expanded')).toBe('true')
    const { results } = await ask<LabAnswer>('lab?lab=lab')
    const { claims } = results as unknown as { claims: { recipe: string; evidence: string; statement: string }[] }
    const { evidence, statement } = claims.find(({ recipe }) => recipe === 'grpo')!
    expect(await claim.textContent()).toContain(statement)
    const shown = await page.locator('.lab-evidence').textContent()
    for (const [number] of evidence.matchAll(/\d\.\d{3}/g)) expect(shown).toContain(number)
    await page.reload()
    await page.locator('.lab-evidence').waitFor()
    await page.getByRole('link', { name: 'grpo, seed 2: the run' }).first().click()
    await page.getByRole('heading', { level: 1, name: /grpo-.*seed-2$/ }).waitFor()
    expect(faults).toEqual([])
  })

  it('what it looks like in a browser finds the demo, where it is built', async () => {
    const { page, faults } = await dashboard.open('/')
    await page.getByRole('link', { name: 'first', exact: true }).waitFor()
    const { hasDemo } = await ask<AboutAnswer>('about')
    const link = page.getByRole('link', { name: 'Demo', exact: true })
    await expect.poll(() => link.count()).toBe(hasDemo ? 1 : 0)
    if (!hasDemo) return
    await link.click()
    await page.getByRole('heading', { level: 1, name: /learns to reason/ }).waitFor()
    expect(faults).toEqual([])
  })

  it('for her own runs again finds them by a tag that she gave', async () => {
    const { page, faults } = await dashboard.open('/')
    const row = page.getByRole('row', { name: /third/ })
    await row.getByRole('button', { name: '+ tag to third' }).click()
    await page.keyboard.type('for the paper, good')
    await page.keyboard.press('Enter')
    await row.getByText('for the paper').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toContain('Edit tags of third')
    await page.reload()
    await row.getByText('for the paper').waitFor()
    await page.getByLabel('Filter').fill('tag:"for the paper"')
    await expect.poll(() => page.getByRole('status').first().textContent()).toMatch(/^1 of \d+ runs$/)
    await row.getByRole('button', { name: 'Edit tags of third' }).click()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Enter')
    await page.getByText('No run is like that').waitFor()
    expect((await ask<{ runs: { tags: string[] }[] }>('runs')).runs.flatMap(({ tags }) => tags)).toEqual([])
    expect(faults).toEqual([])
  })
})

/** In the page: how many pixels of the chart of a metric have the colour of alerts. */
const warningPixels = (metric: string): string => `(() => {
  const canvas = document.getElementById(${JSON.stringify(`chart-${metric}`)}).querySelector('canvas')
  const warn = getComputedStyle(document.documentElement).getPropertyValue('--warn').match(/[0-9]+/g).map(Number)
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  let count = 0
  for (let i = 0; i < data.length; i += 4) if (warn.every((part, k) => data[i + k] === part)) count++
  return count
})()`

/** Whether the top of an element is on the screen. */
async function isInSight(page: Page, element: Locator): Promise<boolean> {
  const box = await element.boundingBox()
  return box !== null && box.y >= 0 && box.y < (page.viewportSize()?.height ?? 0)
}

// A run that is made while one looks: it appears in an empty list, its curves grow, and it ends, and no page was loaded again,
// nothing that one may be about to press moved, also when an alert came, and nothing went wrong.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { readMetrics } from '../../src/store/index.ts'
import { type Started, short, start, tinyBase } from '../e2e/gradus.ts'
import { describeInChromium } from './chromium.ts'
import { dashboardOf } from './dashboard.ts'

const STEPS = 300
const lateAlert = {
  ...{ at: new Date().toISOString(), kind: 'alert', name: 'late', step: 2, metric: 'reward/mean', value: 0, limit: 1 },
  ...{ message: 'seen late', hint: 'Look.' },
}

describeInChromium('a run that is made while one looks', () => {
  const dashboard = dashboardOf(() => {})
  let training: Started | undefined
  afterAll(() => void training?.child.kill('SIGKILL'))
  const train = (): Started => {
    training = start([
      ...['train', 'grpo', '--out', join(dashboard.folder, 'live'), '--quiet', ...tinyBase()],
      ...short({
        'schedule.steps': STEPS,
        'schedule.checkpointEvery': 100,
        'rollout.problems': 8,
        'evaluation.every': 20,
      }),
    ])
    return training
  }

  it('appears, grows and ends by itself', async () => {
    const [list, run] = [await dashboard.open('/'), await dashboard.open('/')]
    await list.page.getByRole('heading', { name: 'There are no runs here yet' }).waitFor()
    const { ended } = train()
    const row = list.page.getByRole('row').filter({ has: list.page.getByRole('link', { name: 'live', exact: true }) })
    await row.locator('.status-cell', { hasText: 'running' }).waitFor()
    await run.page.getByRole('link', { name: 'live', exact: true }).click()
    const chart = run.page.getByRole('article', { name: 'reward/mean' })
    await chart.locator('canvas').waitFor()
    await run.page.evaluate(watchShifts)
    for (const { page } of [list, run]) await page.evaluate('window.isSamePage = true')

    const status = run.page.locator('.run-title .run-status')
    expect(await status.textContent()).toBe('running')
    const seen = { step: await stepOf(run.page), points: await pointsOf(run.page), row: await row.textContent() }
    await expect.poll(() => stepOf(run.page), { timeout: 10_000 }).toBeGreaterThan(seen.step)
    await expect.poll(() => pointsOf(run.page), { timeout: 10_000 }).toBeGreaterThan(seen.points)
    await expect.poll(() => row.textContent(), { timeout: 10_000 }).not.toBe(seen.row)
    expect(await status.textContent()).toBe('running')
    appendFileSync(join(dashboard.folder, 'live', 'events.jsonl'), `${JSON.stringify(lateAlert)}\n`)
    await run.page.getByRole('region', { name: 'Alerts' }).getByText('seen late').waitFor({ state: 'attached' })

    expect(await ended).toMatchObject({ code: 0 })
    await expect.poll(() => status.textContent(), { timeout: 10_000 }).toBe('done')
    await row.locator('.status-cell', { hasText: 'done' }).waitFor()
    expect(await stepOf(run.page)).toBe(STEPS)
    const { rows } = readMetrics(join(dashboard.folder, 'live'))
    const recorded = rows.filter((one) => typeof one['reward/mean'] === 'number').length
    await expect.poll(() => pointsOf(run.page), { timeout: 10_000 }).toBe(recorded)
    for (const { page, faults } of [list, run]) {
      expect(await page.evaluate('window.isSamePage')).toBe(true)
      expect(faults).toEqual([])
    }
    expect(await run.page.evaluate('window.shifts')).toEqual([])
  }, 90_000)
})

/** In the page: notes whatever moves in the head of the run and its controls. */
const watchShifts = `{
  window.shifts = []
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries())
      for (const { node } of sources) {
        const element = node instanceof Element ? node : node?.parentElement
        if (element?.closest('.bar, .run-header, .chart-controls')) window.shifts.push(element.outerHTML.slice(0, 200))
      }
  }).observe({ type: 'layout-shift' })
}`

/** The step that the head of the page tells. */
const stepOf = async (page: Page): Promise<number> =>
  Number((await page.locator('.run-facts').getByText(/^step/).textContent())?.slice('step '.length))

/** How many points the curve has, as the chart says to those who do not see it. */
const pointsOf = async (page: Page): Promise<number> =>
  Number(await page.getByRole('article', { name: 'reward/mean' }).locator('tbody td').first().textContent())

// A run directory of 100 MB: its page shows a chart soon, the rollouts of a large step open, and scrolling is never held up for
// long. How long it took is printed; what is asserted leaves room for a busy machine.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium } from './chromium.ts'
import { dashboardOf } from './dashboard.ts'
import { makeLargeRun } from './large-run.ts'

describeInChromium('a run of 100 MB', () => {
  let lastStep = 0
  const dashboard = dashboardOf((folder) => {
    lastStep = makeLargeRun(join(folder, 'large'))
  })

  it('shows its first chart in 2 s, and scrolls through all of them', { tags: ['slow'] }, async () => {
    // Nothing has asked the server for anything yet.
    const begun = performance.now()
    const { page, faults } = await dashboard.open('/run?run=large')
    await page.locator('.chart-plot canvas').first().waitFor()
    const tookMs = performance.now() - begun
    console.log(`first chart of a run of 100 MB: ${Math.round(tookMs)} ms (wanted: 2000)`)
    expect(tookMs).toBeLessThan(4000)
    const longestMs = await scrollThrough(page)
    console.log(`longest task while its charts are scrolled through: ${Math.round(longestMs)} ms (wanted: 300)`)
    expect(longestMs).toBeLessThan(300)
    expect(await page.locator('.chart-plot canvas').count()).toBeGreaterThan(20)
    expect(faults).toEqual([])
  })

  it('opens the rollouts of a large step, and scrolls through them', { tags: ['slow'] }, async () => {
    const { page, faults } = await dashboard.open(`/rollouts?run=large&step=${lastStep}`)
    await page.getByText('4096 of 4096 rollouts, in 256 groups').waitFor()
    await page.getByRole('radio', { name: /^Wrong/ }).check()
    await page.getByText(/^2\d{3} of 4096 rollouts/).waitFor()
    const longestMs = await scrollThrough(page)
    console.log(`longest task while rollouts are scrolled through: ${Math.round(longestMs)} ms (wanted: 300)`)
    expect(longestMs).toBeLessThan(300)
    expect(faults).toEqual([])
  })
})

/** Turns the wheel until the end of the page; the longest time that the page could not answer meanwhile. */
async function scrollThrough(page: Page): Promise<number> {
  await page.evaluate(`{
    window.longTasks = []
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => task.duration)))
      .observe({ type: 'longtask' })
    const until = performance.now() + 80
    setTimeout(() => { while (performance.now() < until + 80); }, 0)
  }`)
  // That one was made, to see that they are seen.
  await expect.poll(() => page.evaluate('window.longTasks.splice(0).length')).toBeGreaterThan(0)
  await page.mouse.move(600, 500)
  const isAtEnd = (): Promise<boolean> =>
    page.evaluate('Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight')
  for (let turns = 0; turns < 200 && !(await isAtEnd()); turns++) {
    await page.mouse.wheel(0, 400)
    await page.evaluate('new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 30)))')
  }
  expect(await isAtEnd()).toBe(true)
  return page.evaluate('Math.max(0, ...window.longTasks)')
}

// The dashboard without a pointer: from the skip link through the list of runs into a chart, and through a search in time.
// Wherever the focus is, it can be seen; it is never lost.
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium } from './chromium.ts'
import { dashboardOf } from './dashboard.ts'
import { makeRuns } from './fixture-runs.ts'

describeInChromium('the keyboard alone', () => {
  const dashboard = dashboardOf(makeRuns)

  it('leads from the top of the list into a chart of a run', async () => {
    const { page, faults } = await dashboard.open('/')
    await page.getByRole('link', { name: 'degenerate', exact: true }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(focusName)).toBe('Skip to the page')
    await expectFocusToBeSeen(page)
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(focusName)).toBe('Filter')

    // Back through the bar: the theme is switched, and the focus stays.
    const theme = page.getByRole('button', { name: /^Theme/ })
    await tabTo(page, theme, 'Shift+Tab')
    const before = await theme.getAttribute('aria-label')
    await page.keyboard.press('Enter')
    await expect.poll(() => theme.getAttribute('aria-label')).not.toBe(before)
    await expectFocus(page, theme)
    await tabTo(page, page.getByRole('link', { name: 'Compare' }), 'Shift+Tab')

    await page.keyboard.press('/')
    await expectFocus(page, page.getByLabel('Filter'))
    await page.keyboard.type('degenerate')
    await expect.poll(() => page.getByRole('status').first().textContent()).toMatch(/^1 of/)
    await tabTo(page, page.getByRole('radio', { name: /^all/ }))
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.getByRole('radio', { name: 'failed 1' }).isChecked()).toBe(true)
    await tabTo(page, page.getByRole('link', { name: 'degenerate', exact: true }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'degenerate' }).waitFor()
    await expectFocusToBeSeen(page)

    const tabs = page.getByRole('navigation', { name: 'Pages of this run' })
    for (const [name, key] of Object.entries({ Configuration: 'Tab', Rollouts: 'Shift+Tab', Charts: 'Tab' })) {
      await tabTo(page, tabs.getByRole('link', { name }), key)
      await page.keyboard.press('Enter')
      await expect.poll(() => tabs.locator('[aria-current]').textContent()).toContain(name)
      await expectFocusToBeSeen(page)
    }
    const plot = page.getByRole('article', { name: 'reward/mean' }).locator('.chart-plot')
    await plot.waitFor()
    await tabTo(page, plot)
    const at = page.getByRole('article', { name: 'reward/mean' }).locator('.chart-at')
    await page.keyboard.press('Home')
    await expect.poll(() => at.textContent()).toBe('step 1')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => at.textContent()).toBe('step 2')
    const said = page.getByRole('article', { name: 'reward/mean' }).locator('[aria-live]')
    await expect.poll(() => said.textContent()).toMatch(/^step 2: reward\/mean 0\.4/)
    await page.keyboard.press('+')
    await expect.poll(() => page.getByRole('button', { name: 'Zoom out' }).isEnabled()).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('button', { name: 'Zoom out' }).isEnabled()).toBe(false)
    await expectFocus(page, plot)
    expect(faults).toEqual([])
  })

  it('walks back in time through a search, and from node to node', async () => {
    const { page, faults } = await dashboard.open('/search?run=first&id=countdown')
    const head = page.getByRole('heading', { name: /\d+ of \d+ nodes/ })
    const [all, total] = await nodesOf(head)
    expect(all).toBe(total)
    await tabTo(page, page.getByRole('slider', { name: 'Events that have happened' }))
    const tree = page.getByRole('tree')
    // Only lines in view are drawn: how long the tree is, is how far it can be scrolled.
    const length = (): Promise<number> => tree.evaluate((element) => element.scrollHeight)
    const wholeLength = await length()
    for (let i = 0; i < 5; i++) await page.keyboard.press('PageDown')
    await expect.poll(async () => (await nodesOf(head))[0]).toBeLessThan(all)
    await expect.poll(length).toBeLessThan(wholeLength)
    await expect.poll(() => new URL(page.url()).searchParams.get('t')).toMatch(/^\d+$/)
    await page.keyboard.press('End')
    await expect.poll(() => nodesOf(head)).toEqual([all, total])

    const node = page.locator('.search-node-head code')
    await tabTo(page, page.getByRole('application', { name: 'Drawing of the search tree' }))
    await page.keyboard.press('Home')
    const root = await node.textContent()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => node.textContent()).not.toBe(root)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => node.textContent()).toBe(root)
    await tabTo(page, tree)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => node.textContent()).not.toBe(root)
    await page.keyboard.press('End')
    await expect.poll(() => tree.getByRole('treeitem', { selected: true }).textContent()).not.toBe('')
    expect(await tree.evaluate((element) => element.scrollTop)).toBeGreaterThan(0)
    expect(faults).toEqual([])
  })
})

const nodesOf = async (head: Locator): Promise<readonly number[]> =>
  [...((await head.textContent()) ?? '').matchAll(/\d+/g)].map(([text]) => Number(text))

/** Presses a key until the focus is where it is wanted; on the way it can be seen at every stop. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  const stops: unknown[] = []
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press(key)
    await expectFocusToBeSeen(page)
    if (await hasFocus(target)) return
    stops.push(await page.evaluate(focusName))
  }
  throw new Error(`not reached by ${key}: ${target}; stops: ${stops.join(' | ')}`)
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluateAll((all) => all.some((one) => one.matches(':focus')))

async function expectFocus(page: Page, target: Locator): Promise<void> {
  await expect.poll(() => hasFocus(target)).toBe(true)
  await expectFocusToBeSeen(page)
}

/** Something has the focus, is on the screen, and has an outline; `main`, where the skip link leads, is all of the page. */
async function expectFocusToBeSeen(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(focusFault)).toBe('')
}

/** In the page: what is wrong with where the focus is. */
const focusFault = `(() => {
  const element = document.activeElement
  const name = element.outerHTML.slice(0, 160)
  if (element === document.body) return 'the focus is lost'
  if (element.id === 'main') return ''
  const outlined = element.type === 'radio' ? [element, element.nextElementSibling] : [element]
  const isOutlined = outlined.some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
  })
  if (!isOutlined) return 'no outline: ' + name
  const { top, bottom, left, right } = element.getBoundingClientRect()
  const isOnScreen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
  return isOnScreen ? '' : 'not on the screen: ' + name
})()`

/** In the page: what has the focus. */
const focusName = `(() => {
  const element = document.activeElement
  return element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent.slice(0, 60)
})()`

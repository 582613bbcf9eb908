// The playground with a checkpoint that has learnt something: it samples token by token, judges as the run did, samples the
// same again, and stops when it is told to.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { SampleEvent, SampleRequestBody } from '../../src/serve/dashboard/api.ts'
import { describeInChromium } from './chromium.ts'
import { dashboardOf } from './dashboard.ts'
import { makeTaught } from './fixture-runs.ts'

describeInChromium('the playground', () => {
  const dashboard = dashboardOf(makeTaught)

  it('samples from a checkpoint, judges, and samples the same again', async () => {
    const { page, faults } = await dashboard.open('/playground?run=taught&temperature=0&samples=1')
    expect(await page.getByLabel('Temperature').inputValue()).toBe('0')
    expect(await page.getByLabel('Checkpoint').inputValue()).toBe('200')
    await page.getByRole('button', { name: 'Sample', exact: true }).click()
    const draw = page.getByRole('article', { name: 'Sample 1' })
    await status(page, /^Done: [01] of 1 right$/)
    expect(await draw.getByRole('option').count()).toBeGreaterThan(2)
    const [verdict, text] = [await verdictOf(page), await textOf(page)]
    expect(text).toMatch(/#/)

    // The same without the page, from the interface.
    const said = await sampled(dashboard.shown.url, {
      ...{ run: 'taught', checkpoint: 200, problem: { seed: 0, index: 0 }, samples: 1 },
      ...{ temperature: 0, maxTokens: 256, seed: 5 },
    })
    expect(said.text).toBe(text)
    expect(verdict).toContain(said.verdict)

    // At temperature 0 no seed changes it; at 1, a seed does.
    await page.getByLabel('Seed', { exact: true }).fill('7')
    await page.getByRole('button', { name: 'Sample', exact: true }).click()
    await page.getByText('seed 7').waitFor()
    await status(page, /^Done/)
    expect([await verdictOf(page), await textOf(page)]).toEqual([verdict, text])
    expect(faults).toEqual([])
  })

  it('judges what one types', async () => {
    const { page, faults } = await dashboard.open('/playground?run=taught&temperature=0&samples=1')
    await page.getByRole('radio', { name: 'Typed' }).check()
    await page.getByLabel('Prompt, as the model gets it').fill('1*8=')
    await page.getByLabel('Gold answer').fill('8')
    await page.getByRole('button', { name: 'Sample', exact: true }).click()
    await status(page, /^Done: [01] of 1 right$/)
    expect(await verdictOf(page)).toMatch(/right|wrong/)
    expect(faults).toEqual([])
  })

  it('stops when it is told to, and can sample again', async () => {
    // Drawn hot, a model this small hardly ever ends by itself.
    const { page, faults } = await dashboard.open('/playground?run=taught&temperature=10&samples=16')
    await page.getByLabel('Most tokens').fill('4096')
    await page.evaluate(stopWhenDrawing)
    await page.getByRole('button', { name: 'Sample', exact: true }).click()
    await status(page, /^Stopped, \d+ of 16 samples had ended/)
    expect(await page.getByRole('button', { name: 'Stop' }).isDisabled()).toBe(true)
    await page.getByLabel('Temperature').fill('0')
    await page.getByRole('button', { name: 'Sample', exact: true }).click()
    await status(page, /^All 16 samples have ended/)
    expect(faults).toEqual([])
  })
})

const status = (page: Page, wanted: RegExp) =>
  expect.poll(() => page.locator('.playground-status').textContent(), { timeout: 10_000 }).toMatch(wanted)

const verdictOf = (page: Page) => page.locator('.playground-verdict').first().textContent()

/** In the page: presses Stop as soon as tokens come; a model as small as this is done before a test could. */
const stopWhenDrawing = `{
  const observer = new MutationObserver(() => {
    if (!document.querySelector('.playground-status')?.textContent.startsWith('Drawing')) return
    observer.disconnect()
    const stop = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Stop')
    stop.click()
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
}`

/** What the first sample wrote, token by token; the end is a token without text. */
const textOf = async (page: Page): Promise<string> =>
  (await page.getByRole('article', { name: 'Sample 1' }).getByRole('option').allTextContents())
    .join('')
    .replace(/∅$/, '')

/** Samples as a program would. */
async function sampled(url: string, body: SampleRequestBody): Promise<{ text: string; verdict: string | null }> {
  const headers = { 'content-type': 'application/json' }
  const reply = await fetch(`${url}/api/sample`, { method: 'POST', headers, body: JSON.stringify(body) })
  const events = [...(await reply.text()).matchAll(/^data: (\{.*)$/gm)].map(([, data]): SampleEvent => JSON.parse(data))
  const texts = events.flatMap((event) => (event.kind === 'token' ? [event.text] : []))
  return { text: texts.join(''), verdict: events.flatMap((event) => (event.kind === 'end' ? [event.verdict] : []))[0] }
}

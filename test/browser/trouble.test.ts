// When things are not as they should be: folders that are not there, files that cannot be read, runs that go away, a server
// that is stopped. Each time a page says what is wrong and what to do, keeps what it had, and goes on when it can.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { gradus } from '../e2e/gradus.ts'
import { describeInChromium } from './chromium.ts'
import { dashboardOf } from './dashboard.ts'
import { makeDegenerate } from './fixture-runs.ts'
import { show } from './show-server.ts'

describeInChromium('when things are not as they should be', () => {
  const dashboard = dashboardOf((folder) => {
    makeDegenerate(join(folder, 'whole'))
    mkdirSync(join(folder, 'broken'))
    writeFileSync(join(folder, 'broken', 'run.json'), '{"id": "bro')
  })
  const at = (name: string): string => join(dashboard.folder, name)

  it('a folder that is not there is an error of the command, with what to do', async () => {
    const { code, out, err } = await gradus('show', at('nowhere'), '--port', '0')
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^error\[usage\/no-folder\]: .*nowhere.*\nhint: \w/)
  })

  it('a run that cannot be read is named with the reason, and the others are listed', async () => {
    const { page, faults } = await dashboard.open('/')
    await page.getByRole('link', { name: 'whole', exact: true }).waitFor()
    await page.getByText('1 directory cannot be read').click()
    const item = page.locator('.unreadable li')
    expect(await item.textContent()).toMatch(/^broken .*run\.json/)
    expect(faults).toEqual([])
    await page.goto(`${dashboard.shown.url}/run?run=broken`)
    expect(await page.getByRole('alert').textContent()).toMatch(/run\.json/)
    expect(await page.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true)
  })

  it('a run that is deleted while it is looked at stays on the screen, as from before', async () => {
    cpSync(at('whole'), at('gone'), { recursive: true })
    const [run, list] = [await dashboard.open('/run?run=gone'), await dashboard.open('/')]
    await run.page.locator('canvas').first().waitFor()
    const row = list.page.getByRole('link', { name: 'gone', exact: true })
    await row.waitFor()
    rmSync(at('gone'), { recursive: true })
    await row.waitFor({ state: 'detached' })
    const said = run.page.getByRole('alert')
    await said.waitFor()
    expect(await said.textContent()).toMatch(/gone.*What you see is from before/)
    expect(await run.page.locator('canvas').first().isVisible()).toBe(true)
    expect(list.faults).toEqual([])
    // And is followed again when it comes back.
    cpSync(at('whole'), at('gone'), { recursive: true })
    await said.waitFor({ state: 'detached' })
  })

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'a server that was ended by %s is missed, and pages go on when it is back',
    async (signal) => {
      const server = await show(dashboard.folder)
      const { port } = new URL(server.url)
      const [run, list, other] = [await dashboard.open('/'), await dashboard.open('/'), await dashboard.open('/')]
      await run.page.goto(`${server.url}/run?run=whole`)
      await list.page.goto(server.url)
      await other.page.goto(server.url)
      await run.page.locator('canvas').first().waitFor()
      for (const { page } of [list, other]) await page.getByRole('link', { name: 'whole', exact: true }).waitFor()
      // Longer than any question that is still on its way.
      await run.page.waitForTimeout(2500)
      await server.stop(signal)
      for (const { page } of [run, list]) {
        await page.getByText('The server does not answer').waitFor()
        expect(await page.getByRole('alert').textContent()).toContain('What you see is from before')
      }
      expect(await run.page.locator('canvas').first().isVisible()).toBe(true)
      // A page that was never opened before cannot be had now, and says so.
      await other.page.getByRole('link', { name: 'Compare', exact: true }).click()
      await other.page.getByRole('alert').getByText('The server does not answer').waitFor()
      makeDegenerate(at(`made-after-${signal}`))
      const again = await show(dashboard.folder, Number(port))
      try {
        for (const { page } of [run, list]) await page.getByRole('alert').waitFor({ state: 'detached' })
        await list.page.getByRole('link', { name: `made-after-${signal}`, exact: true }).waitFor()
        await other.page.getByRole('heading', { name: 'Compare', level: 1 }).waitFor()
      } finally {
        await again.stop()
      }
    },
  )
})

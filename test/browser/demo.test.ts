// The demo as a visitor has it: built, served from this machine alone, trained in Chromium with WebAssembly. What it computes
// is compared with Node, weight for weight: the same run, and log-probabilities under the same weights.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MetricRow } from '../../src/contracts/run.ts'
import type { DemoState } from '../../web/demo/src/demo-state.ts'
import { budgets } from '../../web/demo/src/training/budgets.ts'
import { DemoRun } from '../../web/demo/src/training/demo-run.ts'
import { Gate } from '../../web/demo/src/training/gate.ts'
import { describeInChromium, keepPicture, launch, type Watched, watchedPage } from './chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  // The page's own, in evaluate() calls.
  var gradusDemo: {
    state: DemoState
    score(context: string, text: string): Promise<{ logprobs: Float32Array; weights: Float32Array }>
  }
}

describeInChromium('the demo in the browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-demo-'))
  let server: Server
  let browser: Browser
  let watched: Watched
  let page: Page

  const state = (): Promise<DemoState> => page.evaluate(() => globalThis.gradusDemo.state)
  const phase = (name: DemoState['phase']) =>
    page.waitForSelector(`[role=status][data-phase=${name}]`, { timeout: 60_000 })
  /** How many pixels of each chart are not blank. */
  const pixels = (): Promise<number[]> =>
    page.evaluate(`[...document.querySelectorAll('canvas')].map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      return data.filter((value, i) => i % 4 === 3 && value > 0).length
    })`)

  beforeAll(async () => {
    const configFile = fileURLToPath(new URL('../../web/demo/vite.config.ts', import.meta.url))
    await build({ configFile, build: { outDir: folder }, logLevel: 'error' })
    server = await serve(folder)
    browser = await launch()
    watched = await watchedPage(browser, { viewport: { width: 390, height: 844 } })
    page = watched.page
    const { port } = server.address() as AddressInfo
    await page.goto(`http://127.0.0.1:${port}/some/folder/?budget=test`)
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('says what it is and trains nothing before it is asked to', async () => {
    await phase('idle')
    expect(await page.textContent('h1')).toContain('learns to reason')
    expect((await state()).points).toEqual([])
  })

  it('starts by the keyboard, stands still while it is paused, and goes on', async () => {
    await page.focus('button.primary')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => globalThis.gradusDemo.state.points.length >= 3)
    await page.click('text=Pause')
    await phase('paused')
    const { points } = await state()
    await page.waitForTimeout(400)
    expect((await state()).points).toHaveLength(points.length)
    await page.click('text=Go on')
    await phase('done')
    expect((await state()).points.length).toBeGreaterThan(points.length)
  })

  it('runs on WebAssembly, says so, and shows speed', async () => {
    expect((await state()).device?.kind).toBe('wasm')
    expect(await page.textContent('#device')).toBe('CPU (WebAssembly)')
    expect(await page.textContent('.figures')).toMatch(/\dk? tokens\/s/)
    expect(await page.textContent('[role=status]')).toMatch(/^Done: pass@1 is \d/)
  })

  it('lowers the loss and then samples with rewards, step for step as Node does', async () => {
    const { points } = await state()
    const losses = points.flatMap(({ loss }) => loss ?? [])
    expect(losses.at(-1)).toBeLessThan(losses[0] / 2)
    const here = await trainHere()
    expect(points.map(({ step }) => step)).toEqual(here.map(({ step }) => step))
    // Rounding differs between the two, and grows with every step.
    here.slice(1, 11).forEach((row, i) => {
      expect(losses[i]).toBeCloseTo(row['loss/total']!, 3)
    })
    expect(points.filter(({ stage }) => stage === 'rl').map(({ reward }) => typeof reward)).toEqual(
      new Array(budgets.test.size.grpo.steps).fill('number'),
    )
  })

  it('draws both charts, with an evaluation of every interval in the table', async () => {
    for (const drawn of await pixels()) expect(drawn).toBeGreaterThan(1000)
    const evaluated = (await state()).points.filter(({ pass }) => pass)
    expect(await page.locator('tbody tr').count()).toBe(evaluated.length)
    expect(evaluated.every(({ pass }) => pass!.low <= pass!.value && pass!.value <= pass!.high)).toBe(true)
  })

  it('shows rollouts with their verdicts', async () => {
    const rows = await page.locator('.rollouts li').allTextContents()
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row).toMatch(/^\d[-+*]\d=.*(✓ right|✗ wrong)/s)
  })

  it('gives log-probabilities that Node gives for the same weights', async () => {
    const [prompt, text] = ['3*4=', '3*4=2;#2']
    const there = await page.evaluate(
      async ([prompt, text]) => {
        const { logprobs, weights } = await globalThis.gradusDemo.score(prompt, text)
        return { logprobs: [...logprobs], weights: [...weights] }
      },
      [prompt, text] as const,
    )
    const { host } = nodeRun(() => {})
    host.weights.set(there.weights)
    const here = await host.score(prompt, text)
    expect(there.logprobs).toHaveLength(text.length)
    there.logprobs.forEach((value, i) => {
      expect(Math.abs(value - here[i])).toBeLessThan(1e-4)
    })
  })

  it.each(['light', 'dark'] as const)('can be read by everyone on a narrow screen, in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await keepPicture(page, `demo-390-${colorScheme}`)
    await page.evaluate(axe)
    const { violations }: AxeResults = await page.evaluate('axe.run()')
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    for (const drawn of await pixels()) expect(drawn).toBeGreaterThan(1000)
  })

  it('begins anew after a reset', async () => {
    await page.click('text=Reset')
    await phase('idle')
    expect((await state()).points).toEqual([])
  })

  it('has asked nobody else for anything, and has had no errors', () => {
    expect(watched.faults).toEqual([])
  })

  it('says what is wrong when the WebAssembly file is missing', async () => {
    await page.route(/\.wasm$/, (route) => route.fulfill({ status: 404, body: '' }))
    await page.click('text=Start')
    await phase('failed')
    expect(await page.textContent('[role=alert]')).toMatch(/WebAssembly file could not be loaded/)
  })
})

function nodeRun(tell: (row: MetricRow) => void): DemoRun {
  const gate = new Gate(
    () => performance.now(),
    () => {},
  )
  return new DemoRun({
    budget: budgets.test,
    seed: 1,
    compile: { threads: 1 },
    gate,
    say: (message) => message.kind === 'metrics' && tell(message.row),
  })
}

async function trainHere(): Promise<MetricRow[]> {
  const rows: MetricRow[] = []
  await nodeRun((row) => rows.push(row)).run()
  return rows
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
}

/** A static server on loopback, with the site in a folder below the root. */
async function serve(site: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize((request.url ?? '/').split('?')[0]).replace(/^\/some\/folder/, '')
    const file = join(site, path.endsWith('/') ? 'index.html' : path)
    if (!file.startsWith(site) || !existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

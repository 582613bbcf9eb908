// Chromium for tests, and the guard for tests that need it. Debian's package, GRADUS_CHROMIUM, or where others put it; never
// a downloaded one. It makes an empty profile each time, and speaks to nobody but the page's own server.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { describe, it } from 'vitest'

const candidates = [
  process.env.GRADUS_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const executable = candidates.find((path) => path !== undefined && existsSync(path))

/** `describe` for tests that need a browser; without one they are skipped, or fail with GRADUS_REQUIRE_ALL. */
export function describeInChromium(title: string, tests: () => void): void {
  const reason = 'needs Chromium (apt-get install chromium, or GRADUS_CHROMIUM=PATH)'
  if (executable !== undefined) describe(title, tests)
  else if (process.env.GRADUS_REQUIRE_ALL)
    it(title, () => {
      throw new Error(`${reason}, and GRADUS_REQUIRE_ALL is set`)
    })
  else it.skip(`${title}: skipped: ${reason}`, () => {})
}

/** A browser that runs. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** Where pictures are kept for whoever wants to look: `.cache/screenshots`, or GRADUS_SCREENSHOTS. */
const pictures = process.env.GRADUS_SCREENSHOTS ?? fileURLToPath(new URL('../../.cache/screenshots', import.meta.url))

/** Keeps a picture of the whole page. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

/** A page, and what went wrong in it. */
export interface Watched {
  readonly page: Page
  /** Errors of scripts, console errors, requests to other hosts and answers of 400 and more. */
  readonly faults: string[]
  close(): Promise<void>
}

/** Opens an empty page of its own context. */
export async function watchedPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('response', (reply) => {
    if (reply.status() >= 400) faults.push(`${reply.status()}: ${reply.url()}`)
  })
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (!['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1') faults.push(`elsewhere: ${request.url()}`)
  })
  return { page, faults, close: () => context.close() }
}

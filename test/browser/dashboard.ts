// The dashboard of a folder for the tests of one file: made, shown and opened in a browser before them, taken away after them.
// Pages that a test opens are closed when it ends.
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { temporaryFolder } from '../e2e/gradus.ts'
import { launch, type Watched, watchedPage } from './chromium.ts'
import { type Shown, show } from './show-server.ts'

/** What tests have of it. */
export interface Dashboard {
  readonly folder: string
  /** Opens a page at a path. */
  open(path: string, options?: BrowserContextOptions): Promise<Watched>
  /** The server, to be stopped. */
  readonly shown: Shown
}

/** Fills a folder with `make` and shows it. */
export function dashboardOf(make: (folder: string) => Promise<void> | void): Dashboard {
  const folder = temporaryFolder()
  const opened: Watched[] = []
  let shown: Shown
  let browser: Browser
  beforeAll(async () => {
    await make(folder)
    ;[shown, browser] = await Promise.all([show(folder), launch()])
  }, 240_000)
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ close }) => close()))
  })
  afterAll(async () => {
    await browser?.close()
    await shown?.stop()
  })
  return {
    folder,
    get shown() {
      return shown
    },
    async open(path, options) {
      const watched = await watchedPage(browser, options)
      opened.push(watched)
      watched.page.setDefaultTimeout(10_000)
      await watched.page.goto(`${shown.url}${path}`)
      return watched
    },
  }
}

// Builds web/: the dashboard, and in a folder of it the demo, each by its own configuration.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const web = fileURLToPath(new URL('../../web', import.meta.url))

/** Writes all pages into `folder`, which is emptied first. */
export async function buildWeb(folder: string): Promise<void> {
  for (const [config, outDir] of [
    ['vite.config.ts', folder],
    ['demo/vite.config.ts', join(folder, 'demo')],
  ]) {
    const configFile = join(web, config)
    if (existsSync(configFile)) await build({ configFile, build: { outDir }, logLevel: 'warn' })
  }
}

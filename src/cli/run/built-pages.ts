// The dashboard's pages in a clone: built when they are missing or older than their source. An installed package brings
// them along and has no source to build from.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Time of the newest file below a folder, in milliseconds. */
function newestMs(folder: string): number {
  return Math.max(
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return entry.isDirectory() ? newestMs(path) : statSync(path).mtimeMs
    }),
    0,
  )
}

/** Whether there is a source that is newer than what was built of it. */
function isStale(): boolean {
  const source = join(root, 'web')
  if (!existsSync(join(source, 'vite.config.ts'))) return false
  const built = join(root, 'dist/web/index.html')
  return !existsSync(built) || newestMs(source) > statSync(built).mtimeMs
}

/** Builds the pages where that is due, in a second or two. What goes wrong is said, and the server runs without them. */
export async function buildPages(log: (line: string) => void): Promise<void> {
  if (!isStale()) return
  const script = join(root, 'node_modules/tsx/dist/cli.mjs')
  if (!existsSync(script)) return log('The pages cannot be built: run `npm ci` first.')
  log('building the pages (once, and after changes)')
  const child = spawn(process.execPath, [script, join(root, 'scripts/build-web.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const code = await new Promise<number | null>((settle) => {
    child.once('error', () => settle(1))
    child.once('close', settle)
  })
  if (code !== 0) log(`The pages could not be built:\n${said}`)
}

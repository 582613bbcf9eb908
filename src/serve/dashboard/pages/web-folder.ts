// Where the built pages are: in `dist/web` of the package, in a clone and when it is installed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the pages; undefined while they are not built. */
export function webFolder(): string | undefined {
  const folder = fileURLToPath(new URL('../../../../dist/web', import.meta.url))
  return existsSync(join(folder, 'index.html')) ? folder : undefined
}

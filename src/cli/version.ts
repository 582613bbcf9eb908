// The version of this package.
import { readFileSync } from 'node:fs'

/** From package.json, two folders up in a clone and in a build alike. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}

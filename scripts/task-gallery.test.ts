// docs/tasks.md is what the tasks say now.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { taskGallery } from './task-gallery.ts'

it('is up to date (npx tsx scripts/task-gallery.ts)', () => {
  expect(readFileSync(new URL('../docs/tasks.md', import.meta.url), 'utf8')).toBe(taskGallery())
})

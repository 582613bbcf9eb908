// docs/recipes is what the recipes say now.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { recipePages } from './recipe-pages.ts'

it('is up to date (npx tsx scripts/recipe-pages.ts)', () => {
  for (const [name, text] of recipePages()) {
    expect(readFileSync(new URL(`../docs/recipes/${name}`, import.meta.url), 'utf8'), name).toBe(text)
  }
})

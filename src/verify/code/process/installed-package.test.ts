// Optional packages: found, or named.
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { modulesFolder, resolvePackage } from './installed-package.ts'

describe('resolvePackage', () => {
  it('finds an installed package', () => {
    expect(existsSync(resolvePackage('quickjs-emscripten', 'quickjs-emscripten'))).toBe(true)
  })

  it('names the package to add when it is not there', () => {
    expect(() => resolvePackage('no-such-package-of-ours/wasm', 'no-such-package-of-ours')).toThrow(
      expect.objectContaining({
        code: 'sandbox/missing-package',
        message: "this sandbox needs the package 'no-such-package-of-ours'",
        hint: "Run 'npm install no-such-package-of-ours'.",
      }),
    )
  })
})

describe('modulesFolder', () => {
  it.each([
    ['/a/node_modules/b/index.js', '/a/node_modules'],
    ['/a/node_modules/.pnpm/b@1/node_modules/b/index.js', '/a/node_modules'],
    ['/a/b/index.js', '/a/b'],
  ])('of %s is %s', (file, folder) => {
    expect(modulesFolder(file)).toBe(folder)
  })
})

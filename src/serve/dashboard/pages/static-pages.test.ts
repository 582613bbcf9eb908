// The built pages as files: what a path means, what a browser is told, and that nothing else is given out.
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ShownFolder } from '../__fixtures__/shown-folder.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())
folder.write('secret.txt', 'secret')
folder.write('web/index.html', '<!doctype html>app')
folder.write('web/favicon.svg', '<svg/>')
folder.write('web/assets/index-AbC_12-x.js', 'app()')
folder.write('web/assets/plain.css', 'a{}')
folder.write('web/.hidden', 'hidden')
const web = join(folder.root, 'web')
symlinkSync(join(folder.root, 'secret.txt'), join(web, 'link.txt'))
const app = folder.open({ webFolder: () => web })
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

describe('the built pages', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/favicon.svg', 'image/svg+xml', 'no-cache'],
    ['/assets/index-AbC_12-x.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/plain.css', 'text/css; charset=utf-8', 'no-cache'],
  ])('%s is %s', async (path, type, cache) => {
    const { status, headers } = await app.get(path)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe(type)
    expect(headers.get('cache-control')).toBe(cache)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const again = await app.get(path, { 'if-none-match': headers.get('etag') ?? '' })
    expect(again).toMatchObject({ status: 304, text: '' })
  })

  it.each(['/run/a', '/run/labs/x/grpo-0.5', '/compare?runs=a,b', '/run/%E2%82%AC'])(
    '%s is a page of the application',
    async (path) => {
      expect(await app.get(path, html)).toMatchObject({ status: 200, text: '<!doctype html>app' })
    },
  )

  it.each([
    '/assets/gone-12345678.js',
    '/demo/',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%252e%252e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/.hidden',
    '/link.txt',
    '/assets',
    '/x%00.js',
    '/%ff',
    '//etc/passwd',
  ])('%s gives nothing away', async (path) => {
    for (const headers of [html, { accept: 'text/css' }]) {
      const { text, status } = await app.get(path, headers)
      expect(text).not.toContain('secret')
      expect(text).not.toContain('hidden')
      expect(text).not.toContain('root:')
      if (status !== 200) expect(status).toBe(404)
      else expect(text).toBe('<!doctype html>app')
    }
  })

  it('are not what a script, a style or a picture that is gone becomes', async () => {
    expect((await app.get('/gone.png', { accept: 'image/avif,image/webp' })).status).toBe(404)
    expect((await app.get('/assets/gone.js', { accept: '*/*' })).status).toBe(404)
  })

  it('run no script but their own, in no frame', async () => {
    const policy = (await app.get('/')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'; script-src 'self'; style-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|blob:|https?:|\*/)
  })

  it('that are not built are named with the command that builds them; the data is served', async () => {
    const bare = folder.open()
    expect(await bare.get('/', html)).toMatchObject({ status: 503, text: expect.stringContaining('npm run build:web') })
    expect((await bare.get('/main.js', { accept: 'text/css' })).status).toBe(404)
    expect((await bare.get('/api/runs')).status).toBe(200)
    expect((await bare.get('/api/about')).body).toEqual({ version: '1.2.3', hasEngine: true, hasDemo: false })
  })
})

describe('the demo', () => {
  it('may compile WebAssembly and share memory between threads, as may workers among the files', async () => {
    folder.write('web/demo/index.html', 'demo')
    folder.write('web/demo/ort.wasm', new Uint8Array([0, 97, 115, 109]))
    for (const [path, type] of [
      ['/demo/', 'text/html; charset=utf-8'],
      ['/demo/ort.wasm', 'application/wasm'],
      ['/assets/index-AbC_12-x.js', 'text/javascript; charset=utf-8'],
    ]) {
      const { status, headers } = await app.get(path)
      expect([status, headers.get('content-type')]).toEqual([200, type])
      expect(headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'")
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    }
    expect((await app.get('/api/about')).body.hasDemo).toBe(true)
  })
})

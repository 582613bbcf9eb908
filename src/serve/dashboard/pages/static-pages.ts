// The built pages as files: which file a path means, its type, and how long a browser may keep it. Paths that are no file
// are pages of the application, which draws itself from index.html.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { ApiError } from '../../http/api-error.ts'
import type { ServeContext } from '../../http/app.ts'
import { isDemo, pageHeaders } from './page-headers.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
  '.safetensors': 'application/octet-stream',
}

/** Vite puts a hash of the content into names below `assets/`: such a file never changes. */
const HASHED = /^\/(?:demo\/)?assets\/[^/]+-[\w-]{8}\.[a-z0-9]{1,11}$/
const FOREVER = 'public, max-age=31536000, immutable'

/** Says what to do while there are no pages. */
const UNBUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gradus</title>
<h1>The pages are not built</h1>
<p>This is a clone of the repository in which the pages have not been built yet. Run <code>npm run build:web</code>,
then reload this page. The data is served already: <a href="/api/runs">/api/runs</a>.</p></html>
`

/** The answer to a path that is not one of the API. `folder` is looked for at every request: it may be built meanwhile. */
export async function staticAnswer(c: ServeContext, folder: string | undefined): Promise<Response> {
  const path = pathOf(c)
  const headers = pageHeaders(path)
  if (folder === undefined) {
    if (!wantsPage(c)) throw noSuchFile()
    return new Response(UNBUILT, { status: 503, headers: { ...headers, 'content-type': types['.html'] } })
  }
  const root = await realpath(folder)
  const file = (await fileOf(root, path)) ?? (isPage(c) ? join(root, 'index.html') : undefined)
  if (file === undefined) throw noSuchFile()
  const bytes = await readFile(file)
  const tag = `"${createHash('sha1').update(bytes).digest('base64url')}"`
  const all = {
    ...headers,
    etag: tag,
    'content-type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
    'cache-control': HASHED.test(path) ? FOREVER : 'no-cache',
  }
  if (c.req.header('if-none-match') === tag) return new Response(null, { status: 304, headers: all })
  return new Response(new Uint8Array(bytes), { headers: all })
}

/** Whether the browser demo is among the built pages. */
export const hasDemo = (folder: string | undefined): boolean =>
  folder !== undefined && existsSync(join(folder, 'demo', 'index.html'))

/** The file of a path, or the index.html of a folder; undefined for all that is no plain file below the root. */
async function fileOf(root: string, path: string): Promise<string | undefined> {
  const parts = partsOf(path)
  if (parts === undefined) return undefined
  try {
    let real = await realpath(join(root, ...parts))
    if (real !== root && !real.startsWith(`${root}${sep}`)) return undefined
    if ((await stat(real)).isDirectory()) real = await realpath(join(real, 'index.html'))
    return real.startsWith(`${root}${sep}`) && (await stat(real)).isFile() ? real : undefined
  } catch {
    return undefined
  }
}

/** The names in a path; undefined for one that climbs, hides or cannot be read. */
function partsOf(path: string): readonly string[] | undefined {
  try {
    const parts = path.split('/').map(decodeURIComponent)
    const isOdd = (part: string): boolean => part.startsWith('.') || /[\\/\0:]/.test(part)
    return parts.some(isOdd) ? undefined : parts.filter((part) => part !== '')
  } catch {
    return undefined
  }
}

/** A browser that goes to an address, and not one that looks for a part of a page. */
const wantsPage = (c: ServeContext): boolean => {
  const accept = c.req.header('accept')
  return accept === undefined || accept.includes('text/html') || accept.startsWith('*/*')
}

const isPage = (c: ServeContext): boolean => wantsPage(c) && isPagePath(pathOf(c))

const isPagePath = (path: string): boolean =>
  partsOf(path) !== undefined && !path.startsWith('/assets/') && !isDemo(path)

/** As it was sent: the path of the context is decoded once already. */
const pathOf = (c: ServeContext): string => new URL(c.req.url).pathname

const noSuchFile = (): ApiError => new ApiError('There is no such file here.', { status: 404, code: 'no-such-file' })

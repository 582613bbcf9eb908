// Headers of pages: what a browser may load and run for them. Text that a model wrote can never become a script, since no
// script but the files of this server runs. The demo alone may compile WebAssembly and share memory between threads.

/** Of every answer. */
export const everyAnswer: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

const policy = (script: string, worker: string): string =>
  [
    "default-src 'self'",
    `script-src ${script}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `worker-src ${worker}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
const plain = { 'content-security-policy': policy("'self'", "'self'") }
const demo = { 'content-security-policy': policy("'self' 'wasm-unsafe-eval'", "'self' blob:"), ...isolation }

/**
 * Of a file by its path in the URL. A script below `assets/` may be a worker of the demo, which takes its rights from its own
 * answer; on scripts that pages load, these headers mean nothing.
 */
export function pageHeaders(path: string): Readonly<Record<string, string>> {
  return isDemo(path) || path.startsWith('/assets/') ? demo : plain
}

/** Whether a path belongs to the demo. */
export const isDemo = (path: string): boolean => path === '/demo' || path.startsWith('/demo/')

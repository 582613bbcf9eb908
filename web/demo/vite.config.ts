// Builds the demo to dist/web/demo: a static page that works in any folder and loads nothing from elsewhere. The files of
// onnxruntime-web are copied beside it as they are.
//   npx vite build -c web/demo/vite.config.ts       and `npx vite -c ...` to work on it
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What the engine loads only on Node, and only when it is asked to: files, and the runtime of Node. */
const nodeOnly = [folder('../../src/engine/checkpoint.ts'), folder('../../src/tensor/runtime-node.ts')]

const withoutNode = (): Plugin => ({
  name: 'without-node',
  enforce: 'pre',
  resolveId(id, importer) {
    if (id.startsWith('node:')) this.error(`${importer} imports ${id}, which no browser has`)
  },
  load: (id) => (nodeOnly.includes(id) ? `throw new Error('this needs Node')\nexport {}` : undefined),
})

export default defineConfig({
  root: folder('.'),
  base: './',
  publicDir: false,
  plugins: [withoutNode()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The library without its WebAssembly inside: both files are named by the page.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'import', 'default'] },
  worker: { format: 'es', plugins: () => [withoutNode()], rolldownOptions: { output: { assetFileNames: assetName } } },
  build: {
    outDir: folder('../../dist/web/demo'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { assetFileNames: assetName } },
  },
  // Threads need memory that they share.
  server: {
    headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
  },
})

/** Some servers do not know that .mjs is a script. */
function assetName({ names }: { names: readonly string[] }): string {
  return names[0]?.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]'
}

// Builds the dashboard to dist/web: hashed files that load nothing from elsewhere. `npm run web` serves it with live reload
// before a `gradus show --port 4747`.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // A data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // The server wants to be spoken to under its own name.
  server: {
    proxy: {
      '/api': { target: 'http://127.0.0.1:4747', changeOrigin: true, headers: { origin: 'http://127.0.0.1:4747' } },
    },
  },
})

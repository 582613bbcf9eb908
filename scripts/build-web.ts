// `npm run build:web`: the dashboard and the browser demo to dist/web.
//   tsx scripts/build-web.ts [FOLDER]    to another folder than dist/web
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWeb } from './build/web.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
await buildWeb(resolve(root, process.argv[2] ?? join('dist', 'web')))

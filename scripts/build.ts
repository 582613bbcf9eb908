// `npm run build`: src/ to dist/ as JavaScript with declarations, plus the files beside the source that are read at
// run time (templates, word lists). Tests, fixtures and READMEs stay behind. It does not bundle. Then web/ to dist/web.
//   tsx scripts/build.ts [FOLDER]    to another folder than dist/
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWeb } from './build/web.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const from = join(root, 'src')
const to = resolve(root, process.argv[2] ?? 'dist')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js')

const isLeftBehind = (path: string) =>
  path.endsWith('.ts') || basename(path) === 'README.md' || basename(path) === '__fixtures__'

rmSync(to, { recursive: true, force: true })
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', to], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(1)
cpSync(from, to, { recursive: true, filter: (path) => !isLeftBehind(path) })
await buildWeb(join(to, 'web'))

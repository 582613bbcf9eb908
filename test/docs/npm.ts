// What `npm run fix` and `npm run check` do, of the files alone that the guide touches: the whole repository takes a
// minute, and has tests of its own. Started by the test's `npx tsx`, in the copy of the repository.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { checkStructure } from '../../scripts/structure/check.ts'

const files: readonly string[] = JSON.parse(readFileSync('guide-files.json', 'utf8'))
const biome = (...args: readonly string[]): number | null =>
  spawnSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', ...args, ...files], {
    stdio: 'inherit',
  }).status

switch (process.argv.slice(2).join(' ')) {
  case 'run fix':
    process.exit(biome('--write'))
    break
  case 'run check': {
    // The compiler was started with the first page, since it takes the longest.
    while (!existsSync('guide-types.json')) await wait(100)
    const types: { code: number; printed: string } = JSON.parse(readFileSync('guide-types.json', 'utf8'))
    const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
    // Of their folders it sees no other file.
    const findings = checkStructure(texts).filter(({ file }) => texts.has(file))
    console.log([types.printed, ...findings.map(({ message }) => message)].join('\n'))
    process.exit(types.code || biome() || Number(findings.length > 0))
    break
  }
  default:
    console.error(`no reader of the guide runs npm ${process.argv.slice(2).join(' ')}`)
    process.exit(1)
}

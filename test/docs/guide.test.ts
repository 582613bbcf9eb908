// The guides say what is true: their code goes into a copy of the repository, and there every command of theirs is run,
// with models and steps made small. What is not run as it stands is listed in `shortened` and `standIns`.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkStructure } from '../../scripts/structure/check.ts'
import { short, tinyBase } from '../e2e/gradus.ts'
import { type AppliedCode, applyCode, type Guide, readGuide } from './guide.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const copy = mkdtempSync(join(tmpdir(), 'gradus-guide-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const names = ['your-own-recipe', 'your-own-task']
const paths = names.map((name) => join(root, 'docs/guide', `${name}.md`))
const guides = paths.map(readGuide)

/** What of the repository the guides need. */
const copied = ['src', 'bin', 'scripts', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts', 'biome.json']

/** What a command printed, both streams. */
interface Ended {
  readonly code: number | null
  readonly printed: string
}

const bins: Readonly<Record<string, string>> = {
  gradus: 'bin/gradus.mjs',
  tsc: 'node_modules/typescript/bin/tsc',
  tsx: 'node_modules/tsx/dist/cli.mjs',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  vitest: 'node_modules/vitest/vitest.mjs',
}

function run(name: string, args: readonly string[]): Promise<Ended> {
  // The vitest inside must not take itself for a worker of this one.
  const own = Object.entries(process.env).filter(([key]) => !key.startsWith('VITEST') && key !== 'NODE_ENV')
  const env = { ...Object.fromEntries(own), NO_COLOR: '1' }
  const child = spawn(process.execPath, [bins[name], ...args], { cwd: copy, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  return new Promise((settle) => child.on('close', (code) => settle({ code, printed })))
}

const tiny = [...tinyBase(), ...short({ 'schedule.steps': 3, 'evaluation.every': 0, 'evaluation.problems': 8 })]

/** Arguments that make a command of `gradus` short, by its first words. */
function shortened(words: readonly string[]): readonly string[] {
  const [verb, part] = words
  const hasModel = words.includes('--model')
  if (verb === 'train') return hasModel ? tiny.filter((_, i) => !isOfBase(tiny, i)) : tiny
  if (verb === 'lab' && part === 'run') return ['--seeds', '1', ...tiny]
  if (verb === 'tasks' && part === 'check') return ['--n', '3']
  if (verb === 'eval') return ['--n', '8']
  return []
}

/** Whether an argument, or the `--set` before it, is of the base model. */
const isOfBase = (args: readonly string[], i: number): boolean =>
  args[args[i] === '--set' ? i + 1 : i].startsWith('base.')

let applied: readonly AppliedCode[]
let fixed: Ended
let types: Promise<Ended>

/** What stands for the commands that look at the whole repository: the same, of the files that a guide touches. */
const standIns: Readonly<Record<string, (touched: AppliedCode) => Promise<Ended>>> = {
  'npm run fix': async () => fixed,
  async 'npm run check'({ made, edited }) {
    const files = [...made, ...edited]
    const [{ code, printed }, lint] = await Promise.all([types, run('biome', ['check', ...files])])
    const texts = new Map(files.map((file) => [file, readFileSync(join(copy, file), 'utf8')]))
    // Of their folders it sees no other file.
    const findings = checkStructure(texts).filter(({ file }) => texts.has(file))
    return {
      code: Number(code !== 0 || lint.code !== 0 || findings.length > 0),
      printed: [printed, lint.printed, ...findings.map(({ message }) => message)].join('\n'),
    }
  },
}

function carryOut(line: string, touched: AppliedCode): Promise<Ended> {
  if (standIns[line]) return standIns[line](touched)
  const [npx, name, ...words] = line.split(' ')
  if (npx !== 'npx' || bins[name] === undefined) throw new Error(`no reader of this test runs "${line}"`)
  return run(name, name === 'gradus' ? [...words, ...shortened(words)] : words)
}

/** Runs a guide's commands one after the other: each may need what those before it made. */
function inOrder({ commands }: Guide, touched: AppliedCode): ReadonlyMap<string, Promise<Ended>> {
  let last: Promise<unknown> = Promise.resolve()
  const ended = new Map<string, Promise<Ended>>()
  for (const line of commands.flatMap(({ lines }) => lines)) {
    const mine = last.then(() => carryOut(line, touched))
    // Told by the test of the line; without this, the process ends before.
    last = mine.catch(() => {})
    ended.set(line, mine)
  }
  return ended
}

let started: readonly ReadonlyMap<string, Promise<Ended>>[]

beforeAll(async () => {
  for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  applied = guides.map((guide) => applyCode(guide, copy))
  const newFiles = applied.flatMap(({ made }) => made)
  // Only what a reader types by hand is put into form: the files that a guide shows are as they should be.
  fixed = await run('biome', ['check', '--write', ...applied.flatMap(({ edited }) => edited)])
  // Types of the whole repository take twice as long; the command line reaches all that a guide can change.
  const narrow = { extends: './tsconfig.json', include: [], files: ['src/cli/main.ts', ...newFiles] }
  writeFileSync(join(copy, 'tsconfig.guide.json'), JSON.stringify(narrow))
  types = run('tsc', ['-p', 'tsconfig.guide.json'])
  started = guides.map((guide, i) => inOrder(guide, applied[i]))
})

describe.each(names.map((name, i) => [name, i] as const))('%s', { tags: ['slow'] }, (_name, i) => {
  it('makes one new file', () => {
    expect(applied[i].made).toHaveLength(1)
  })

  it.each(guides[i].commands.flatMap(({ lines }) => lines))('%s', async (line) => {
    const { code, printed } = await started[i].get(line)!
    expect(code, printed).toBe(0)
    // With a name that no test has, vitest is content.
    if (line.includes('vitest')) expect(printed).toMatch(/Tests .*\d passed/)
  })

  it('shows what the commands print', async () => {
    for (const { lines, prints } of guides[i].commands) {
      const ended = await Promise.all(lines.map((line) => started[i].get(line)!))
      const printed = ended.flatMap((one) => one.printed.split('\n')).map(withoutLayout)
      for (const line of prints) expect(printed, lines.join('; ')).toContain(withoutLayout(line))
    }
  })

  it('links to files that are there', () => {
    for (const target of guides[i].links) expect(existsSync(join(dirname(paths[i]), target)), target).toBe(true)
  })
})

const withoutLayout = (line: string): string => line.trim().replace(/\s+/g, ' ')

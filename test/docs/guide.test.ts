// The guide says what is true: in a copy of the repository somebody types every block of every page, in the order of the
// table of contents, into a shell, and each must succeed and print what the page shows. The code of the pages is put into
// place before the first. GRADUS_GUIDE=exact holds the figures to the last digit; GRADUS_GUIDE=show prints everything.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeRay, fakeRay } from '../../src/launch/__fixtures__/fake-ray.ts'
import { type AppliedCode, applyCode, readPage } from './guide.ts'
import { type Done, Reader } from './reader.ts'
import { makeScratch, root, type Scratch } from './scratch.ts'
import { missingLine } from './shown-lines.ts'

const folder = join(root, 'docs/guide')
const contents = readPage(join(folder, 'README.md'))
const names = contents.links.filter((target) => /^[\w-]+\.md$/.test(target)).map((target) => target.replace('.md', ''))
const pages = ['README', ...new Set(names)].map((name) => readPage(join(folder, `${name}.md`)))

/** Ports that the pages name. */
const ports = [4747, 8000, 8100, 8265]

/** Blocks that no test runs, each with its reason; `npm test` prints them. */
const notRun = pages.flatMap(({ name, commands }) =>
  commands.flatMap(({ line, notRun: reason }) => (reason === undefined ? [] : [`${name}.md:${line}: ${reason}`])),
)

let scratch: Scratch
let ray: FakeRay
let applied: readonly AppliedCode[]
let started: readonly (readonly Promise<Done>[])[]
let left: readonly Promise<Done>[]
const readers: Reader[] = []

/** A page's blocks, one after the other, when the page before has been read. */
function read(page: (typeof pages)[number], after: Promise<unknown>): { blocks: Promise<Done>[]; left: Promise<Done> } {
  let reader: Reader | undefined
  let last = after
  const blocks = page.commands.map(({ text, prints, notRun: reason }) => {
    const mine = last.then(async () => {
      if (reason !== undefined) return { code: null, printed: '' }
      if (reader === undefined) {
        reader = new Reader(scratch.folder, scratch.env)
        readers.push(reader)
      }
      const isReady = (printed: string): boolean => missingLine(prints, scratch.shown(printed)) === undefined
      const { code, printed } = await reader.type(scratch.typed(text), isReady)
      return { code, printed: scratch.shown(printed) }
    })
    // Told by the test of the block; without this, the process ends before.
    last = mine.catch(() => {})
    return mine
  })
  return { blocks, left: last.then(async () => (await reader?.leave()) ?? { code: 0, printed: '' }) }
}

/** The cluster: it says of every job that it took two steps and ended. */
function work(): void {
  for (const [job, about] of ray.jobs) {
    if (about.status !== 'RUNNING') continue
    const rows = [1, 2].map((step) => JSON.stringify({ job, step, time_s: step, metrics: { reward: step / 10 } }))
    about.log = rows.map((row) => `GRADUS ${row}\n`).join('')
    about.status = 'SUCCEEDED'
  }
}
let working: NodeJS.Timeout

beforeAll(async () => {
  ray = await fakeRay()
  working = setInterval(work, 100)
  scratch = await makeScratch(ports, new Map([[8265, Number(new URL(ray.url).port)]]))
  applied = pages.map((page) => applyCode(page, scratch.folder))
  const files = [...new Set(applied.flatMap(({ made, edited }) => [...made, ...edited]))]
  writeFileSync(join(scratch.folder, 'guide-files.json'), JSON.stringify(files))
  scratch.startTypes(applied.flatMap(({ made }) => made))
  let last: Promise<unknown> = Promise.resolve()
  const all = pages.map((page) => {
    const reading = read(page, last)
    last = reading.left
    return reading
  })
  started = all.map(({ blocks }) => blocks)
  left = all.map((reading) => reading.left)
})

afterAll(async () => {
  for (const reader of readers) reader.kill()
  clearInterval(working)
  await ray?.close()
  scratch?.remove()
})

const isMade = (file: string): boolean => applied.some(({ made }) => made.includes(file))

const cases = pages.map((page, i) => ({ page, i, name: page.name }))

describe.each(cases)('$name', { tags: ['slow'] }, ({ page, i }) => {
  const blocks = page.commands.map(({ line, text }, j) => ({ j, line, first: text.split('\n')[0] }))

  if (blocks.length > 0)
    it.each(blocks)('line $line: $first', async ({ j }) => {
      const { prints } = page.commands[j]
      const { code, printed } = await started[i][j]
      if (process.env.GRADUS_GUIDE === 'show') console.info(`${page.commands[j].text}\n${printed}`)
      expect(code, printed).toBeNull()
      expect(missingLine(prints, printed, process.env.GRADUS_GUIDE === 'exact'), printed).toBeUndefined()
    })

  it('ends what it began', async () => {
    const { code, printed } = await left[i]
    expect(printed).toBe('')
    expect(code).toBe(0)
  })

  it('links to files that are there, and is short', () => {
    for (const target of page.links)
      expect(existsSync(join(dirname(join(folder, page.name)), target)), target).toBe(true)
    expect(page.lines).toBeLessThanOrEqual(200)
  })
})

// At the end: it waits for all of them.
describe('the guide', () => {
  it('has every page of its folder in its table of contents', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.md'))
    expect([...pages.map(({ name }) => `${name}.md`)].sort()).toEqual(files.sort())
  })

  it('says of blocks that are not run why not', () => {
    if (notRun.length > 0) console.info(`Blocks of the guide that no test runs:\n${notRun.join('\n')}`)
    for (const reason of notRun) expect(reason.length).toBeGreaterThan(40)
  })

  it('shows code in the form that npm run fix gives it', { tags: ['slow'] }, async () => {
    await Promise.all(left)
    for (const [file, text] of pages.flatMap(({ code }) => code).filter(([name]) => isMade(name)))
      expect(readFileSync(join(scratch.folder, file), 'utf8')).toBe(text)
  })
})

// Which runs there are, and that nothing outside the folder is one.
import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { tickingClock } from '../../store/__fixtures__/toy-run.ts'
import { info, ShownFolder } from './__fixtures__/shown-folder.ts'
import { OpenWorld } from './open-world.ts'
import { findRuns } from './runs/find-runs.ts'
import { FolderListings } from './runs/folder-listing.ts'
import { directoryBelow } from './world.ts'

const folders: ShownFolder[] = []
const newFolder = (): ShownFolder => {
  folders.push(new ShownFolder())
  return folders[folders.length - 1]
}
afterAll(() => {
  for (const folder of folders) folder.remove()
})
const open = (folder: ShownFolder, below = ''): OpenWorld => new OpenWorld(join(folder.root, below), tickingClock())
const namesIn = (world: OpenWorld): readonly string[] => world.runs().runs.map(({ run }) => run)

describe('the runs of a folder', () => {
  it('are the folders with a run.json, five levels deep, newest first', () => {
    const folder = newFolder()
    folder.add('a', { info: { startedAt: '2026-01-02T00:00:00.000Z' } })
    folder.add('labs/x/runs/arm/seed-1', { info: { startedAt: '2026-01-03T00:00:00.000Z' } })
    folder.add('labs/x/runs/arm/seed-1/deeper')
    folder.add('b', { info: { startedAt: '2026-01-01T00:00:00.000Z' } })
    folder.add('c', { info: { startedAt: '2026-01-01T00:00:00.000Z' } })
    folder.write('not-a-run/config.json', '{}')
    expect(namesIn(open(folder))).toEqual(['labs/x/runs/arm/seed-1', 'a', 'b', 'c'])
  })

  it('may be the folder itself, and what lies in it', () => {
    const folder = newFolder()
    folder.add('r/base')
    folder.add('r', { info: { startedAt: '2026-01-02T00:00:00.000Z' } })
    const world = open(folder, 'r')
    expect(namesIn(world)).toEqual(['.', 'base'])
    expect(world.dirOf('.')).toBe(join(folder.root, 'r'))
  })

  it('are not looked for in what runs keep, in hidden folders and behind links', () => {
    const folder = newFolder()
    for (const name of ['rollouts', 'evals', 'checkpoints', 'search', 'node_modules', '.git']) folder.add(`r/${name}/x`)
    folder.add('other/s')
    symlinkSync(join(folder.root, 'other'), join(folder.root, 'link'))
    symlinkSync(folder.root, join(folder.root, 'circle'))
    expect(namesIn(open(folder))).toEqual(['other/s'])
  })

  it('come, change and go while they are looked at', () => {
    const folder = newFolder()
    const world = open(folder)
    expect(namesIn(world)).toEqual([])
    const dir = folder.add('a/b')
    expect(namesIn(world)).toEqual(['a/b'])
    writeFileSync(join(dir, 'run.json'), JSON.stringify({ ...info, recipe: 'other' }))
    expect(world.runs().runs[0].info.recipe).toBe('other')
    rmSync(dir, { recursive: true })
    expect(world.runs()).toEqual({ runs: [], unreadable: [] })
  })

  it('that cannot be read are named with the reason', () => {
    const folder = newFolder()
    folder.write('torn/run.json', '{"schema":1,"id":"x"')
    folder.write('newer/run.json', '{"schema":2}')
    folder.add('good')
    const { runs, unreadable } = open(folder).runs()
    expect(runs.map(({ run }) => run)).toEqual(['good'])
    expect(unreadable.map(({ run }) => run)).toEqual(['newer', 'torn'])
    expect(unreadable[0].why).toContain('newer version')
    expect(unreadable[1].why).toContain('cannot be read')
  })

  it('that say they run while no process has them were interrupted; one that has a process runs until it ends', () => {
    const folder = newFolder()
    folder.add('killed', { info: { status: 'running' } })
    const dir = folder.add('alive', { info: { status: 'running' } })
    const lock = { pid: process.pid, host: 'x', startedMs: 0 }
    writeFileSync(join(dir, '.lock'), JSON.stringify(lock))
    const world = open(folder)
    const states = (): object => Object.fromEntries(world.runs().runs.map((run) => [run.run, run.info.status]))
    expect(states()).toEqual({ killed: 'interrupted', alive: 'running' })
    rmSync(join(dir, '.lock'))
    expect(states()).toEqual({ killed: 'interrupted', alive: 'interrupted' })
  })

  it('of a folder that is not there are an error that says what to give', () => {
    expect(() => new OpenWorld('/no/such/folder', tickingClock())).toThrow(
      expect.objectContaining({ code: 'usage/no-folder' }),
    )
  })
})

describe('findRuns', () => {
  it('ends in a folder without end', () => {
    const folder = newFolder()
    for (let i = 0; i < 10; i++) folder.add(`r${i}`)
    const found = findRuns(folder.root, new FolderListings(tickingClock()), 5)
    expect(found).toEqual({ names: ['r0', 'r1', 'r2', 'r3'], isCut: true })
  })
})

describe('listings of folders', () => {
  it('are read again until a change would show in the time of change', () => {
    const folder = newFolder()
    let now = 0
    const listings = new FolderListings({ nowMs: () => now, iso: () => '' })
    const names = (): readonly string[] => listings.of(folder.root).folders
    // A change within the grain of the file system's clock leaves the time of change as it was.
    const add = (name: string): void => {
      mkdirSync(join(folder.root, name))
      utimesSync(folder.root, 1, 1)
    }
    add('a')
    expect(names()).toEqual(['a'])
    add('b')
    now = 1000
    expect(names()).toEqual(['a', 'b'])
    add('c')
    now = 5000
    expect(names()).toEqual(['a', 'b', 'c'])
    utimesSync(folder.root, 1, 1)
    expect(names()).toEqual(['a', 'b', 'c'])
    mkdirSync(join(folder.root, 'd'))
    expect(names()).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('the directory of a run', () => {
  const folder = newFolder()
  const outside = newFolder()
  outside.add('secret')
  folder.add('runs/a')
  symlinkSync(outside.root, join(folder.root, 'runs', 'out'))
  symlinkSync(join(folder.root, 'runs', 'a'), join(folder.root, 'runs', 'in'))
  mkdirSync(join(folder.root, 'runs', 'empty'))
  const world = open(folder, 'runs')

  it('is given for runs, also through a link inside the folder', () => {
    expect(world.dirOf('a')).toBe(join(folder.root, 'runs', 'a'))
    expect(world.dirOf('in')).toBe(join(folder.root, 'runs', 'a'))
  })

  it.each([
    '',
    '.',
    '..',
    '../runs/a',
    'a/..',
    'a/../a',
    './a',
    'a/',
    '/a',
    '//a',
    `${join(folder.root, 'runs', 'a')}`,
    'out/secret',
    'empty',
    'a/run.json',
    'a\\..\\a',
    'a\0',
    'C:a',
    'a/%2e%2e',
    'x'.repeat(1001),
    `${'x/'.repeat(499)}x`,
  ])('is refused for %j', (name) => {
    expect(() => world.dirOf(name)).toThrow(expect.objectContaining({ status: 404, code: 'no-such-run' }))
  })

  it('is below the root even where the root is that of the file system', () => {
    expect(directoryBelow('/', 'tmp')).toBe('/tmp')
  })
})

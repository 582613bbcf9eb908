import { describe, expect, it } from 'vitest'
import { launchSystems } from './catalog.ts'
import { pathsOf, type SettingsTable, translate } from './settings-table.ts'
import { trlTable } from './trl-table.ts'
import { verlTable } from './verl-table.ts'

const table: SettingsTable<{ a: number; b: { c: string }; d: number }> = {
  a: { to: 'their.a' },
  b: { sets: (value: { c: string }, { a }) => ({ c: value.c, twice: a * 2 }), what: 'c, twice' },
  'e.f': { only: 1, why: 'There is one.' },
  g: { unused: 'It has no g.' },
  h: { here: 'nothing' },
}
const config = { a: 1, b: { c: 'x' }, d: 4 }

describe('translate', () => {
  it('renames, computes and leaves out as the table says', () => {
    const given = { a: 1, b: { c: 'x' }, e: { f: 1 }, g: 5, h: [1] }
    expect(translate('s', table, given as never, { g: 5 })).toEqual({ 'their.a': 1, c: 'x', twice: 2 })
  })

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a setting without a row', config, '"d" = 4 cannot be launched with s', 's has nothing like it.'],
    ['a nested one', { z: { y: [1] } }, '"z.y" = [1] cannot', 'nothing like it'],
    ['a value that has no counterpart', { e: { f: 2 } }, '"e.f" = 2 cannot', 'There is one. Only 1 can be set.'],
    ['a change of what means nothing', { g: 6 }, '"g" = 6 cannot', 'It has no g.'],
  ])('refuses %s', (_, given, message, hint) => {
    expect(() => translate('s', table, given as never, { g: 5 })).toThrow(
      expect.objectContaining({
        code: 'config/no-counterpart',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    )
  })
})

describe.each([
  ['trl', trlTable],
  ['verl', verlTable],
] as const)('the table of %s', (id, rows) => {
  it('has a row for every setting, and a setting for every row', () => {
    const system = launchSystems.find((found) => found.id === id)
    const all = pathsOf(rows, system?.schema.parse(system.presets) ?? {})
    // Keys that a setting of another kind would have are not there by default.
    expect([...all].sort()).toEqual(Object.keys(rows).sort())
  })
})

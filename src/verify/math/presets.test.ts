// The table of docs/verify.md is true, and its options are all there.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mathOptionTable } from './option-table.ts'
import { defaultMathOptions } from './options.ts'
import { mathPresetNames } from './presets.ts'
import { verifyMath } from './verify-math.ts'

const page = readFileSync(new URL('../../../docs/verify.md', import.meta.url), 'utf8')
const cells = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  )

describe('docs/verify.md', () => {
  const head = cells.findIndex(([first, second]) => first === 'gold' && second === 'prediction')
  const rows = cells.slice(head + 2).map(([gold, prediction, ...words]) => ({ gold, prediction, words }))

  it('has a column for each preset', () => {
    expect(cells[head].slice(2)).toEqual(mathPresetNames)
    expect(rows.length).toBeGreaterThan(20)
  })

  it.each(rows)('$prediction for $gold is what the table says', ({ gold, prediction, words }) => {
    const said = mathPresetNames.map((preset) => verifyMath(gold, prediction, preset).equal)
    expect(said.map((equal) => (equal === null ? 'null' : equal ? 'yes' : 'no'))).toEqual(words)
    expect(new Set(words).size, 'a row where all agree says nothing').toBe(2)
  })

  it.each(mathOptionTable.map(({ name }) => name))('names the option %s with its default', (name) => {
    const row = cells.find(([first]) => first === name)
    const shown = name === 'anchors' ? 'all' : String(defaultMathOptions[name])
    expect(row?.[1]).toBe(shown)
  })
})

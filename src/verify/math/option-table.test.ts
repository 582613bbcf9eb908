import { describe, expect, it } from 'vitest'
import { mathOptionTable, readMathOptions } from './option-table.ts'
import { defaultMathOptions } from './options.ts'
import { mathOptionsOf, mathPresetNames, mathPresets } from './presets.ts'

describe('options from outside', () => {
  it('lists every option once', () => {
    expect(mathOptionTable.map(({ name }) => name).sort()).toEqual(Object.keys(defaultMathOptions).sort())
  })

  it('accepts the values of every preset', () => {
    for (const name of mathPresetNames)
      expect(readMathOptions('gradus', { ...mathPresets[name] })).toEqual(mathPresets[name])
  })

  it('lays settings over a preset', () => {
    expect(readMathOptions('qwen', { percent: 'value', anchors: 'box,number', unclosedBox: 'false' })).toEqual({
      ...mathPresets.qwen,
      percent: 'value',
      anchors: ['box', 'number'],
      unclosedBox: false,
    })
  })

  it.each([
    [{ percnt: 'value' }, 'did you mean "percent"?'],
    [{ percent: 'some' }, '"percent" cannot be "some": expected ignore, value, either'],
    [{ textOnly: 1 }, '"textOnly" cannot be 1: expected true, false'],
    [{ relativeTolerance: -1 }, '"relativeTolerance" cannot be -1: expected a number, 0 or more'],
    [{ tailCharacters: 'x' }, '"tailCharacters" cannot be "x"'],
    [{ anchors: 'box,bax' }, '"anchors" cannot be "box,bax"'],
  ])('refuses %j', (settings, text) => {
    expect(() => readMathOptions('gradus', settings)).toThrow(text)
  })

  it('refuses an unknown preset and names the nearest', () => {
    expect(() => mathOptionsOf('hendryks-math' as 'gradus')).toThrow('there is no preset "hendryks-math"')
    expect(() => readMathOptions('constructor', {})).toThrow('there is no preset')
  })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { ShownFolder } from '../__fixtures__/shown-folder.ts'
import { lastLines, lineBlocks } from './line-blocks.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())
const path = join(folder.root, 'log')

const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '\n', '"', '💩'), maxLength: 30 }), {
  maxLength: 10,
})

describe('blocks of lines', () => {
  it('are all whole lines of the file, whatever the size of a block', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (parts, blockBytes) => {
        const text = parts.join('')
        writeFileSync(path, text)
        const blocks = [...lineBlocks(path, 0, Buffer.byteLength(text), blockBytes)]
        const whole = text.slice(0, text.lastIndexOf('\n') + 1)
        expect(blocks.flatMap(({ lines }) => lines)).toEqual(whole.split('\n').slice(0, -1))
        expect(blocks.at(-1)?.nextByte ?? 0).toBe(Buffer.byteLength(whole))
      }),
    )
  })

  it('go on where others ended, and do not look past the end that was given', () => {
    writeFileSync(path, 'one\ntwo\nthree\n')
    expect([...lineBlocks(path, 4, 10)]).toEqual([{ lines: ['two'], nextByte: 8 }])
    expect([...lineBlocks(path, 14, 14)]).toEqual([])
  })
})

describe('the last lines', () => {
  it('are whole ones among the last bytes', () => {
    writeFileSync(path, 'one\ntwo\nthree\ntorn')
    expect(lastLines(path, 1000)).toEqual(['one', 'two', 'three'])
    expect(lastLines(path, 13)).toEqual(['three'])
    expect(lastLines(path, 8)).toEqual([])
    expect(lastLines(join(folder.root, 'gone'), 8)).toEqual([])
  })
})

// Prompts to tokens: what texts begin with, and what is refused before any work.
import { describe, expect, it } from 'vitest'
import { charTokenizer, type Tokenizer } from '../../text/index.ts'
import { ApiError } from '../http/api-error.ts'
import { completionLimit, PromptEncoder } from './prompts.ts'

const plain = charTokenizer('abc')
const withBos: Tokenizer = { ...plain, prependsBos: true }
const ask = { addSpecialTokens: true, param: 'prompt' }
const codeOf = (error: unknown): unknown => (error instanceof ApiError ? error.code : error)

describe('PromptEncoder', () => {
  it('begins texts as the model expects, unless told not to, and leaves token ids alone', async () => {
    const encoder = new PromptEncoder(withBos, 16)
    const prompts = await encoder.encode(['ab', [4, 3]], ask)
    expect(prompts.map(({ ids, text }) => [[...ids], text])).toEqual([
      [[2, 3, 4], 'ab'],
      [[4, 3], undefined],
    ])
    const [bare] = await encoder.encode(['ab'], { ...ask, addSpecialTokens: false })
    expect([...bare.ids]).toEqual([3, 4])
    expect([...(await new PromptEncoder(plain, 16).encode(['ab'], ask))[0].ids]).toEqual([3, 4])
  })

  it('takes an empty text only where a token begins it', async () => {
    expect([...(await new PromptEncoder(withBos, 16).encode([''], ask))[0].ids]).toEqual([2])
    expect(await new PromptEncoder(plain, 16).encode([''], ask).catch(codeOf)).toBe('invalid_value')
  })

  it('does not encode a text that no tokens could make short enough', async () => {
    let encoded = 0
    const counting = { ...plain, encode: (text: string) => plain.encode(text.slice(0, ++encoded)) }
    const encoder = new PromptEncoder(counting, 16)
    expect(await encoder.encode(['a'.repeat(200_000)], ask).catch(codeOf)).toBe('context_length_exceeded')
    expect(encoded).toBe(0)
  })

  it('lets others work between long texts', async () => {
    let turns = 0
    const turn = (): void => {
      turns++
      if (turns < 1000) setImmediate(turn)
    }
    turn()
    const encoder = new PromptEncoder(plain, 100_000)
    await encoder.encode(Array(8).fill('a'.repeat(60_000)), ask)
    expect(turns).toBeGreaterThan(3)
    turns = 1000
  })
})

describe('completionLimit', () => {
  const limit = (length: number, asked: number | null | undefined, byDefault = 16) =>
    completionLimit({ ids: new Int32Array(length) }, asked, { contextLimit: 20, byDefault, param: 'prompt' })

  it('is what is asked for, or the default as far as there is room', () => {
    expect([limit(5, 3), limit(5, 15), limit(5, null), limit(2, undefined), limit(2, undefined, 20)]).toEqual([
      3, 15, 15, 16, 18,
    ])
    expect([limit(20, 0), limit(19, undefined)]).toEqual([0, 1])
  })

  it('refuses what has no room', () => {
    for (const [length, asked] of [
      [5, 16],
      [20, undefined],
      [20, 1],
      [21, 0],
    ] as const) {
      expect(() => limit(length, asked)).toThrow(ApiError)
    }
  })
})

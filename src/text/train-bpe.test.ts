// The BPE trainer: values by hand, a trainer that counts anew, and a recording of Hugging Face's (made with
// test/parity/text_parity.py --train, then encoding with the result, tokenizers 0.23.3).
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BYTE_CHARACTERS } from './byte-level.ts'
import { tokenizerConfig, tokenizerFromJson, trainBpe } from './index.ts'

const mergesOf = (json: ReturnType<typeof trainBpe>): string[] =>
  (json.model.merges as [string, string][]).map((pair) => pair.join(' '))

/** Counts every pair anew for each merge. */
function naiveMerges(texts: readonly string[], limit: number, minFrequency: number): string[] {
  const order = [...BYTE_CHARACTERS].sort()
  let words = texts.map((text) => [...text])
  const merges: string[] = []
  while (merges.length < limit) {
    const counts = new Map<string, number>()
    for (const word of words) {
      for (let i = 1; i < word.length; i++) {
        const key = `${word[i - 1]} ${word[i]}`
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
    const rank = (key: string): number[] => key.split(' ').map((token) => order.indexOf(token))
    const [best] = [...counts].sort(([a, n], [b, m]) => m - n || rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1])
    if (best === undefined || best[1] < minFrequency) break
    const [left, right] = best[0].split(' ')
    order.push(left + right)
    merges.push(best[0])
    words = words.map((word) => {
      const out: string[] = []
      for (let i = 0; i < word.length; i++) {
        const here = word[i] === left && word[i + 1] === right
        out.push(here ? left + right : word[i])
        if (here) i++
      }
      return out
    })
  }
  return merges
}

describe('trainBpe', () => {
  it('finds the merges and ids worked out by hand', () => {
    // Words: "ab", " ab", " ab", " abc". Pairs: a b 4, Ġ a 3, b c 1; then Ġ ab 3, ab c 1; then Ġab c 1.
    const json = trainBpe(['ab ab ab abc'], { vocabSize: 300, minFrequency: 1 })
    expect(mergesOf(json)).toEqual(['a b', 'Ġ ab', 'Ġab c'])
    const tokenizer = tokenizerFromJson(json, tokenizerConfig())
    expect([tokenizer.size, tokenizer.pad, tokenizer.eos, tokenizer.bos]).toEqual([262, 0, 1, 2])
    // '!' is the first byte character, so 'a' is 3 + 64; Ġ comes after the 188 visible ones and 32 hidden ones.
    expect(tokenizer.encode('ab abc bc')).toEqual(Int32Array.of(259, 261, 223, 68, 69))
  })

  it('stops at the vocabulary size and at the least frequency', () => {
    expect(mergesOf(trainBpe(['ab ab ab abc'], { vocabSize: 260, minFrequency: 1 }))).toEqual(['a b'])
    expect(mergesOf(trainBpe(['ab ab ab abc'], { vocabSize: 300 }))).toEqual(['a b', 'Ġ ab'])
    expect(mergesOf(trainBpe([], { vocabSize: 300 }))).toEqual([])
  })

  it('gives ties to the smaller pair of ids', () => {
    expect(mergesOf(trainBpe(['ba', 'ba', 'ab', 'ab'], { vocabSize: 300 }))).toEqual(['a b', 'b a'])
  })

  it('counts overlapping pairs and merges them left to right', () => {
    // aaaaa: a a 4 -> aa aa a: aa a 1, aa aa 1; 'a' has the smaller id.
    expect(mergesOf(trainBpe(['aaaaa'], { vocabSize: 261, minFrequency: 1 }))).toEqual(['a a', 'aa a'])
  })

  it('agrees with counting anew for every merge', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 12 }), {
      maxLength: 12,
    })
    let compared = 0
    const property = fc.property(words, fc.integer({ min: 1, max: 3 }), (texts, minFrequency) => {
      const naive = naiveMerges(texts, 30, minFrequency)
      expect(mergesOf(trainBpe(texts, { vocabSize: 289, minFrequency }))).toEqual(naive)
      compared += naive.length
    })
    fc.assert(property, { numRuns: 150 })
    expect(compared).toBeGreaterThan(150)
  })

  it.each(['gpt2', 'qwen2'] as const)('gives the merges, ids and texts of Hugging Face tokenizers (%s)', (split) => {
    const fixture = JSON.parse(readFileSync(new URL('./__fixtures__/bpe-reference.json', import.meta.url), 'utf8'))
    const json = trainBpe(fixture.texts, { vocabSize: 400, split })
    expect(mergesOf(json)).toEqual(fixture.expected[split].merges)
    const tokenizer = tokenizerFromJson(json, tokenizerConfig())
    const ids = fixture.strings.map((text: string) => [...tokenizer.encode(text)])
    expect(ids).toEqual(fixture.expected[split].ids)
    expect(ids.map((row: number[]) => tokenizer.decode(row))).toEqual(fixture.expected[split].decoded)
  })

  it('lets every text come back from its encoding', () => {
    const texts = ['the cat sat on the mat, 12 + 34 = 46\n', "it's the naïve café 漢字 🙂🙂"]
    for (const split of ['gpt2', 'qwen2'] as const) {
      const tokenizer = tokenizerFromJson(
        trainBpe(texts, { vocabSize: 330, minFrequency: 1, split }),
        tokenizerConfig(),
      )
      const unit = fc.oneof(
        fc.constantFrom(' ', '\n', '\r', '\ufeff', '\u0085', "'", 's', '1'),
        fc.string({ unit: 'binary' }),
      )
      const property = fc.property(fc.array(unit), (parts) => {
        const text = parts.join('')
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
      })
      fc.assert(property, { numRuns: 100 })
    }
  })

  it('gives a merge that spells a special token the id of that token', () => {
    const json = trainBpe(['abc', 'abc'], { vocabSize: 300, specialTokens: ['<eos>', 'ab'] })
    expect(mergesOf(json)).toEqual(['a b', 'ab c'])
    expect(json.model.vocab).toMatchObject({ ab: 1, abc: 258 })
  })

  it('survives tokens that are names of JavaScript properties', () => {
    const texts = Array.from({ length: 5 }, () => 'constructor toString')
    const specialTokens = ['<eos>', '__proto__']
    const json = trainBpe(texts, { vocabSize: 400, specialTokens })
    const tokenizer = tokenizerFromJson(JSON.parse(JSON.stringify(json)), tokenizerConfig({ pad: '<eos>', bos: null }))
    expect(Object.keys(json.model.vocab as object)).toContain('__proto__')
    expect(tokenizer.encode('constructor toString').length).toBe(2)
    expect(tokenizer.encode('__proto__')).toEqual(Int32Array.of(1))
  })

  it('cuts digits apart in the qwen2 style and not in the gpt2 style', () => {
    const texts = ['123 123 123']
    expect(mergesOf(trainBpe(texts, { vocabSize: 300, split: 'qwen2' }))).toEqual([])
    expect(mergesOf(trainBpe(texts, { vocabSize: 300, split: 'gpt2' }))).toEqual(['1 2', '12 3', 'Ġ 123'])
  })

  it('numbers the special tokens it is given first', () => {
    const specialTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>']
    const json = trainBpe([], { vocabSize: 259, specialTokens })
    const tokenizer = tokenizerFromJson(json, tokenizerConfig({ pad: '<|endoftext|>', eos: '<|im_end|>', bos: null }))
    expect([tokenizer.pad, tokenizer.eos, tokenizer.bos]).toEqual([0, 2, undefined])
    expect(tokenizer.encode('<|im_start|>a')).toEqual(Int32Array.of(1, 67))
  })

  it('refuses sizes and special tokens that cannot work', () => {
    const train = (options: Parameters<typeof trainBpe>[1]) => () => trainBpe([], options)
    expect(train({ vocabSize: 258 })).toThrow(expect.objectContaining({ code: 'config/vocab-too-small' }))
    expect(train({ vocabSize: Number.NaN })).toThrow(expect.objectContaining({ code: 'config/vocab-too-small' }))
    const twice = ['<a>', '<a>']
    expect(train({ vocabSize: 300, specialTokens: twice })).toThrow(
      expect.objectContaining({ code: 'config/bad-special-tokens' }),
    )
  })
})

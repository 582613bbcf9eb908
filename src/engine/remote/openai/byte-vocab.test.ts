import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteVocab, turnsOf } from './byte-vocab.ts'

describe('the byte vocabulary', () => {
  it('has the bytes of UTF-8 as ids', () => {
    expect([...byteVocab.encode('aé🙂')]).toEqual([97, 0xc3, 0xa9, 0xf0, 0x9f, 0x99, 0x82])
    expect(byteVocab.token(97)).toBe('a')
    expect(byteVocab.token(0xc3)).toBe('<0xC3>')
    expect(byteVocab.token(byteVocab.eos)).toBe('<|end|>')
  })

  it('gives every text back that is text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('<|'))
        expect(byteVocab.decode(byteVocab.encode(text))).toBe(text)
      }),
    )
    expect(byteVocab.decode(byteVocab.encode('\uFEFFa'))).toBe('\uFEFFa')
  })

  it('reads the names of marks as marks, which are no text', () => {
    const ids = byteVocab.encode('a<|user|>b<|end|><|nobody|><|')
    expect([...ids].filter((id) => id > 255)).toEqual([258, 256])
    expect(byteVocab.decode(ids)).toBe('ab<|nobody|><|')
    for (let id = 256; id < byteVocab.size; id++) {
      expect([...byteVocab.encode(byteVocab.token(id))]).toEqual([id])
      expect(byteVocab.decode([id])).toBe('')
    }
  })

  it('never throws on ids that are none, or bytes that are no text', () => {
    fc.assert(fc.property(fc.array(fc.integer()), (ids) => typeof byteVocab.decode(ids) === 'string'))
  })
})

describe('a context', () => {
  const turns = (text: string) => turnsOf(byteVocab.encode(text)).map(({ role, text: said }) => `${role}:${said}`)

  it('is one turn of the user when it has no marks', () => {
    expect(turns('What is 1+1?')).toEqual(['user:What is 1+1?'])
  })

  it('is cut into turns at its marks', () => {
    expect(turns('<|system|>Be brief.<|user|>Hi<|assistant|>Hello<|user|>1+1?<|assistant|>')).toEqual([
      'system:Be brief.',
      'user:Hi',
      'assistant:Hello',
      'user:1+1?',
      'assistant:',
    ])
    expect(turns('')).toEqual([])
  })
})

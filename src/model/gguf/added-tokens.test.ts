// Names that change how llama.cpp reads a text, and the notes on added tokens.
import { describe, expect, it } from 'vitest'
import { addedTokenNotes, safeName, trimsLikePhi3 } from './added-tokens.ts'
import { parseBpeJson } from './tokenizer-json.ts'

const file = (rstrip: Readonly<Record<string, boolean>>) =>
  parseBpeJson({
    added_tokens: Object.entries(rstrip).map(([content, rstrip], id) => ({ id, content, rstrip })),
    model: { vocab: Object.fromEntries(Object.keys(rstrip).map((content, id) => [content, id])), merges: [] },
  })
const phi3 = { '<unk>': false, '<s>': false, '<|endoftext|>': false, '</s>': true, '<|end|>': true }

describe('safeName', () => {
  it('leaves no name that makes llama.cpp drop spaces, unless the tokenizer does', () => {
    expect(safeName('my-Phi3-run', false)).toBe('my-phi 3-run')
    expect(safeName('phi-3 modern-bert', false)).toBe('phi 3 modern bert')
    expect(safeName('qwen', false)).toBe('qwen')
    expect(safeName('my-phi-3-run', true)).toBe('my-phi-3-run')
    expect(safeName('run', true)).toBe('run (phi-3)')
  })
})

describe('trimsLikePhi3', () => {
  it('wants exactly the tokens that llama.cpp trims and needs', () => {
    expect(trimsLikePhi3(file(phi3))).toBe(true)
    expect(trimsLikePhi3(file({ ...phi3, '<|end|>': false }))).toBe(false)
    expect(trimsLikePhi3(file({ ...phi3, '<s>': true }))).toBe(false)
    const { '</s>': _missing, ...others } = phi3
    expect(trimsLikePhi3(file(others))).toBe(false)
  })
})

describe('addedTokenNotes', () => {
  it('names tokens beside which spaces will stay, unless they will go', () => {
    expect(addedTokenNotes(file(phi3))).toEqual([])
    expect(addedTokenNotes(file({ '<a>': true, '<b>': false }))).toEqual([expect.stringContaining('<a>,')])
  })
})

import { describe, expect, it } from 'vitest'
import { engineSpec } from './engine-spec.ts'

describe('engineSpec', () => {
  it('reads the three kinds', () => {
    expect(engineSpec('embedded')).toEqual({ kind: 'embedded' })
    expect(engineSpec('openai:http://127.0.0.1:8000/')).toEqual({ kind: 'openai', url: 'http://127.0.0.1:8000' })
    expect(engineSpec('tinker:https://host/services/prod')).toEqual({
      kind: 'tinker',
      url: 'https://host/services/prod',
    })
  })

  it.each([
    ['http://127.0.0.1:8000', 'openai:http://127.0.0.1:8000'],
    ['tinkr:http://h', 'Did you mean "tinker"?'],
    ['tinker', 'tinker:http://127.0.0.1:8000'],
    ['openai:ftp://h', 'openai:http://127.0.0.1:8000'],
    ['openai:http://me:secret@h', 'OPENAI_API_KEY'],
  ])('refuses %s and says what to write', (text, hint) => {
    expect(() => engineSpec(text)).toThrow(
      expect.objectContaining({ code: 'usage/bad-engine', hint: expect.stringContaining(hint) }),
    )
    expect(() => engineSpec(text)).not.toThrow(/secret/)
  })
})

import { describe, expect, it } from 'vitest'
import { mendedGold } from './mended-gold.ts'

describe('a broken gold answer', () => {
  it.each([
    ['\\tanx', '\\tan x'],
    ['-80\\leqg(x)\\leq82', '-80\\leq g(x)\\leq82'],
    ['\\frac{1}{7}\\triangleABC', '\\frac{1}{7}\\triangle ABC'],
    ['\\begin{pmatrix}5\\12\\-3\\end{pmatrix}', '\\begin{pmatrix}5\\\\12\\\\-3\\end{pmatrix}'],
  ])('%s is mended to %s', (broken, mended) => {
    expect(mendedGold(broken)).toBe(mended)
  })

  it.each([
    '\\infty',
    '\\leq',
    '\\geq',
    '\\cdots',
    '\\sinh',
    '\\int',
    '\\left(',
    '\\begin{pmatrix}5\\\\12\\end{pmatrix}',
    '5\\12',
  ])('%s is left alone', (text) => {
    expect(mendedGold(text)).toBe(text)
  })
})

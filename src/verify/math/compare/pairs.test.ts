// The table of pairs through the reader, both ways round, with keys checked along the way.
import { describe, expect, it } from 'vitest'
import { defaultMathOptions } from '../options.ts'
import { readAnswer } from '../parse/read-answer.ts'
import { pairs } from './__fixtures__/pairs.ts'
import { canonicalKey } from './canonical-key.ts'
import { compareAnswers } from './compare-answers.ts'

describe.each(['equal', 'different'] as const)('pairs that are %s', (wanted) => {
  it('are more than 150', () => expect(pairs[wanted].length).toBeGreaterThan(150))

  it.each(pairs[wanted])('%s and %s', (gold, prediction) => {
    const [a, b] = [gold, prediction].map((text) => readAnswer(text, defaultMathOptions))
    if (!a.ok || !b.ok) throw new Error(`not read: ${a.ok ? '' : a.reason} ${b.ok ? '' : b.reason}`)
    const forth = compareAnswers(a.answer, b.answer, defaultMathOptions)
    const back = compareAnswers(b.answer, a.answer, defaultMathOptions)
    expect([forth.verdict, back.verdict]).toEqual([wanted, wanted])
    const keys = [a, b].map((side) => canonicalKey(side.answer, defaultMathOptions))
    if (wanted === 'different' && keys[0] !== undefined) expect(keys[0]).not.toBe(keys[1])
  })
})

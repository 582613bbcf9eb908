// Every row is decided by hand.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readVerdict, type Vote, withoutMarks } from './read-verdict.ts'

const table: readonly (readonly [string, Vote])[] = [
  ['[[YES]]', 'yes'],
  ['[[NO]]', 'no'],
  ['  [[ yes ]] \n', 'yes'],
  ['They differ.\n**[[No]]**.', 'no'],
  ['At first [[YES]], but on reflection [[NO]]', 'no'],
  ['[[NO]]? Both are 3/4: [[YES]]', 'yes'],
  ['[[NO]] yes', 'no'],
  ['I should reply [[YES]] or [[NO]]', undefined],
  ['[[YES]]/[[NO]]', undefined],
  ['[[YES]] [[YES]]', 'yes'],
  ['[[MAYBE]]', undefined],
  ['[YES]', undefined],
  ['[[YES]', undefined],
  ['yes', 'yes'],
  ['No.', 'no'],
  ['1', 'yes'],
  ['0', 'no'],
  ['0\n', 'no'],
  ['"Yes"', 'yes'],
  ['**NO**', 'no'],
  ['Both are one half. Yes', 'yes'],
  ['Both are one half.\nVerdict: yes.', 'yes'],
  ['Final verdict:0', 'no'],
  ['Verdict: 1', 'yes'],
  ['The answer is 1', undefined],
  ['The answer is. 1', undefined],
  ['Answer: yes', undefined],
  ['The candidate says no', undefined],
  ['There is no', undefined],
  ['10', undefined],
  ['-1', undefined],
  ['1.0', undefined],
  ['yes and no', undefined],
  ['yesno', undefined],
  ['', undefined],
  ['   ', undefined],
  ['I cannot tell.', undefined],
  ['<think>[[YES]]</think>[[NO]]', 'no'],
  ['<think>is it [[YES]]', undefined],
  ['[[YES]]<think>wait', undefined],
  ['surely [[YES]]</think>I cannot tell.', undefined],
]

describe('readVerdict', () => {
  it.each(table)('reads %j as %s', (text, vote) => {
    expect(readVerdict(text)).toBe(vote)
  })

  it('reads the last mark whatever stands before it', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('yes', 'no'), (before, vote) => {
        expect(readVerdict(`${before} so [[${vote}]]`)).toBe(vote)
      }),
    )
  })

  it('takes linear time on texts that almost match', () => {
    for (const piece of ['[[', '[[ \t', '[[yes', '*', '. ', '<think>'])
      expect(readVerdict(piece.repeat(500_000)), piece).toBeUndefined()
  })

  it('does not see thoughts that began before the end it reads', () => {
    expect(readVerdict(`<think>${'x'.repeat(30_000)}[[YES]]`)).toBeUndefined()
  })
})

describe('withoutMarks', () => {
  it('leaves no mark, however marks are nested', () => {
    const bits = fc.constantFrom('[', '[[', ']]', ']', 'YES', 'no', ' ', 'x')
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (pieces) => {
        expect(withoutMarks(pieces.join(''))).not.toMatch(/\[\[\s*(yes|no)\s*\]\]/i)
      }),
    )
  })

  it('leaves matrices alone', () => {
    expect(withoutMarks('[[1, 2], [3, 4]] [[YES]]')).toBe('[[1, 2], [3, 4]] (YES)')
  })
})

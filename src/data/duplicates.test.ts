import { describe, expect, it } from 'vitest'
import type { Problem } from '../contracts/index.ts'
import { ContaminationIndex } from './contamination.ts'
import { removeDuplicates } from './duplicates.ts'
import { wordsOf } from './words.ts'

const ask = (id: string, prompt: string): Problem => ({ id, task: 't', split: 'train', prompt, meta: {} })
const long = 'Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May.'

describe('wordsOf', () => {
  it('takes words and whole numbers of any script, without punctuation', () => {
    expect(wordsOf("It's 3,5 x²—ÉTÉ 一年84")).toEqual(['it', 's', '3', '5', 'x', '2', 'été', '一', '年', '84'])
  })
})

describe('removeDuplicates', () => {
  it('keeps the first of prose that differs in case, spaces and punctuation', () => {
    const other = ask('b', `  ${long.toUpperCase().replace(',', '')}!`)
    const { kept, duplicates } = removeDuplicates([ask('a', long), other, ask('c', `${long} Why?`)])
    expect(kept.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(duplicates).toEqual([{ problem: other, of: 'a' }])
  })

  it('keeps formulas apart that differ in one sign', () => {
    expect(removeDuplicates([ask('a', '3+4='), ask('b', '3-4='), ask('c', '3 + 4 =')]).kept).toHaveLength(2)
  })

  it('with templates, takes texts that differ in numbers only as one', () => {
    const twin = ask('b', long.replace('48', '52'))
    expect(removeDuplicates([ask('a', long), twin]).kept).toHaveLength(2)
    expect(removeDuplicates([ask('a', long), twin], { templates: true }).kept).toHaveLength(1)
    expect(
      removeDuplicates([ask('a', '3+4='), ask('b', '13+5='), ask('c', '1*2=')], { templates: true }).kept,
    ).toHaveLength(2)
  })

  it('compares what `content` says', () => {
    const sorted = ({ prompt }: Problem) => [...String(prompt)].sort().join('')
    expect(removeDuplicates([ask('a', '1 2'), ask('b', '2 1')], { content: sorted }).kept).toHaveLength(1)
  })
})

describe('ContaminationIndex', () => {
  const index = new ContaminationIndex([ask('t1', long), ask('t2', '3+4=')], { words: 8 })

  it('finds equal content and shared runs of words, and tells which', () => {
    expect(index.find(ask('a', '3 + 4='))).toMatchObject({ of: 't2', by: 'content' })
    const found = index.find(ask('b', `Once, she sold half as many clips in May, and again in June.`))
    expect(found).toMatchObject({ of: 't1', by: 'words', shared: 'she sold half as many clips in may' })
  })

  it('leaves alone what shares fewer words', () => {
    expect(index.find(ask('c', 'She sold half as many clips in April to 48 friends.'))).toBeUndefined()
    expect(index.find(ask('d', '3+5='))).toBeUndefined()
  })

  it('looks for a short question whole', () => {
    const short = new ContaminationIndex([ask('t', 'What is the capital city of France?')], { words: 13 })
    expect(short.find(ask('a', 'Tell me: what is the capital city of France, please?'))).toBeDefined()
    expect(short.find(ask('b', 'What is the capital city of Spain?'))).toBeUndefined()
  })

  it('splits in order', () => {
    const { clean, found } = index.split([ask('a', 'x'), ask('b', '3+4='), ask('c', 'y')])
    expect([clean.map(({ id }) => id), found.map(({ problem }) => problem.id)]).toEqual([['a', 'c'], ['b']])
  })
})

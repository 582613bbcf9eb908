// The held-out split of a file: a tenth, decided by what the problems say.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../contracts/index.ts'
import { inHashOrder, splitProblems } from './problem-data.ts'

const problem = (prompt: string, id = prompt): Problem => ({ id, task: 't', split: 'train', prompt, meta: {} })
const problems = (count: number): Problem[] => Array.from({ length: count }, (_, i) => problem(`p${i}`))
const prompts = (list: readonly Problem[]) => list.map(({ prompt }) => prompt)

describe('splitProblems', () => {
  it('holds out a tenth, at least one and at most 1,024', () => {
    const sizes = [2, 10, 40, 200, 12_000].map((count) => splitProblems(problems(count), 'f').held.length)
    expect(sizes).toEqual([1, 1, 4, 20, 1024])
  })

  it('trains on nothing that is held out, even where a prompt comes twice', () => {
    const once = problems(30)
    const { train, held } = splitProblems(
      [...once, ...once.map((p) => problem(p.prompt as string, `${p.id}-again`))],
      'f',
    )
    const heldPrompts = new Set(prompts(held))
    expect(train.some(({ prompt }) => heldPrompts.has(prompt))).toBe(false)
    expect(new Set([...prompts(train), ...heldPrompts]).size).toBe(30)
  })

  it('refuses a file that leaves nothing to train on', () => {
    for (const rows of [[problem('a')], [problem('a'), problem('a', 'b')]]) {
      expect(() => splitProblems(rows, 'f')).toThrow(expect.objectContaining({ code: 'data/too-few-rows' }))
    }
  })

  it('depends on the problems only, not on their order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(problems(50), { minLength: 50 }), (shuffled) => {
        const plain = splitProblems(problems(50), 'f')
        expect(prompts(splitProblems(shuffled, 'f').held)).toEqual(prompts(plain.held))
        expect(prompts(inHashOrder(shuffled))).toEqual(prompts(inHashOrder(problems(50))))
      }),
      { numRuns: 20 },
    )
  })
})

import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { rewriteAb } from './rewrite-ab.ts'

const { family } = rewriteAb
const hand = { line: 'A><BB><A', rules: [] }
const byRules = {
  line: 'abcb',
  rules: [
    ['bc', 'a'],
    ['ab', ''],
    ['aa', 'b'],
  ],
} as const

/** Reads the prompt; pointing letters are rewritten from the right, unlike the family's own leftmost first. */
function solvePrompt(prompt: string): string {
  let [list, line] = prompt.includes('. ') ? prompt.slice(0, -1).split('. ') : ['', prompt.slice(0, -1)]
  if (list === '') {
    const facing = /^(.*)([A-D])><([A-D])(.*)$/
    for (let found = facing.exec(line); found !== null; found = facing.exec(line)) {
      const [, before, left, right, after] = found
      line = before + (left === right ? '' : `<${right}${left}>`) + after
    }
  } else {
    const rules = list.split(',').map((rule) => rule.split('='))
    for (;;) {
      const rule = rules.find(([from]) => line.includes(from))
      if (rule === undefined) break
      line = line.replace(rule[0], rule[1])
    }
  }
  return line === '' ? '-' : line
}

describe('rewrite-ab', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('A><BB><A:')
    expect(family.solve(hand)).toEqual({
      steps: ['<BA>B><A', '<BA><AB>', '<BB>'],
      answer: '<BB>',
    })
    expect(family.judge(hand, '<BB>')).toBe(true)
    for (const near of ['<B B>', 'B><B', '<bb>', '<BA>', '-', '']) expect(family.judge(hand, near)).not.toBe(true)
    expect(family.solve({ line: 'A><A', rules: [] })).toEqual({ steps: ['-'], answer: '-' })
  })

  it('uses the first rule that fits, at its leftmost place', () => {
    expect(family.prompt(byRules)).toBe('bc=a,ab=,aa=b. abcb:')
    // bc first although ab stands further left; then ab, which stands before aa in the list.
    expect(family.solve(byRules)).toEqual({ steps: ['aab', 'a'], answer: 'a' })
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = rewriteAb.problem('train', i, i % 2 === 0 ? { level } : { level, rules: 2 + (i % 3) })
        const instance = rewriteAb.instance(problem)
        const rng = stream('rewrite', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        const other = family.perturb!(instance, rng)
        if (other !== undefined) expect(solvePrompt(family.prompt(other))).not.toBe(problem.answer)
      }
    }
  })

  it('keeps the number of rewrites within the level', () => {
    for (let i = 0; i < 50; i++) {
      const steps = family.solve(rewriteAb.instance(rewriteAb.problem('test', i, { level: 5 }))).steps.length
      expect(steps).toBeGreaterThanOrEqual(14)
      expect(steps).toBeLessThanOrEqual(26)
    }
  })

  it('takes any one rewrite as a right step and goes on from what was written', () => {
    const other = { line: 'A><AB><B', rules: [] }
    expect(family.stepScores!(other, ['A><A', '-'])).toEqual([1, 1])
    expect(family.stepScores!(other, ['B><B', 'B>', '-', '-'])).toEqual([1, 0, 0, 0])
    expect(family.stepScores!(byRules, ['cb', 'aab'])).toEqual([0, 0])
    expect(family.stepScores!(hand, ['A><B'.repeat(4000), 'x'])).toEqual([0, 0])
  })

  it('carries a slip on to a wrong line', () => {
    for (const instance of [hand, byRules]) {
      for (let i = 0; i < 20; i++) {
        expect(family.wrongSolution!(instance, stream('slip', i)).answer).not.toBe(family.solve(instance).answer)
      }
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(rewriteAb, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

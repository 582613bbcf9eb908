import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { boolExpr } from './bool-expr.ts'
import { readBool, showBool } from './bool-expr-tree.ts'

/** The answer by rewriting the text until nothing is left to rewrite. */
function answerTo(prompt: string): string {
  const table: [RegExp, (match: string) => string][] = [
    [/![TF]/, (m) => (m[1] === 'T' ? 'F' : 'T')],
    [/\([TF]\)/, (m) => m[1]],
    [/[TF]\^[TF]/, (m) => (m[0] === m[2] ? 'F' : 'T')],
    [/[TF]&[TF]/, (m) => (m === 'T&T' ? 'T' : 'F')],
    [/[TF]\|[TF]/, (m) => (m === 'F|F' ? 'F' : 'T')],
  ]
  const reduce = (text: string): string => {
    const rule = table.find(([form]) => form.test(text))
    return rule === undefined ? text : reduce(text.replace(rule[0], rule[1]))
  }
  return prompt.slice(0, -1).split(',').map(reduce).join('')
}

const byHand = boolExpr.problemOf(
  {
    formulas: [
      ['&', ['^', 'T', 'F'], ['!', ['|', 'F', 'T']]],
      ['|', ['!', 'T'], 'T'],
    ],
  },
  'train',
  0,
  1,
)

describe('bool-expr', () => {
  it('asks and solves as written by hand', () => {
    expect(byHand.prompt).toBe('(T^F)&!(F|T),!T|T=')
    expect(boolExpr.solve(byHand)).toBe('T&!T;T&F;F;F|T;T;#FT')
  })

  it('scores a step by its value and by being shorter', async () => {
    const scores = async (text: string) => (await boolExpr.verify(byHand, `${text};#FT`)).steps
    expect(await scores('T&!(F|T);T&F;F;T')).toEqual([1, 1, 1, 1])
    expect(await scores('T&T;T&F;T&F;(F);F;T;T')).toEqual([0, 1, 0, 0, 1, 1, 0])
    expect(await scores(`${'!'.repeat(4000)}T;${'('.repeat(4000)}`)).toEqual([0, 0])
  })

  it('reads exactly what it writes', () => {
    for (const text of ['T', '!F', '!!T', '(T&F)|T', '!(T^F)&!(F|(T&T))']) {
      expect(showBool(readBool(text)!)).toBe(text)
    }
    for (const text of ['', 'X', 'T&', '&T', 'T&F|T', '(T)', '((T&F))|T', 'T F', '(T&F', 'T&F)', '!']) {
      expect(readBool(text), text).toBeUndefined()
    }
  })

  it('agrees with rewriting of the text', async () => {
    const answers = new Map<string, number>()
    for (const level of boolExpr.levels) {
      for (let i = 0; i < 40; i++) {
        const problem = boolExpr.problem('train', i, { level })
        const answer = answerTo(problem.prompt as string)
        expect(problem.answer).toBe(answer)
        if (level === 1) answers.set(answer, (answers.get(answer) ?? 0) + 1)
        expect((problem.prompt as string).length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
        expect(new Set((await boolExpr.verify(problem, boolExpr.solve(problem))).steps)).toEqual(new Set([1]))
        for (const style of ['steps-wrong', 'direct-wrong']) {
          const [slip] = boolExpr.traces(problem, style, stream('slip', i))
          expect(slip.answer?.length).toBe(answer.length)
          expect(slip.answer).not.toBe(answer)
        }
      }
    }
    expect(Math.min(...answers.values())).toBeGreaterThan(10)
  })

  it('changes one constant so that the answer changes', () => {
    let changes = 0
    for (let i = 0; i < 20; i++) {
      const problem = boolExpr.problem('train', i, { level: 3 })
      const changed = boolExpr.family.perturb?.(boolExpr.instance(problem), stream('perturb', i))
      if (changed === undefined) continue
      const asked = boolExpr.problemOf(changed, 'train', i, 3)
      expect(asked.answer).not.toBe(problem.answer)
      expect([...(asked.prompt as string)].filter((char, at) => char !== problem.prompt[at]).length).toBe(1)
      changes++
    }
    expect(changes).toBeGreaterThan(10)
  })

  it.each(['F', 'FTT', 'F,T', 'ft', '01', 'TF', 'F T'])('refuses %j', async (answer) => {
    expect(await boolExpr.verify(byHand, `#${answer}`)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('passes the battery', async () => {
    expect((await checkTask(boolExpr, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

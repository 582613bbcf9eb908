import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { gsmDag } from './gsm-dag.ts'
import { processReward } from './gsm-dag-steps.ts'

const { family } = gsmDag
type Instance = Parameters<typeof family.prompt>[0]

const hand: Instance = {
  context: 'abstract',
  quantities: [
    { name: 'A', sign: '=', left: 3, right: 0 },
    { name: 'B', sign: '+', left: 'A', right: 4 },
    { name: 'C', sign: '*', left: 'A', right: 'B' },
    { name: 'D', sign: '-', left: 'C', right: 2 },
  ],
  order: [2, 0, 3, 1],
  asked: 'C',
}
const rename = (instance: Instance, context: Instance['context'], names: Record<string, string>): Instance =>
  JSON.parse(JSON.stringify({ ...instance, context }).replace(/"([ABCD])"/g, (_, name: string) => `"${names[name]}"`))
const zoo = rename(hand, 'zoo', { A: 'ant', B: 'bee', C: 'cat', D: 'dog' })
const teacher = rename(hand, 'teacher', { A: 'Ann', B: 'Bob', C: 'Cy', D: 'Deb' })

const zooForms: [RegExp, (m: string[]) => string][] = [
  [/^(\w+): (\d+)$/, (m) => `${m[1]}=${m[2]}`],
  [/^(\w+): (\d+) more than (\w+)$/, (m) => `${m[1]}=${m[3]}+${m[2]}`],
  [/^(\w+): (\d+) fewer than (\w+)$/, (m) => `${m[1]}=${m[3]}-${m[2]}`],
  [/^(\w+): (\w+) and (\w+)$/, (m) => `${m[1]}=${m[2]}+${m[3]}`],
  [/^(\w+): (\w+) without (\w+)$/, (m) => `${m[1]}=${m[2]}-${m[3]}`],
  [/^(\w+): (\w+) times (\w+)$/, (m) => `${m[1]}=${m[2]}*${m[3]}`],
]

/** Reads the prompt by the rules alone, asking for values from the question backwards. */
function solvePrompt(prompt: string): number {
  const sentences = prompt.split('.').map((text) => text.trim())
  const formulas = new Map<string, string>()
  for (const text of sentences.slice(0, -1)) {
    let plain = text
    if (text.includes(' has ')) {
      plain = text
        .replace(' has ', '=')
        .replaceAll("'s", '')
        .replace(' plus ', '+')
        .replace(' minus ', '-')
        .replace(' by ', '*')
    } else if (text.includes(': ')) {
      const [form, write] = zooForms.find(([pattern]) => pattern.test(text))!
      plain = write([...form.exec(text)!])
    }
    formulas.set(plain.split('=')[0], plain.split('=')[1])
  }
  const value = (term: string): number => {
    if (/^-?\d+$/.test(term)) return Number(term)
    const [, left, sign, right] = /^(\w+)(?:([+*-])(\w+))?$/.exec(formulas.get(term)!)!
    if (sign === undefined) return value(left)
    const [a, b] = [value(left), value(right)]
    return sign === '+' ? a + b : sign === '-' ? a - b : a * b
  }
  return value(/(\w+)\?$/.exec(prompt)![1])
}

describe('gsm-dag', () => {
  it('tells the same graph in letters and in words', () => {
    expect(family.prompt(hand)).toBe('C=A*B.A=3.D=C-2.B=A+4.C?')
    expect(family.prompt(zoo)).toBe(
      'cat: ant times bee. ant: 3. dog: 2 fewer than cat. bee: 4 more than ant. How many cat?',
    )
    expect(family.prompt(teacher)).toBe(
      "Cy has Ann's by Bob's. Ann has 3. Deb has Cy's minus 2. Bob has Ann's plus 4. What has Cy?",
    )
    expect(new Set([hand, zoo, teacher].map((instance) => family.content?.(instance))).size).toBe(1)
  })

  it('works out what is needed, and nothing else', () => {
    expect(family.solve(hand)).toEqual({ steps: ['B=A+4=3+4=7', 'C=A*B=3*7=21'], answer: '21' })
    expect(family.solve(zoo).steps).toEqual(['bee=ant+4=3+4=7', 'cat=ant*bee=3*7=21'])
    for (const near of ['021', '+21', '21.0', '7', '-21', 'C=21', '21.'])
      expect(family.judge(hand, near)).not.toBe(true)
    expect(family.judge(hand, '21')).toBe(true)
  })

  it('agrees with a solver that reads only the prompt, in every context', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 45; i++) {
        const context = (['abstract', 'zoo', 'teacher'] as const)[i % 3]
        const problem = gsmDag.problem('train', i, { level, context })
        const value = solvePrompt(problem.prompt as string)
        expect(problem.answer).toBe(`${value}`)
        expect(family.wrongAnswer(gsmDag.instance(problem), stream('wrong', i))).not.toBe(`${value}`)
        if (context === 'abstract') expect((problem.prompt as string).length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
      }
    }
  })

  it('takes as many operations as the knobs say, whatever is told besides', () => {
    const ranges = [
      [2, 3],
      [4, 5],
      [6, 8],
      [9, 13],
      [14, 20],
    ]
    for (const [k, [fewest, most]] of ranges.entries()) {
      const counts = new Set(
        Array.from({ length: 60 }, (_, i) => {
          const instance = gsmDag.instance(gsmDag.problem('train', i, { level: k + 1 }))
          return family.solve(instance).steps.length
        }),
      )
      expect([Math.min(...counts), Math.max(...counts)]).toEqual([fewest, most])
    }
  })

  it('tells each quantity after what it is made of unless shuffled', () => {
    for (let i = 0; i < 60; i++) {
      const { quantities, order } = gsmDag.instance(gsmDag.problem('train', i, { level: 2, distractors: 3 }))
      const told = new Set<unknown>()
      for (const { name, sign, left, right } of order.map((j) => quantities[j])) {
        const parts = sign === '=' ? [] : [left, right]
        expect(parts.every((part) => typeof part === 'number' || told.has(part))).toBe(true)
        told.add(name)
      }
      expect(told.size).toBe(quantities.length)
    }
  })

  it('scores steps in any order that works, once each, with the values written before', () => {
    const score = (...steps: string[]) => family.stepScores?.(hand, steps)
    expect(score('B=A+4=3+4=8', 'C=A*B=3*8=24')).toEqual([0, 1])
    expect(score('C=A*B=3*7=21', 'B=A+4=3+4=7')).toEqual([0, 1])
    expect(score('B=A+4=3+4=7', 'B=A+4=3+4=7', 'D=C-2=21-2=19')).toEqual([1, 0, 0])
    expect(score('B=4+A=4+3=7', 'B=A+4=7', 'B=A+4=3+4=07', '=====', '__proto__=1=1=1')).toEqual([0, 0, 0, 0, 0])
  })

  it('gives the process reward of the step graph', () => {
    const reward = (steps: string[], answer = '21') => processReward(hand, steps, answer)
    expect(reward(['B=A+4=3+4=7', 'C=A*B=3*7=21'])).toBe(1)
    expect(reward(['C=A*B=3*7=21'])).toBe(0.5)
    expect(reward(['B=A+4=3+4=7', 'C=A*B=3*7=21', 'D=C-2=21-2=19'])).toBe(0.5)
    expect(reward(['B=A+4=3+4=8', 'C=A*B=3*8=24'], '24')).toBe(0)
    expect(reward([])).toBe(0)
  })

  it('fills, inverts, changes and leaves out given numbers', () => {
    expect(family.slots?.(hand)).toEqual([{ name: 'A', range: [0, 99] }])
    expect(solvePrompt(family.prompt(family.fill!(hand, 'A', 10)))).toBe(140)
    expect(() => family.fill?.(hand, 'B', 1)).toThrow('B')
    // A*(A+4)=21 has two solutions; with B=A*4 and C=A+B there is one.
    expect(family.invert?.(hand, stream('invert'))).toBeUndefined()
    const linear = {
      ...hand,
      quantities: hand.quantities.map((q) => ({ ...q, sign: ({ B: '*', C: '+' } as const)[q.name] ?? q.sign })),
    }
    expect(family.invert?.(linear, stream('invert'))).toEqual({ prompt: 'C=A+B.A=x.D=C-2.B=A*4.C=15.x?', answer: '3' })
    expect(family.unanswerable?.(hand, stream('unknown'))).toBe('C=A*B.D=C-2.B=A+4.C?')
    for (let i = 0; i < 40; i++) {
      const problem = gsmDag.problem('train', i, { level: 3 })
      const instance = gsmDag.instance(problem)
      const other = family.perturb?.(instance, stream('perturb', i))
      if (other !== undefined) expect(`${solvePrompt(family.prompt(other))}`).not.toBe(problem.answer)
      for (const { name, range } of family.slots!(instance)) {
        const filled = family.fill!(instance, name, range[1])
        expect(family.solve(filled).answer).toBe(`${solvePrompt(family.prompt(filled))}`)
      }
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(gsmDag, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

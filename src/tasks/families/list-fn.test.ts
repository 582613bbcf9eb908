import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { listFn } from './list-fn.ts'
import { drawFunction, functionNamed } from './list-fn-functions.ts'

const { family } = listFn
type Instance = Parameters<typeof family.prompt>[0]

const doubling: Instance = { kind: 'sequence', terms: [2, 4, 8, 16, 32], answer: 64 }
const sorting: Instance = {
  kind: 'list',
  examples: [
    { input: [3, 1, 2], output: [1, 2, 3] },
    { input: [2, 9, 5], output: [2, 5, 9] },
  ],
  query: [9, 0, 7, 7],
  answer: [0, 7, 7, 9],
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** The next terms that the forms of the rules allow, by trying integers. */
function nextTerms(t: number[]): Set<number> {
  const found = new Set<number>()
  const small = range(-40, 40)
  const attempt = (needs: number, rule: (i: number) => number): void => {
    if (t.every((term, i) => i < needs || rule(i) === term)) found.add(rule(t.length))
  }
  for (const d of range(-400, 400)) {
    attempt(1, (i) => t[i - 1] + d)
    attempt(2, (i) => 2 * t[i - 1] - t[i - 2] + d)
    attempt(2, (i) => t[i - 1] + t[i - 2] + d)
  }
  for (const p of small) {
    attempt(1, (i) => p * t[i - 1])
    for (const q of small) {
      attempt(1, (i) => t[i - 1] + (i % 2 === 1 ? p : q))
      attempt(1, (i) => p * t[i - 1] + q)
      attempt(2, (i) => t[i - 2] + (i % 2 === 0 ? p : q))
      attempt(2, (i) => p * t[i - 1] + q * t[i - 2])
    }
  }
  return found
}

/** One function of the rules on the text of a list; undefined where it has no value. */
function applyNamed(name: string, text: string | undefined): string | undefined {
  if (text === undefined || !text.startsWith('[')) return undefined
  const items: number[] = JSON.parse(text)
  const n = Number(name.replace(/\D/g, ''))
  const sorted = items.slice().sort((a, b) => a - b)
  let running = 0
  switch (name.replace(/\d/g, '')) {
    case 'rev':
      return JSON.stringify(items.map((_, i) => items[items.length - 1 - i]))
    case 'up':
      return JSON.stringify(sorted)
    case 'down':
      return JSON.stringify(sorted.reverse())
    case 'tail':
      return JSON.stringify(items.filter((_, i) => i > 0))
    case 'init':
      return JSON.stringify(items.filter((_, i) => i < items.length - 1))
    case 'rot':
      return JSON.stringify(items.map((_, i) => items[(i + 1) % items.length]))
    case 'even':
      return JSON.stringify(items.filter((item) => !(item & 1)))
    case 'odd':
      return JSON.stringify(items.filter((item) => item & 1))
    case 'uniq':
      return JSON.stringify(items.filter((item, i) => items.indexOf(item) === i))
    case 'sums':
      return JSON.stringify(items.map((item) => (running += item)))
    case 'add':
      return JSON.stringify(items.map((item) => item + n))
    case 'mul':
      return JSON.stringify(items.map((item) => item * n))
    case 'take':
      return JSON.stringify(items.filter((_, i) => i < n))
    case 'drop':
      return JSON.stringify(items.filter((_, i) => i >= n))
    case 'over':
      return JSON.stringify(items.filter((item) => item > n))
    case 'sum':
      return `${items.reduce((a, b) => a + b, 0)}`
    case 'len':
      return `${items.length}`
    case 'max':
      return items.length > 0 ? `${sorted.at(-1)}` : undefined
    case 'min':
      return items.length > 0 ? `${sorted[0]}` : undefined
    case 'first':
      return items.length > 0 ? `${items[0]}` : undefined
    default:
      return items.length > 0 ? `${items.at(-1)}` : undefined
  }
}

const names = [
  ...['rev', 'up', 'down', 'tail', 'init', 'rot', 'even', 'odd', 'uniq', 'sums'],
  ...range(1, 9).map((n) => `add${n}`),
  ...range(2, 5).map((n) => `mul${n}`),
  ...['take2', 'take3', 'drop2', 'drop3'],
  ...range(1, 8).map((n) => `over${n}`),
  ...['sum', 'len', 'max', 'min', 'first', 'last'],
]

/** All answers that the rules allow for a prompt. */
function answers(prompt: string): Set<string> {
  if (!prompt.startsWith('[')) return new Set([...nextTerms(prompt.slice(0, -2).split(',').map(Number))].map(String))
  const pairs = prompt.match(/\[[\d,]*\]>(\[[\d,]*\]|\d+|\?)/g)!.map((text) => text.split('>'))
  const [query] = pairs.pop()!
  const found = new Set<string>()
  for (const first of names) {
    const between = pairs.map(([input]) => applyNamed(first, input))
    if (pairs.every(([, output], i) => between[i] === output)) found.add(`${applyNamed(first, query)}`)
    for (const second of names) {
      const isFit = pairs.every(([, output], i) => applyNamed(second, between[i]) === output)
      if (isFit) found.add(`${applyNamed(second, applyNamed(first, query))}`)
    }
  }
  return found
}

describe('list-fn', () => {
  it('shows, solves and judges a sequence written by hand', () => {
    expect(family.prompt(doubling)).toBe('2,4,8,16,32,?')
    expect(family.solve(doubling)).toEqual({ steps: ['add 2:6!', 'mul 2:8 16 32 64'], answer: '64' })
    for (const near of ['064', '+64', '64.0', '48', '[64]', '-64']) expect(family.judge(doubling, near)).not.toBe(true)
    expect(family.judge(doubling, '64')).toBe(true)
  })

  it('shows, solves and judges a list function written by hand', () => {
    expect(family.prompt(sorting)).toBe('[3,1,2]>[1,2,3],[2,9,5]>[2,5,9],[9,0,7,7]>?')
    expect(family.solve(sorting)).toEqual({
      steps: ['up:[1,2,3] [2,5,9] [0,7,7,9]'],
      answer: '[0,7,7,9]',
    })
    for (const near of ['0,7,7,9', '[0,7,9]', '[0, 7, 7, 9]', '[00,7,7,9]', '[9,7,7,0]', '[0,7,7,9],']) {
      expect(family.judge(sorting, near)).not.toBe(true)
    }
  })

  it('has one answer by all rules, tried by a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 20; i++) {
        const problem = listFn.problem('train', i, { level })
        const prompt = problem.prompt as string
        expect([prompt, ...answers(prompt)]).toEqual([prompt, problem.answer])
        expect(family.wrongAnswer(listFn.instance(problem), stream('wrong', i))).not.toBe(problem.answer)
        expect(prompt.length).toBeLessThanOrEqual(level < 4 ? 96 : 256)
      }
    }
  })

  it('refuses what two rules continue differently', () => {
    // Sorted, or turned round: the examples do not say.
    const examples = [
      { input: [3, 2, 1], output: [1, 2, 3] },
      { input: [9, 5, 2], output: [2, 5, 9] },
    ]
    const ambiguous: Instance = { kind: 'list', examples, query: [9, 0, 7], answer: [0, 7, 9] }
    expect(answers(family.prompt(ambiguous)).size).toBeGreaterThan(1)
    expect(family.accept?.(ambiguous)).toBe(false)
    expect(family.accept?.(doubling)).toBe(true)
    expect(family.accept?.({ kind: 'sequence', terms: [5, 5, 5, 5, 5], answer: 5 })).toBe(false)
    expect(family.accept?.({ kind: 'sequence', terms: [2, 4, 8, 16, 33], answer: 64 })).toBe(false)
  })

  it('names every function that it draws', () => {
    const rng = stream('functions')
    for (let i = 0; i < 200; i++) {
      const { name, apply } = drawFunction(1 + (i % 5), rng)
      expect(name.split('.').every((part) => names.includes(part))).toBe(true)
      expect(functionNamed(name)?.apply([3, 8, 8, 0])).toEqual(apply([3, 8, 8, 0]))
    }
    for (const none of ['', 'sum.add1', 'rev.', '.rev', 'rev.rev.rev', 'add0', '__proto__']) {
      expect(functionNamed(none)).toBeUndefined()
    }
  })

  it('scores true lines about rules, each rule once, until one fits', () => {
    const score = (...steps: string[]) => family.stepScores?.(doubling, steps)
    expect(score('add 2:6!', 'add 2:6!', 'mul 2:8 16 32 64', 'alt 2 4:10!')).toEqual([1, 0, 1, 0])
    expect(score('add 2:7!', 'mul 2:8 16 32', 'lin 2 0:8 16 32 64', ':', '')).toEqual([0, 0, 0, 0, 0])
    expect(family.stepScores?.(sorting, ['rev:[2,1,3]!', 'up:[1,2,3] [2,5,9] [0,7,7,9]'])).toEqual([1, 1])
  })

  it('takes a rule that fails for right in a wrong solution', () => {
    expect(family.wrongSolution?.(doubling, stream('slip'))).toEqual({ steps: ['add 2:6'], answer: '34' })
  })

  it('passes the battery', async () => {
    expect((await checkTask(listFn, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

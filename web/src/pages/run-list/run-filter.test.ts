import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunSummary } from '../../../../src/serve/dashboard/api.ts'
import { readFilter, termsOf } from './run-filter.ts'

const run = (over: Partial<RunSummary>, info: Partial<RunSummary['info']> = {}): RunSummary => ({
  run: 'lab/grpo-1/seed-3',
  info: { id: 'seed-3', recipe: 'grpo', task: 'countdown', seeds: [3], startedAt: '', resumes: 0, ...info },
  status: 'done',
  step: 100,
  tokens: 1_500_000,
  seconds: 60,
  spark: { name: 'reward/mean', points: [0.1, 0.4] },
  evaluation: { task: 'countdown', step: 100, passAt1: { value: 0.35, low: 0.3, high: 0.4, n: 100 } },
  tags: ['for the paper', 'keep'],
  alerts: 0,
  ...over,
})
const finds = (text: string, one = run({})): boolean => readFilter(text)(one)

test('all words must occur, in whatever is text', () => {
  expect([finds(''), finds('GRPO seed-3'), finds('grpo missing'), finds('paper'), finds('done')]).toEqual([
    true,
    true,
    false,
    true,
    true,
  ])
})

test('a field looks at itself alone, and takes one of several', () => {
  expect([finds('recipe:grpo'), finds('task:grpo'), finds('status:running,done'), finds('recipe:psr,dapo')]).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('a seed and a status are whole words or their beginnings, not parts', () => {
  expect([
    finds('seed:3'),
    finds('seed:13', run({}, { seeds: [3] })),
    finds('status:one'),
    finds('status:run', run({ status: 'running' })),
  ]).toEqual([true, false, false, true])
})

test('numbers are compared, with k and M', () => {
  expect(
    ['step:>99', 'step:>=100', 'step:<100', 'step:100', 'tokens:>1.4M', 'tokens:<1500k'].map((t) => finds(t)),
  ).toEqual([true, true, false, true, true, false])
  expect([finds('pass@1:>0.3'), finds('reward:<0.4'), finds('pass@1:>0', run({ evaluation: null }))]).toEqual([
    true,
    false,
    false,
  ])
})

test('quotes keep words together, a minus turns a term around', () => {
  expect(termsOf('a "b c" tag:"for the paper" -x')).toEqual(['a', 'b c', 'tag:for the paper', '-x'])
  expect([finds('tag:"for the paper"'), finds('-tag:keep'), finds('-tag:old'), finds('"the keep"')]).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('half a term filters nothing away while it is typed', () => {
  expect(['step:>', 'recipe:', '"gr', '-', 'step:>x'].map((text) => finds(text))).toEqual([
    true,
    true,
    true,
    true,
    true,
  ])
})

test('an unknown field is a text to look for, and so are names that every object has', () => {
  expect([finds('grpo:1'), finds('constructor:a'), finds('x:y', run({ tags: ['x:y'] }))]).toEqual([false, false, true])
})

test('any text is a filter, and no term makes another find more', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      if (!text.includes('"') && finds(`${text} grpo`)) expect(finds('grpo')).toBe(true)
      expect(typeof finds(text)).toBe('boolean')
    }),
  )
})

import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import type { Problem, Task, Verdict } from '../../contracts/index.ts'
import { chainArithmetic } from '../chain-arithmetic.ts'
import { checkTask } from '../check-task.ts'
import { countdown } from '../countdown.ts'
import { chainSum } from '../families/chain-sum.ts'
import { gridPath } from '../families/grid-path.ts'
import { plan } from '../families/plan.ts'
import { stringFn } from '../families/string-fn.ts'
import { dialectOf } from './dialect.ts'
import { canWrap, compose, findWrapped, unanswerable, wrappers, wrapTask } from './index.ts'

const tasks = [chainSum, gridPath, plan, chainArithmetic, countdown]
const find = (id: string): Task => findWrapped(id, (first) => tasks.find((task) => task.id === first)!, tasks)
const verdictOf = async (task: Task, problem: Problem, text: string): Promise<Verdict> => task.verify(problem, text)

describe('every wrapped task', () => {
  const pairs = tasks.flatMap((task) =>
    wrappers.filter((entry) => canWrap(task, entry)).map(({ name }) => `${task.id}+${name}`),
  )

  // Countdown is slow to draw: once is enough.
  it.each([
    ...pairs.filter((id) => !/countdown.(?:dialect|distract|noise)|arithmetic.(?:dialect|noise)/.test(id)),
    'grid-path+distract+dialect',
    'chain-sum+compose+noise+dialect',
    'plan+unanswerable+distract',
    'chain-sum+compose+corrupt-trace',
  ])('%s passes the battery', async (id) => {
    const task = find(id)
    expect(task.id).toBe(id)
    // Sparse levels: the inner task has passed on all of them.
    const report = await checkTask({ ...task, levels: [task.levels[0], task.levels[2]] }, { problems: 2, seed: 3 })
    expect(report.failures).toEqual([])
  })

  it('fits as many tasks as it should', () => {
    expect(pairs.filter((id) => id.startsWith('chain-sum+')).sort()).toEqual(
      ['compose', 'corrupt-trace', 'dialect', 'distract', 'invert', 'noise', 'perturb', 'unanswerable'].map(
        (name) => `chain-sum+${name}`,
      ),
    )
    expect(pairs).toContain('grid-path+rename')
  })

  it('keeps the inner problem, its level and its parent', () => {
    for (const id of pairs) {
      const problem = find(id).problem('validation', 7, { level: 3 })
      const inner = problem.meta.inner as unknown as Problem
      expect(inner.task, id).toBe(id.split('+')[0])
      expect([inner.split, problem.level], id).toEqual(['validation', 3])
      expect(problem.parents?.length, id).toBeGreaterThan(0)
    }
  })

  it('calls a problem of another task failed, not wrong', async () => {
    const [other] = [chainSum.problem('train', 0)]
    for (const id of pairs) expect((await verdictOf(find(id), other, '#1')).kind, id).toBe('failed')
  })
})

describe('compose', () => {
  const task = compose(chainSum, 3)
  const problem = task.problem('train', 1, { level: 1 })

  it('gives each answer to the next problem', () => {
    // Evaluates the prompt with nothing of the wrapper: brackets become the value before.
    let value = 0
    for (const part of (problem.prompt as string).split('|')) {
      const text = part.replace(/\[@(?:%(\d+)([+-]\d+)?)?\]/, (_, m?: string, plus?: string) => {
        const brought = m === undefined ? value : (((value % Number(m)) + Number(m)) % Number(m)) + Number(plus ?? 0)
        return String(brought)
      })
      value = (text.replace('=', '').match(/[+-]?\(?-?\d+\)?/g) ?? [])
        .map((term) => Number(term.replace(/[()]/g, '').replace('--', '').replace('+-', '-')))
        .reduce((a, b) => a + b, 0)
    }
    expect((problem.prompt as string).split('|')).toHaveLength(3)
    expect(problem.answer).toBe(String(value))
  })

  it('scores steps within their own problem and what is handed on', async () => {
    const text = task.solve(problem)
    expect(text).toMatch(/;@=(-?\d+)>\1;.*#-?\d+$/)
    const steps = (await verdictOf(task, problem, text)).steps ?? []
    expect(steps.every((score) => score === 1)).toBe(true)
    const slipped = text.replace(/@=-?\d+/, '@=99999')
    expect((await verdictOf(task, problem, slipped)).steps?.filter((score) => score === 0)).toHaveLength(1)
  })

  it('makes longer chains by its knob', () => {
    expect((task.problem('train', 1, { count: 5 }).prompt as string).split('|')).toHaveLength(5)
  })
})

describe('unanswerable', () => {
  const task = unanswerable(chainSum)
  const problems = Array.from({ length: 60 }, (_, i) => task.problem('train', i, { level: 2 }))

  it('asks about half of the problems without a premise', () => {
    const share = problems.filter(({ answer }) => answer === 'unknown').length / problems.length
    expect(share).toBeGreaterThan(0.3)
    expect(share).toBeLessThan(0.7)
  })

  it('takes `unknown` for these and for no other', async () => {
    for (const problem of problems) {
      const isUnknown = problem.answer === 'unknown'
      expect((await verdictOf(task, problem, '#unknown')).kind).toBe(isUnknown ? 'right' : 'wrong')
      const inner = problem.meta.inner as unknown as Problem
      expect((await verdictOf(task, problem, `#${inner.answer}`)).kind).toBe(isUnknown ? 'wrong' : 'right')
    }
  })
})

describe('dialect', () => {
  it('is a bijection that the verifier reads back', async () => {
    const { speak, read } = dialectOf(chainSum, 4)
    expect(read(speak(chainSum.alphabet))).toBe(chainSum.alphabet)
    expect([...speak(chainSum.alphabet)].sort()).toEqual([...chainSum.alphabet].sort())
    const task = find('chain-sum+dialect')
    const problem = task.problem('train', 0, { language: 4 })
    const inner = problem.meta.inner as unknown as Problem
    expect(problem.prompt).toBe(speak(inner.prompt as string))
    expect((await verdictOf(task, problem, `#${speak(inner.answer!)}`)).kind).toBe('right')
    expect(problem.prompt).not.toBe(inner.prompt)
  })
})

describe('perturb and rename', () => {
  it('gives a twin with another answer', () => {
    const task = find('grid-path+perturb')
    for (let i = 0; i < 20; i++) {
      const problem = task.problem('train', i, { level: 3 })
      const original = problem.meta.original as unknown as Problem
      expect(problem.prompt).not.toBe(original.prompt)
      expect((gridPath.verify(problem.meta.inner as unknown as Problem, `#${original.answer}`) as Verdict).kind).toBe(
        'wrong',
      )
    }
  })

  it('exchanges letters one for one', () => {
    const task = find('grid-path+rename')
    for (let i = 0; i < 20; i++) {
      const problem = task.problem('train', i, { level: 2 })
      const original = problem.meta.original as unknown as Problem
      const pairs = new Set(
        [...(problem.prompt as string)].map((char, at) => `${(original.prompt as string)[at]}${char}`),
      )
      const capitals = [...pairs].filter((pair) => /[A-Z]/.test(pair))
      expect(new Set(capitals.map((pair) => pair[0])).size).toBe(capitals.length)
      expect(new Set(capitals.map((pair) => pair[1])).size).toBe(capitals.length)
    }
  })
})

describe('noise and distract', () => {
  it('leaves the prompt as it is without spaces and case', () => {
    const task = find('plan+noise')
    for (let i = 0; i < 20; i++) {
      const problem = task.problem('train', i, { noise: 0.5 })
      const inner = problem.meta.inner as unknown as Problem
      const bare = (text: string): string => text.replaceAll(' ', '').toLowerCase()
      expect(bare(problem.prompt as string)).toBe(bare(inner.prompt as string))
      expect((problem.prompt as string).length).toBeGreaterThan(inner.prompt.length)
    }
    const { meta, prompt } = task.problem('train', 0, { noise: 0 })
    expect(prompt).toBe((meta.inner as unknown as Problem).prompt)
  })

  it('marks the one piece that is asked', () => {
    const task = find('chain-sum+distract')
    for (const distraction of ['problems', 'words']) {
      const problem = task.problem('test', 3, { distractors: 3, distraction })
      const pieces = (problem.prompt as string).split('|').slice(0, -1)
      expect(pieces).toHaveLength(4)
      expect(pieces.filter((piece) => piece.startsWith('>'))).toEqual([
        `>${(problem.meta.inner as unknown as Problem).prompt}`,
      ])
    }
  })
})

describe('corrupt-trace', () => {
  it('drops, shuffles or changes steps and keeps the answer', () => {
    const task = find('chain-sum+corrupt-trace')
    const problem = task.problem('train', 2, { level: 4 })
    const gold = task.solve(problem).split(';')
    const of = (style: string) => task.traces(problem, style, stream('t', style))[0]
    expect(of('step-dropped').text.split(';')).toHaveLength(gold.length - 1)
    const shuffled = of('steps-shuffled').text.split(';')
    expect(shuffled).not.toEqual(gold)
    expect([...shuffled].sort()).toEqual([...gold].sort())
    const changed = of('operand-changed').text.split(';')
    expect(changed.filter((step, i) => step !== gold[i])).toHaveLength(1)
    expect(changed.at(-1)).toBe(gold.at(-1))
    expect([of('step-dropped').right, of('step-dropped').origin]).toEqual([true, 'corrupted'])
  })

  it('says wrong where the inner verifier does', () => {
    // In countdown the steps are the answer.
    const task = find('countdown+corrupt-trace')
    const problem = task.problem('train', 0, { level: 3 })
    expect(task.traces(problem, 'step-dropped', stream('t'))[0].right).toBe(false)
  })
})

describe('wrapTask', () => {
  it('leaves out levels at which too few problems fit', () => {
    // At level 1 a hidden argument leaves sixteen prompts, which is not enough for three splits.
    expect(wrapTask(stringFn, 'unanswerable').levels).not.toContain(1)
    expect(wrapTask(stringFn, 'unanswerable').levels).toContain(3)
  })

  it('says what a wrapper needs and which tasks have it', () => {
    expect(() => wrapTask(countdown, 'compose', tasks)).toThrow(
      expect.objectContaining({ code: 'config/cannot-wrap', hint: expect.stringContaining('It fits: chain-sum') }),
    )
    expect(() => find('plan+distract+perturb')).toThrow(expect.objectContaining({ code: 'config/cannot-wrap' }))
    expect(() => find('plan+noise+noise')).toThrow(/already/)
  })

  it('offers the nearest wrapper', () => {
    expect(() => wrapTask(countdown, 'distrct')).toThrow(
      expect.objectContaining({ code: 'usage/unknown-wrapper', hint: expect.stringContaining('"distract"') }),
    )
  })
})

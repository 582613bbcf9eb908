import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { arc1d } from './arc1d.ts'
import { stripRules } from './arc1d-rules.ts'

const { family } = arc1d
const hand = {
  pairs: [
    ['.11.2.', '.2.11.'],
    ['2..1..', '..1..2'],
    ['.3....', '....3.'],
  ],
  query: '1.2..3',
} as const

const copy = (cells: string[], change: (cell: string, i: number) => string): string => cells.map(change).join('')

/** The rules again from their words, over arrays, with loops and patterns. */
const byWords: Record<string, (cells: string[]) => string> = {
  left1: ([first, ...rest]) => [...rest, first].join(''),
  right1: (cells) => [cells[cells.length - 1], ...cells.slice(0, -1)].join(''),
  left2: ([a, b, ...rest]) => [...rest, a, b].join(''),
  right2: (cells) => [...cells.slice(-2), ...cells.slice(0, -2)].join(''),
  mirror: (cells) => cells.reduceRight((out, cell) => out + cell, ''),
  next: (cells) => copy(cells, (cell) => ({ '1': '2', '2': '3', '3': '4', '4': '1' })[cell] ?? '.'),
  'fall-left': (cells) => cells.join('').replace(/\./g, '') + cells.join('').replace(/[1-4]/g, ''),
  'fall-right': (cells) => cells.join('').replace(/[1-4]/g, '') + cells.join('').replace(/\./g, ''),
  'spread-right': (cells) => cells.join('').replace(/([1-4])(\.+)/g, (_, c, gap) => c.repeat(1 + gap.length)),
  'spread-left': (cells) => cells.join('').replace(/(\.+)([1-4])/g, (_, gap, c) => c.repeat(1 + gap.length)),
  grow: (cells) => cells.join('').replace(/([1-4])\./g, '$1$1'),
  'drop-single': (cells) => cells.join('').replace(/([1-4])\1*/g, (run) => (run.length === 1 ? '.' : run)),
  hollow: (cells) => cells.join('').replace(/([1-4])\1\1+/g, (run, c) => `${c}${'.'.repeat(run.length - 2)}${c}`),
  longest: (cells) => {
    const all = cells.join('').match(/([1-4])\1*/g) ?? []
    const best = Math.max(0, ...all.map((run) => run.length))
    let kept = false
    return cells.join('').replace(/([1-4])\1*/g, (run) => {
      if (kept || run.length < best) return '.'.repeat(run.length)
      kept = true
      return run
    })
  },
  most: (cells) => {
    const ranked = ['1', '2', '3', '4'].map((c) => ({ c, n: cells.filter((cell) => cell === c).length }))
    ranked.sort((a, b) => b.n - a.n || Number(a.c) - Number(b.c))
    return copy(cells, (cell) => (cell === '.' ? '.' : ranked[0].c))
  },
  sort: (cells) => {
    const colours = cells.filter((cell) => cell !== '.').sort((a, b) => Number(a) - Number(b))
    return copy(cells, (cell) => (cell === '.' ? '.' : colours.shift()!))
  },
}

/** What every rule that explains the pairs makes of the query. */
function solvePrompt(prompt: string): string[] {
  const strips = prompt.split(',').map((pair) => pair.split('>'))
  const pairs = strips.slice(0, -1)
  const fits = Object.values(byWords).filter((rule) => pairs.every(([before, after]) => rule([...before]) === after))
  return fits.map((rule) => rule([...strips.at(-1)![0]]))
}

describe('arc1d', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('.11.2.>.2.11.,2..1..>..1..2,.3....>....3.,1.2..3>?')
    expect(family.solve(hand)).toEqual({ steps: ['left1 x1', 'right1 x1', 'mirror ok'], answer: '3..2.1' })
    expect(family.accept?.(hand)).toBe(true)
    expect(family.judge(hand, '3..2.1')).toBe(true)
    for (const near of ['3..2.', '3..2.1.', '3__2_1', '3 . . 2 . 1', '1.2..3', '']) {
      expect(family.judge(hand, near)).not.toBe(true)
    }
  })

  it('refuses pairs that two rules explain', () => {
    const [first] = hand.pairs
    // A strip of one colour block in the middle turns into itself by mirror and by sort.
    const same = ['.11...', '...11.'] as const
    expect(family.accept?.({ ...hand, pairs: [same, same, same] })).toBe(false)
    expect(family.accept?.({ ...hand, pairs: [first, first, first] })).toBe(true)
  })

  it.each([
    ['grow', '1..22.', '11.222'],
    ['drop-single', '1.22.3', '..22..'],
    ['hollow', '1112.3', '1.12.3'],
    ['longest', '11.223', '11....'],
    ['most', '1.2232', '2.2222'],
    ['most', '2.1...', '1.1...'],
    ['sort', '3.1..2', '1.2..3'],
    ['spread-right', '.1..2.', '.11122'],
    ['next', '1.4..2', '2.1..3'],
  ])('%s makes %s into %s', (name, before, after) => {
    expect(stripRules.find((rule) => rule.name === name)!.apply(before)).toBe(after)
  })

  it('has one rule for each problem by a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 30; i++) {
        const problem = arc1d.problem('train', i, { level })
        const instance = arc1d.instance(problem)
        const rng = stream('arc1d', level, i)
        expect(solvePrompt(problem.prompt as string)).toEqual([problem.answer])
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        const other = family.perturb!(instance, rng)
        if (other !== undefined) expect(solvePrompt(family.prompt(other))[0]).not.toBe(problem.answer)
      }
    }
  })

  it('scores the tries and believes a refuted rule when it slips', () => {
    expect(family.stepScores!(hand, ['left1 x1', 'right1 x2', 'mirror ok', ''])).toEqual([1, 0, 1, 0])
    for (let i = 0; i < 10; i++) {
      const { steps, answer } = family.wrongSolution!(hand, stream('slip', i))
      expect(answer).not.toBe('3..2.1')
      expect(family.stepScores!(hand, steps).filter((score) => score === 0)).toHaveLength(1)
    }
  })

  it('gives the same content to pairs in another order', () => {
    expect(family.content?.({ ...hand, pairs: hand.pairs.toReversed() })).toBe(family.content?.(hand))
  })

  it('passes the battery', async () => {
    expect((await checkTask(arc1d, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})

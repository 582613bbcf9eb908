import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { gridPath } from './grid-path.ts'

const { family } = gridPath
const map = { form: 'map', rows: ['S.x', '.x.', '..G'], shortest: false } as const
const edges = {
  form: 'edges',
  edges: ['AB', 'BC', 'CD', 'AE', 'ED', 'DA'],
  from: 'A',
  to: 'D',
  shortest: true,
} as const

describe('grid-path by hand', () => {
  it('walks down and right', () => {
    expect(family.prompt(map)).toBe('S.x/.x./..G path?')
    expect(family.solve(map)).toEqual({
      steps: ['0:a1', '1:a2b1', '2:a3', '3:b3', '4:c3', '>a1a2a3b3c3'],
      answer: 'DDRR',
    })
  })

  it('follows edges one way', () => {
    expect(family.prompt(edges)).toBe('AB BC CD AE ED DA:A>D shortest?')
    expect(family.solve(edges)).toEqual({ steps: ['0:A', '1:BE', '2:CD', '>AED'], answer: 'AED' })
  })

  it('takes a longer way only where it is not asked for the shortest', () => {
    expect(family.judge({ ...edges, shortest: false }, 'ABCD')).toBe(true)
    expect(family.judge(edges, 'ABCD')).toBe('it has 3 steps; 2 are enough')
    const open = { form: 'map', rows: ['SG', '..'], shortest: false } as const
    expect(family.judge(open, 'DRU')).toBe(true)
    expect(family.judge({ ...open, shortest: true }, 'DRU')).not.toBe(true)
  })

  it('rejects walls, the edge of the map, places twice, other ends and other texts', () => {
    for (const answer of ['RRDD', 'DRDR', 'DUDDRR', 'DDR', 'DDRRR', 'DDRRU', 'ddrr', 'D D R R', 'LDDRR', '']) {
      expect(family.judge(map, answer), answer).not.toBe(true)
    }
    for (const answer of ['AD', 'DEA', 'AE', 'AEDAED', 'A,E,D', 'aed', 'AEDA']) {
      expect(family.judge(edges, answer), answer).not.toBe(true)
    }
  })

  it('scores layers as sets and ways by their steps', () => {
    const steps = ['0:a1', '1:b1a2', '1:a2', '2:a3b2', '9:', '>a1a2a3b3c3', '>a1c3', '?']
    expect(family.stepScores?.(map, steps)).toEqual([1, 1, 0, 0, 0, 1, 0, 0])
  })

  it('bars the way of the old solution when perturbed', () => {
    const open = { form: 'map', rows: ['S..', '...', '..G'], shortest: true } as const
    const other = family.perturb?.(open, stream('t'))
    expect(other !== undefined && family.judge(other, family.solve(open).answer) !== true).toBe(true)
  })
})

/** Right answers of a prompt by relaxation over all its edges, from the text alone. */
function rightBy(prompt: string): (answer: string) => boolean {
  const [, world, kind] = /^(.*) (path|shortest)\?$/.exec(prompt)!
  const pairs: [string, string, string][] = []
  let from = ''
  let to = ''
  if (world.includes(':')) {
    const [list, ends] = world.split(':')
    for (const edge of list.split(' ')) pairs.push([edge[0], edge[1], edge[1]])
    ;[from, to] = ends.split('>')
  } else {
    const rows = world.split('/')
    for (let y = 0; y < rows.length; y++) {
      for (let x = 0; x < rows[y].length; x++) {
        if (rows[y][x] === 'S') from = `${x},${y}`
        if (rows[y][x] === 'G') to = `${x},${y}`
        for (const [move, dx, dy] of [
          ['U', 0, -1],
          ['D', 0, 1],
          ['L', -1, 0],
          ['R', 1, 0],
        ] as const) {
          const mark = rows[y + dy]?.[x + dx]
          if (rows[y][x] !== 'x' && mark !== undefined && mark !== 'x')
            pairs.push([`${x},${y}`, `${x + dx},${y + dy}`, move])
        }
      }
    }
  }
  const distance = new Map([[from, 0]])
  for (let round = 0; round < 100; round++) {
    for (const [a, b] of pairs) {
      const through = (distance.get(a) ?? 1e9) + 1
      if (through < (distance.get(b) ?? 1e9)) distance.set(b, through)
    }
  }
  return (answer) => {
    const letters = world.includes(':') ? [...answer].slice(1) : [...answer]
    if (world.includes(':') && answer[0] !== from) return false
    const seen = [from]
    for (const letter of letters) {
      const next = pairs.find(([a, , move]) => a === seen[seen.length - 1] && move === letter)?.[1]
      if (next === undefined || seen.includes(next)) return false
      seen.push(next)
    }
    return seen[seen.length - 1] === to && (kind === 'path' || seen.length - 1 === distance.get(to))
  }
}

describe('grid-path against a solver of its prompts', () => {
  it('agrees on right and wrong answers', () => {
    for (let i = 0; i < 100; i++) {
      const problem = gridPath.problem('train', i, { level: 1 + (i % 5) })
      const isRight = rightBy(problem.prompt as string)
      expect(isRight(problem.answer!), problem.prompt as string).toBe(true)
      expect(isRight(family.wrongAnswer(gridPath.instance(problem), stream('wrong', i)))).toBe(false)
      const other = gridPath.problem('train', i + 5, { level: 1 + (i % 5) }).answer!
      expect(family.judge(gridPath.instance(problem), other) === true).toBe(isRight(other))
    }
  })

  it('keeps prompts short and ways long enough', () => {
    for (const [level, most, least] of [
      [1, 96, 1],
      [3, 96, 3],
      [5, 256, 5],
    ] as const) {
      for (let i = 0; i < 30; i++) {
        const problem = gridPath.problem('train', i, { level })
        expect(problem.prompt.length).toBeLessThanOrEqual(most)
        expect(problem.answer!.length).toBeGreaterThan(least)
      }
    }
  })
})

it('passes the battery', async () => {
  expect((await checkTask(gridPath, { problems: 3, seed: 5 })).failures).toEqual([])
})
